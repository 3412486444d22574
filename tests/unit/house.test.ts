/** The five rules of the house, held over every import: see CONTRIBUTING.md. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { filesIn, type Import, importsOf } from '@/tests/harness/imports';
import { ROOT } from '@/tests/harness/root';

const FILES = ['app', 'components', 'lib'].flatMap(filesIn);
const IMPORTS = FILES.flatMap(importsOf);

/** What each folder of lib may import beside itself. */
const BELOW: Record<string, readonly string[]> = {
  random: [],
  kernels: [],
  kept: [],
  privacy: ['random'],
  claims: ['privacy', 'random'],
  data: ['kernels', 'privacy', 'random', 'kept'],
  ledger: ['privacy', 'random', 'kept'],
  training: ['kernels', 'data', 'privacy', 'random', 'kept'],
  detection: ['kernels', 'data', 'privacy', 'random', 'kept'],
  runtime: ['kernels', 'training', 'detection', 'data', 'ledger', 'privacy', 'random', 'kept'],
  runs: ['runtime', 'training', 'detection', 'data', 'ledger', 'privacy', 'random', 'kept'],
  vision: ['runs', 'runtime', 'training', 'detection', 'data', 'privacy', 'random'],
  notebook: ['runs', 'runtime', 'training', 'detection', 'data', 'ledger', 'privacy', 'random', 'kept'],
  sandbox: ['runtime', 'privacy', 'random'],
  exercises: ['privacy', 'random', 'kept'],
  offline: ['kept'],
  gradebook: ['exercises', 'notebook', 'random', 'kept'],
  commands: ['exercises', 'offline', 'gradebook', 'notebook', 'kernels', 'detection', 'data', 'random'],
};
const HALVES = ['lib', 'components', 'app'];
const isOurs = (path: string) => HALVES.includes(path.split('/')[0]!);
const room = (path: string) => /^components\/lessons\/([^/]+)\//.exec(path)?.[1];
const inWorker = (path: string) => /\/experiments\/|^components\/worker\//.test(path);

/** Why an import may not be, or null. */
function trespass({ from, to, typeOnly }: Import): string | null {
  const [half, folder] = from.split('/') as [string, string];
  const [otherHalf, otherFolder] = to.split('/') as [string, string];
  if (isOurs(to) && HALVES.indexOf(otherHalf) > HALVES.indexOf(half)) return 'arrows go down';
  if (half === 'lib') {
    if (/^(react|react-dom|next)(\/|$)/.test(to)) return 'lib is without React';
    const sideways = otherHalf === 'lib' && otherFolder !== folder;
    if (sideways && !BELOW[folder]?.includes(otherFolder)) return `${folder} lies below ${otherFolder}`;
    return null;
  }
  const [mine, theirs] = [room(from), room(to)];
  if (mine && theirs && mine !== theirs) return 'no room imports another';
  if (half === 'components' && !inWorker(from)) {
    if (/^(zod|@tensorflow)(\/|$)/.test(to)) return 'tensors and Zod stand in experiments/ and lib';
    if (/\/experiments\//.test(to) && !typeOnly) return 'of experiments/ a page takes types only';
  }
  return null;
}

const said = (one: Import) => `${one.from} → ${one.to}: ${trespass(one)}`;

test('arrows go one way, no room imports another, tensors and Zod stay with the experiments', () => {
  expect(IMPORTS.length).toBeGreaterThan(2000);
  expect(IMPORTS.filter((one) => trespass(one) !== null).map(said)).toEqual([]);
});

test.each([
  ['lib/training/trainer.ts', 'lib/notebook/store.ts'],
  ['lib/training/trainer.ts', 'lib/ledger/index.ts'],
  ['lib/runtime/client.ts', 'components/ui/button.tsx'],
  ['lib/sandbox/messages.ts', 'components/code/code-cell.tsx'],
  ['lib/privacy/dp-sgd.ts', 'lib/data/index.ts'],
  ['components/lessons/attacks/audit/cell.tsx', 'components/lessons/healthcare/release/cell.tsx'],
  ['components/lessons/attacks/audit/cell.tsx', '@tensorflow/tfjs-core'],
])('%s may not import %s', (from, to) => {
  for (const typeOnly of [false, true]) expect(trespass({ from, to, typeOnly })).not.toBeNull();
});

test('no import goes round in a circle', () => {
  const next = new Map(FILES.map((file) => [file, importsOf(file).map(({ to }) => to)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const follow = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file].join(' → '));
    if (at >= 0 || done.has(file)) return;
    for (const to of next.get(file) ?? []) follow(to, [...path, file]);
    done.add(file);
  };
  for (const file of FILES) follow(file, []);
  expect(circles).toEqual([]);
});

describe.each(LESSONS.map((lesson) => [lesson.slug, lesson] as const))('%s', (slug, { cells }) => {
  test('has a room whose cells are those it names, each of them in its words', () => {
    const folders = FILES.filter((file) => room(file) === slug && basename(file) === 'cell.tsx').map(dirname);
    expect(folders.map((folder) => basename(folder)).sort()).toEqual(cells.map(({ id }) => id).sort());
    const reached = new Set([`app/lessons/${slug}/page.mdx`]);
    // Its own lesson.ts leads to every cell there is.
    for (const file of reached)
      for (const { to } of importsOf(file)) if (isOurs(to) && basename(to) !== 'lesson.ts') reached.add(to);
    for (const folder of folders) expect([...reached]).toContain(`${folder}/cell.tsx`);
  });

  test('has tests and golden links under its name', () => {
    expect(existsSync(join(ROOT, `tests/browser/${slug}.spec.ts`))).toBe(true);
    const links = JSON.parse(readFileSync(join(ROOT, 'tests/fixtures/links/version-1.json'), 'utf8'));
    expect(links.map(({ lesson }: { lesson: string }) => lesson)).toContain(slug);
  });

  test('is not known to lib', () => {
    const names = new RegExp(`['"\`/]${slug}['"\`/]`);
    // The glossary's terms are the field's: one is a lesson's name too.
    const knows = FILES.filter((file) => file.startsWith('lib/') && !file.endsWith('/glossary.ts')).filter(
      (file) => names.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(knows).toEqual([]);
  });
});
