/** What a lesson loads before anything is pressed. Weight creeps in by one import of a constant beside a schema. */
import { readdirSync, readFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { beforeAll, expect, test } from 'vitest';

/** Each heavier than all of a lesson. They come with the first chart, the first run, the first edit. */
const LATER = ['zod', 'recharts', '@tensorflow', '@codemirror', 'react-markdown', 'katex'];
const LESSONS = readdirSync('app/lessons', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** The components of a lesson, and what stands around every one of them. */
const moduleOf = (lesson: string) =>
  [
    ...readFileSync(`app/lessons/${lesson}/page.mdx`, 'utf8').matchAll(
      /^import (\{.*\} from '@\/components\/[^?]*;)$/gm,
    ),
  ]
    .map(([, rest]) => `export ${rest}`)
    .concat(
      "export { CodeCell } from '@/components/code/code-cell';",
      "export { LessonShell } from '@/components/notebook/lesson-shell';",
      "export { SiteHeader } from '@/components/site/header';",
      "export { Offline } from '@/components/site/offline';",
    )
    .join('\n');

let made: Metafile;
beforeAll(async () => {
  const result = await build({
    entryPoints: LESSONS.map((lesson) => `lesson:${lesson}`),
    ...{ bundle: true, splitting: true, format: 'esm', jsx: 'automatic', outdir: 'unwritten' },
    ...{ write: false, metafile: true, logLevel: 'error', tsconfig: 'tsconfig.json' },
    external: ['react', 'react-dom', 'react/jsx-runtime', 'next/*', '*.wasm', '*?raw'],
    plugins: [
      {
        name: 'lessons',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^lesson:/ }, ({ path }) => ({ path: path.slice(7), namespace: 'lesson' }));
          onLoad({ filter: /.*/, namespace: 'lesson' }, ({ path }) => ({
            contents: moduleOf(path),
            resolveDir: process.cwd(),
          }));
        },
      },
    ],
  });
  made = result.metafile;
});

/** Modules that come with another without being asked for, each with the one that brings it. */
function broughtBy(entry: string): Map<string, string> {
  const found = new Map<string, string>([[entry, '']]);
  for (const file of found.keys())
    for (const { path, kind, external } of made.inputs[file]?.imports ?? [])
      if (!external && kind !== 'dynamic-import' && !found.has(path)) found.set(path, file);
  return found;
}

test.each(LESSONS)('%s comes without what is needed later', (lesson) => {
  const found = broughtBy(`lesson:${lesson}`);
  expect(found.size).toBeGreaterThan(50);
  const heavy = [...found]
    .filter(
      ([file, by]) =>
        !by.includes('node_modules') && LATER.some((name) => file.includes(`node_modules/${name}`)),
    )
    .map(([file, by]) => `${file}, by ${by}, by ${found.get(by)}`);
  expect(heavy).toEqual([]);
});
