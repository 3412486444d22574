/** No ε on the site without its label one click away: the controls are counted, cell by cell. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { ROOT } from '@/tests/harness/root';

/** What draws the control, or draws a part that does. */
const CONTROLS = ['Turned', 'TurnedExample', 'TumourExample', 'CrowdExample', 'WhatIf', 'Price'];

/** Whole cells that several rooms share, and where they are: they must have the control themselves. */
const SHARED: Record<string, string> = {
  Sweep: 'components/training/sweep.tsx',
  TumourClassifier: 'components/training/tumours/classifier.tsx',
};

/** Its one step is shown without noise too: no ε covers that. */
const WITHOUT = new Set(['training-with-dp-sgd/one-step']);

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const withoutComments = (source: string) =>
  source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');

function sourceOf(folder: string): string {
  return readdirSync(join(ROOT, folder))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => withoutComments(read(join(folder, file))))
    .join('\n');
}

const hasControl = (source: string) => CONTROLS.some((name) => new RegExp(`<${name}\\s`).test(source));

const CELLS = LESSONS.flatMap(({ slug, cells }) =>
  cells.map(({ id }) => ({ id: `${slug}/${id}`, folder: `components/lessons/${slug}/${id}` })),
);

it('every cell that says an ε has the control', () => {
  const missing: string[] = [];
  let counted = 0;
  for (const { id, folder } of CELLS) {
    if (!existsSync(join(ROOT, folder))) throw new Error(`no folder ${folder}`);
    const source = sourceOf(folder);
    const says = /ε|[eE]psilon/.test(source);
    if (!says || WITHOUT.has(id)) continue;
    counted++;
    const shared = Object.entries(SHARED).find(([name]) => source.includes(`<${name}`));
    if (!hasControl(source) && !(shared && hasControl(read(shared[1])))) missing.push(id);
  }
  expect(missing).toEqual([]);
  // So that a search that finds nothing does not pass.
  expect(counted).toBeGreaterThanOrEqual(31);
});

it('what stands outside of cells has it too: header, cards of the ledger, its runs, the line before a run', () => {
  expect(read('components/ledger/what-if-answer.tsx')).toMatch(/<Turned\s/);
  expect(read('components/ledger/account-card.tsx')).toMatch(/<Turned\s/);
  expect(read('components/ledger/event-row.tsx')).toMatch(/<Turned\s/);
  expect(read('components/ledger/header-total.tsx')).toMatch(/<TurnedSmall\s/);
  expect(read('components/training/private-run.tsx')).toMatch(/<WhatIf\s/);
  expect(read('components/training/epsilon-panel/panel.tsx')).toMatch(/<WhatIf\s/);
});
