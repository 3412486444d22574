/**
 * An ε in an embed that nobody has started has its privacy label one click away, and without a script. The labels are those of the cells
 * with the settings that they begin with: found by drawing each cell, and kept in components/embed/recorded-labels.json. A few are found
 * again here; after a change all are, and are kept: `RECORD_LABELS=1 npx vitest run tests/unit/components/poster-labels.test.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup, renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { Poster } from '@/components/embed/poster';
import { posterOf } from '@/components/embed/recorded';
import { writable } from '@/components/label/label-of-charge';
import type { WhatIfProps } from '@/components/ledger/what-if-answer';
import { CELL_TITLES, CELLS, findCellById } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { EXPERIMENTS } from '@/components/worker/experiments';
import { chargedMechanismsOfPlan, epsilonOfMechanisms } from '@/lib/ledger';
import { type PrivacyLabel, privacyLabel, type Release } from '@/lib/runs/label';
import { IDLE } from '@/lib/runtime';
import { run as runExperiment } from '@/tests/harness/experiment';
import { ROOT } from '@/tests/harness/root';

/** What the controls of the cell that is being drawn speak of. */
const shown = vi.hoisted(() => ({ releases: [] as unknown[], plans: [] as unknown[] }));
vi.mock('@/components/label/turned', () => ({
  Turned: ({ release }: { release: unknown }) => {
    shown.releases.push(release);
    return null;
  },
}));
vi.mock('@/components/ledger/what-if', () => ({
  WhatIf: (plan: unknown) => {
    shown.plans.push(plan);
    return null;
  },
}));

vi.mock('@/components/training/use-accounted', () => ({ useAccounted: (work: () => unknown) => work() }));

interface Asked {
  experimentId: string;
  params: unknown;
}
/** What the cell asks for, and the result that it is given: none at first. */
const run = vi.hoisted(() => ({ asked: null as Asked | null, result: null as unknown }));
vi.mock('@/components/notebook/use-experiment', () => ({
  useExperiment(asked: Asked & { cellId: string }) {
    run.asked = asked;
    const { cellId, params } = asked;
    const done = run.result !== null;
    return {
      ...IDLE,
      ...{ cellId, stale: false, latest: null, elapsedSeconds: 0, secondsLeft: null, record: () => null },
      ...(done ? { state: 'done', result: run.result, ranWith: params } : {}),
    };
  },
}));
// Files of the site, where they are before it is built.
vi.stubGlobal('fetch', async (path: string) => new Response(await readFile(join(ROOT, 'public', path))));

/** Cells that speak of a release only beside a result, and settings with which it comes sooner. */
const BESIDE_RESULT: Record<string, object> = {
  ...{
    compose: {},
    shuffled: {},
    streams: {},
    'best-of': {},
    pipeline: {},
    reconstruct: {},
    'subset-sums': {},
  },
  plan: { noiseMultipliers: [2] },
};

const FILE = join(ROOT, 'components/embed/recorded-labels.json');

/** The settings are those of whoever recorded them. */
function ofPlan({ account, phases, practice }: WhatIfProps): Release {
  const events = chargedMechanismsOfPlan(phases);
  return {
    title: 'A run with these settings',
    account,
    events,
    epsilon: epsilonOfMechanisms(events, account.delta, 'pld'),
    ...(practice && { practice }),
  };
}

async function labelOf(id: string): Promise<PrivacyLabel | null> {
  const { lesson, load } = findCellById(id)!;
  Object.assign(shown, { releases: [], plans: [] });
  const children = createElement(await load());
  const draw = () =>
    renderToString(createElement(NotebookProvider, { slug: lesson, titles: CELL_TITLES, children }));
  run.result = null;
  draw();
  if (id in BESIDE_RESULT) {
    const { experimentId, params } = run.asked!;
    const settings = { ...(params as object), ...BESIDE_RESULT[id] };
    run.result = await runExperiment(await EXPERIMENTS[experimentId]!(), settings);
    draw();
  }
  const release = (shown.releases[0] as Release | undefined) ?? (shown.plans as WhatIfProps[]).map(ofPlan)[0];
  return release ? writable(privacyLabel(release)) : null;
}

const kept = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, PrivacyLabel>;

test.runIf(process.env.RECORD_LABELS)(
  'all labels are found anew',
  async () => {
    const found: Record<string, PrivacyLabel> = {};
    for (const { id } of CELLS) {
      const label = await labelOf(id);
      if (label) found[id] = label;
    }
    writeFileSync(FILE, `${JSON.stringify(found, null, 2)}\n`);
  },
  120_000,
);

/** One of each kind: by Laplace noise, charged, with a result, local, of people and of clients. */
const AGAIN = ['mechanism', 'ask', 'pipeline', 'subset-sums', 'your-report', 'release', 'rounds'];

test.each(AGAIN)('the label that is kept is that of the cell: %s', async (id) => {
  expect(kept[id]).toEqual(JSON.parse(JSON.stringify(await labelOf(id))));
});

/** Posters that say an ε and have no label, and why. */
const WITHOUT: Record<string, string> = {
  audit: 'what a trainer claims, which may be broken; the cell has the control beside its result',
  deployments: 'what others published: each row of the cell has the control',
  claim: 'somebody’s claim, most of it open; the cell has the control beside what it read',
};

test('every poster that says an ε has the label', async () => {
  const missing: string[] = [];
  let counted = 0;
  for (const cell of CELLS) {
    const poster = await posterOf(cell);
    if (poster === null || !/ε/.test(JSON.stringify(poster))) continue;
    counted++;
    const html = renderToStaticMarkup(await Poster({ cell }));
    if (!html.includes('data-privacy-label') && !(cell.id in WITHOUT)) missing.push(cell.id);
  }
  expect(missing).toEqual([]);
  for (const id of Object.keys(WITHOUT)) expect(kept).not.toHaveProperty(id);
  expect(counted).toBeGreaterThanOrEqual(30);
});

test('the page of an embed shows the label of the first page’s still, too', () => {
  const page = readFileSync(join(ROOT, 'app/embed/[lesson]/[cell]/page.tsx'), 'utf8');
  expect(page).toMatch(/<EpsilonFigureStill \/>\s*<PosterLabel cell="train" \/>/);
});
