/** Cells with a result of a real run in hand, drawn as a server would: nothing in them breaks, and they say what was found. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test, vi } from 'vitest';
import { CELL_TITLES, findCellById } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { EXPERIMENTS } from '@/components/worker/experiments';
import { IDLE } from '@/lib/runtime';
import { run as runExperiment } from '@/tests/harness/experiment';
import { RECORDED_RUNS } from '@/tests/harness/recorded-runs';

const given = vi.hoisted(() => ({ result: null as unknown, params: null as unknown }));
vi.mock('@/components/notebook/use-experiment', () => ({
  useExperiment: ({ cellId }: { cellId: string }) => ({
    ...IDLE,
    ...{ cellId, state: 'done', stale: false, latest: null, elapsedSeconds: 1, secondsLeft: null },
    ...{ record: () => null, result: given.result, ranWith: given.params },
  }),
}));

test.each([
  ['census-block', 'everybody is found for certain'],
  ['subset-sums', 'of the bits are read rightly'],
  ['pipeline', 'one person is 4 examples'],
  ['choosing', 'Ada without you and Ben with you'],
])('%s says: %s', async (id, words) => {
  const { experiment, params } = RECORDED_RUNS[id]!;
  given.params = params;
  given.result = await runExperiment(await EXPERIMENTS[experiment]!(), params);
  const { lesson, load } = findCellById(id)!;
  const children = createElement(await load());
  const html = renderToString(
    createElement(NotebookProvider, { slug: lesson, titles: CELL_TITLES, children }),
  );
  expect(html.replaceAll('<!-- -->', '')).toContain(words);
});
