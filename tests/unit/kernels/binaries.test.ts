/** The WebAssembly that is served is what its readable source says. */
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { assembleAll } from '@/lib/commands/assemble-kernels';
import { ROOT } from '@/tests/harness/root';

const modules = await assembleAll();

test.each(modules.map((module) => [relative(ROOT, module.target), module] as const))(
  '%s holds the bytes of its source',
  async (_, { target, content }) => {
    expect(await readFile(target, 'utf8')).toBe(content);
  },
);

test('there are some', () => expect(modules.length).toBeGreaterThan(0));
