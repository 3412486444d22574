/** The list of what is kept: names once each, and no name in the code that is not in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { KEPT, keptUnder, NAMES } from '@/lib/kept';
import { filesIn } from '@/tests/harness/imports';
import { ROOT } from '@/tests/harness/root';

describe('what is kept in a browser', () => {
  test('every name of the code has a line for the reader, and every line its name', () => {
    expect(KEPT.map(({ name }) => name).sort()).toEqual(Object.values(NAMES).sort());
    for (const { what, when } of KEPT) {
      expect(what).toMatch(/^[A-Z].*\.$/);
      expect(when.length).toBeGreaterThan(5);
    }
  });

  test('a found name is looked up by place, and by its beginning where it goes on', () => {
    expect(keptUnder('local storage', `${NAMES.draft}abc`)?.name).toBe(NAMES.draft);
    expect(keptUnder('cache', `${NAMES.site}2026-1`)?.name).toBe(NAMES.site);
    expect(keptUnder('local storage', `${NAMES.theme}2`)).toBeNull();
    expect(keptUnder('database', NAMES.theme)).toBeNull();
  });

  test('no code opens a store under a name of its own', () => {
    const files = ['app', 'components', 'lib']
      .flatMap(filesIn)
      .filter((file) => file !== 'lib/kept/index.ts');
    // A key, a database, a cache or a folder that is named where it is opened.
    const opened =
      /(?:(?:local|session)Storage\.(?:setItem|getItem|removeItem)|indexedDB\.open|openDB(?:<[^>]*>)?|caches\.open|getDirectoryHandle)\(\s*(['"`][^$'"`]*['"`])/g;
    const own = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(opened)].map(([, name]) => `${file}: ${name}`),
    );
    expect(own).toEqual([]);
    // Nor a constant that only looks like one.
    const looks =
      /['"`]epsilon-(?:playground:|ledger-witness|notebooks|weights|sweeps|training|site-|data-)[\w:-]*['"`]/g;
    const literal = files.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(looks)].map(([name]) => `${file}: ${name}`),
    );
    expect(literal).toEqual([]);
  });
});
