/**
 * While a slider is dragged, an answer stands within a frame: what is worked out before the next frame asks no privacy loss distribution,
 * and Rényi divergences a few times at most. Counted, not timed; `npm run bench -- accounting` has the milliseconds.
 */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { beforeEach, expect, test, vi } from 'vitest';
import { CELL_TITLES, findCellById } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { COUPLED } from '@/tests/harness/coupled';
import { placesOf } from '@/tests/harness/slider-places';

/** What has been asked since the last look, by accountant. */
const asked = vi.hoisted(() => ({ pld: 0, rdp: 0 }));
vi.mock('@/lib/privacy/compose', async (original) => {
  const compose = await original<typeof import('@/lib/privacy/compose')>();
  const composeEvents: typeof compose.composeEvents = (events, delta, accountant) => {
    if (accountant === 'pld') asked.pld++;
    return compose.composeEvents(events, delta, accountant);
  };
  return { ...compose, composeEvents };
});
vi.mock('@/lib/privacy/dp-sgd', async (original) => {
  const dpSgd = await original<typeof import('@/lib/privacy/dp-sgd')>();
  const rdpEpsilon: typeof dpSgd.rdpEpsilon = (run) => {
    asked.rdp++;
    return dpSgd.rdpEpsilon(run);
  };
  return { ...dpSgd, rdpEpsilon };
});

beforeEach(() => void Object.assign(asked, { pld: 0, rdp: 0 }));

/** Secant steps take two to seven; far from where they begin, a bracket is halved a few times more. */
const MOST_BOUNDS = 16;

test.each(Object.entries(COUPLED))(
  'a slider of %s is followed by bounds alone, and by few of them',
  (_where, { declarations, defaults, sketch }) => {
    let moves = 0;
    let most = 0;
    for (const [name, parameter] of Object.entries(declarations)) {
      if (parameter.kind !== 'number' || parameter.seed) continue;
      for (const value of placesOf(parameter, 6)) {
        asked.rdp = 0;
        sketch!({ ...defaults, [name]: value }, name);
        most = Math.max(most, asked.rdp);
        moves++;
      }
    }
    expect(asked.pld).toBe(0);
    expect(moves).toBeGreaterThanOrEqual(12);
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(MOST_BOUNDS);
  },
);

/** Cells in which the ε of one run, of a σ that is searched for, of several runs and of a plan follow a slider. */
const CELLS = ['train', 'rare-symbol', 'sweep', 'plan'];

test.each(CELLS)('drawing the cell “%s” asks for no exact answer', async (id) => {
  const { lesson, load } = findCellById(id)!;
  const children = createElement(await load());
  renderToString(createElement(NotebookProvider, { slug: lesson, titles: CELL_TITLES, children }));
  expect(asked.pld).toBe(0);
});

test('the counters count', async () => {
  const { composeEvents, rdpEpsilon } = await import('@/lib/privacy');
  composeEvents([{ kind: 'gaussian', noiseMultiplier: 4, count: 1 }], 1e-5, 'pld');
  rdpEpsilon({ sampleRate: 0.1, noiseMultiplier: 4, steps: 1, delta: 1e-5 });
  expect(asked).toEqual({ pld: 1, rdp: 1 });
});
