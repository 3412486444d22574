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

  test('no code keeps anything under a name that is not in the list', () => {
    const files = ['app', 'components', 'lib']
      .flatMap(filesIn)
      .filter((file) => file !== 'lib/kept/index.ts');
    const named = (pattern: RegExp) =>
      files.flatMap((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(pattern)].map(([, name]) => ({
          file,
          name: name!,
        })),
      );
    const listed = new Set<string>(Object.values(NAMES));
    const unlisted = ({ name }: { name: string }) => !listed.has(name);
    // A key, a database, a cache or a folder that is named where it is opened.
    expect(
      named(
        /(?:(?:local|session)Storage\.(?:setItem|getItem|removeItem)|indexedDB\.open|openDB(?:<[^>]*>)?|caches\.open|getDirectoryHandle)\(\s*['"`]([^$'"`]*)['"`]/g,
      ).filter(unlisted),
    ).toEqual([]);
    // And a constant that looks like one.
    expect(
      named(
        /['"`](epsilon-(?:playground:|ledger-witness|notebooks|weights|sweeps|training|site-|data-)[\w:-]*)['"`]/g,
      ).filter(unlisted),
    ).toEqual([]);
  });
});
