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

/** Where nothing is known but ε and δ, so that the odds are those of the worst mechanism. */
const NUMBERS_ALONE: Record<string, string> = {
  'which-protection/claim': 'somebody’s claim',
  'which-protection/deployments': 'what publishers say',
  'which-protection/secret': 'a made-up claim',
};

it('where the mechanism is known, odds are those of the mechanism', () => {
  const alone = CELLS.filter(({ folder }) =>
    /kind: 'approximate', (?!epsilon: 0)|kind: 'approximate',\n/.test(sourceOf(folder)),
  ).map(({ id }) => id);
  expect(alone.sort()).toEqual(Object.keys(NUMBERS_ALONE).sort());
});

/** Cells in which ε is set and one run or one release is made with it: there the risk can be set instead. */
const BY_RISK = [
  'training-with-dp-sgd/train',
  'federated-learning/rounds',
  'a-privately-trained-detector/train-detector',
  'healthcare/release',
  'healthcare/subgroups',
  'healthcare/hospitals',
  'healthcare/one-patient',
  'attacks/membership',
  'attacks/canaries',
  'attacks/census-block',
  'telemetry/your-report',
  'telemetry/population',
  'telemetry/central-local',
  'telemetry/next-word',
  'a-budget-across-runs/ask',
  'a-budget-across-runs/histogram',
  'what-dp-promises/mechanism',
  'what-dp-promises/roc',
  'what-dp-promises/guess',
  'what-dp-promises/neighbours',
  'what-dp-promises/linkage',
  'what-dp-promises/choosing',
];

it.each(BY_RISK)('the risk can be set in place of ε: %s', (id) => {
  const { folder } = CELLS.find((cell) => cell.id === id)!;
  expect(sourceOf(folder)).toMatch(
    /<RiskField\s|<EpsilonRiskField\s|byRisk=|<(Tumour|Crowd)Example[^>]*onEpsilon=/,
  );
});

/** Where an ε stands outside of cells, and the control it has. */
const OUTSIDE: Record<string, RegExp> = {
  'components/ledger/what-if-answer.tsx': /<Turned\s/,
  'components/ledger/account-card.tsx': /<Turned\s/,
  'components/ledger/event-row.tsx': /<Turned\s/,
  'components/ledger/budget-dialog.tsx': /<Turned\s/,
  'components/ledger/refusal-dialog.tsx': /<Turned\s/,
  'components/ledger/forget-dialog.tsx': /<Turned\s/,
  'components/ledger/header-total.tsx': /<TurnedSmall\s/,
  'components/ledger/same-people.tsx': /<TurnedSmall\s/,
  'components/ledger/compare.tsx': /<TurnedSmall\s/,
  'components/training/private-run.tsx': /<WhatIf\s/,
  'components/training/epsilon-panel/panel.tsx': /<WhatIf\s/,
  'components/notebook/run-bar.tsx': /<ChargeSign\s/,
  'components/notebook/provenance-line.tsx': /<ChargeSign\s/,
  'components/lab/run-rows.tsx': /<ChargeSign\s[\s\S]*<OldChargeSign\s/,
};

/** An ε there stands in a cell, a card or a list that has the control itself; said why. */
const ELSEWHERE: Record<string, string> = {
  'components/ledger/budget-bar.tsx': 'part of the card of an account',
  'components/ledger/ledger-view.tsx': 'of a data set that is forgotten: what was released is gone with it',
  'components/notebook/run-in-words.ts': 'a text for pictures that leave the site',
  'components/label/label-card.tsx': 'the label itself',
  'components/label/meaning.tsx': 'what the control opens',
  'components/label/turned.tsx': 'the control itself',
  'components/training/accuracy-facts.tsx': 'in cells with a line before the run',
  'components/training/epsilon-panel/figure.tsx': 'in cells with a line before the run',
  'components/training/epsilon-panel/in-words.ts': 'in cells with a line before the run',
  'components/ledger/last-total.ts': 'for the header, which has it',
  'components/ledger/words.ts': 'how an ε reads',
  'components/training/audit/run-audit.tsx': 'in cells with a line before the run',
  'components/training/epsilon-panel/shown.ts': 'in cells with a line before the run',
  'components/training/sweep.tsx': 'a whole cell, counted above',
};

it.each(Object.entries(OUTSIDE))('an ε outside of cells has it too: %s', (path, control) => {
  expect(read(path)).toMatch(control);
});

it('no other part of the page writes an ε', () => {
  const folders = [
    'ledger',
    'lab',
    'notebook',
    'label',
    'training',
    'training/audit',
    'training/epsilon-panel',
  ];
  const writes = folders.flatMap((folder) =>
    readdirSync(join(ROOT, 'components', folder))
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => `components/${folder}/${file}`)
      .filter((path) => /\bformatEpsilon\(/.test(withoutComments(read(path)))),
  );
  const unknown = writes.filter((path) => !(path in OUTSIDE) && !(path in ELSEWHERE));
  expect(unknown).toEqual([]);
  expect(writes.length).toBeGreaterThanOrEqual(15);
});
