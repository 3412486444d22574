/** Cells about claims and ways of counting draw what their experiments find at the default settings, without a browser. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { CELL_TITLES, findCellById } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { EXPERIMENTS } from '@/components/worker/experiments';
import { IDLE } from '@/lib/runtime';
import { run } from '@/tests/harness/experiment';

/** What the cell asked for, and what it is given the next time. */
const state = vi.hoisted(() => ({
  asked: null as { experimentId: string; params: unknown } | null,
  result: null as unknown,
}));
vi.mock('@/components/notebook/use-experiment', () => ({
  useExperiment(options: { cellId: string; experimentId: string; params: unknown }) {
    state.asked = options;
    const nothing = () => null;
    return {
      ...IDLE,
      ...{ cellId: options.cellId, stale: false, latest: null, elapsedSeconds: 0, secondsLeft: null },
      ...{ record: nothing, result: state.result, ranWith: state.result === null ? null : options.params },
    };
  },
}));

async function drawn(id: string): Promise<string> {
  const { lesson, load } = findCellById(id)!;
  const cell = createElement(await load());
  const page = () =>
    renderToString(createElement(NotebookProvider, { slug: lesson, titles: CELL_TITLES, children: cell }));
  state.result = null;
  page();
  const { experimentId, params } = state.asked!;
  state.result = await run(await EXPERIMENTS[experimentId]!(), params);
  // React parts text that came from two places by empty comments.
  return page().replaceAll('<!-- -->', '');
}

test.each([
  ['deployments', ['US Census Bureau, 2021', '17.14', 'Before you compare']],
  ['claim', ['at most', 'ε = 80', 'at least']],
  ['deleted', ['Right about the deleted person', 'so the one who left was ill']],
  ['secret', ['Named at the first try', 'a blind guess has']],
  ['histogram', ['People in each group', 'Synthetic people, drawn from the noisy histogram']],
  ['shuffled', ['Poisson lots: ε =', 'times as large']],
  ['streams', ['Noise in the sum of all updates so far', 'square-root matrix']],
])('%s', async (id, words) => {
  const html = await drawn(id);
  for (const word of words) expect(html).toContain(word);
});
