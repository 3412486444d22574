/** What embeds show before they are started: numbers of real runs at the default settings, which can be had again. */
import { readFile } from 'node:fs/promises';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test, vi } from 'vitest';
import { posterOf } from '@/components/embed/recorded';
import type { RecordedRun } from '@/components/embed/recorded-run';
import { CELL_TITLES, CELLS, findCellById } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { EXPERIMENTS } from '@/components/worker/experiments';
import { findingsOf } from '@/lib/notebook/own/findings';
import { IDLE } from '@/lib/runtime';
import { run as runExperiment } from '@/tests/harness/experiment';
import { RECORDED_RUNS } from '@/tests/harness/recorded-runs';

interface Asked {
  cellId: string;
  experimentId: string;
  params: unknown;
}

/** What each cell asks for when nobody has touched it. */
const asked = vi.hoisted(() => new Map<string, Asked>());
vi.mock('@/components/notebook/use-experiment', () => ({
  useExperiment(options: Asked) {
    asked.set(options.cellId, options);
    const nothing = () => null;
    return {
      ...IDLE,
      cellId: options.cellId,
      stale: false,
      latest: null,
      elapsedSeconds: 0,
      secondsLeft: null,
      record: nothing,
    };
  },
}));

// Files of the site, where they are before it is built.
vi.stubGlobal('fetch', async (path: string) => new Response(await readFile(`public/${path}`)));

const RECORDS = Object.entries(RECORDED_RUNS);
/** They take many seconds each. */
const SLOW = ['hospitals', 'plan', 'subgroups'];
/** They need a picture or a backend, which are in a browser. */
const ELSEWHERE = ['detect', 'noise-sweep', 'accuracy', 'not-dp', 'anonymise', 'detector-noise', 'audit'];

/** Five digits, as they are recorded. */
const rounded = (value: number) => Number(value.toPrecision(5));

async function again({ experiment: id, params }: RecordedRun): Promise<unknown> {
  return runExperiment(await EXPERIMENTS[id]!(), params);
}

describe.each(RECORDS)('%s', (cell, run) => {
  test('was recorded with the settings that its cell has today', async () => {
    const { lesson, load } = findCellById(cell)!;
    const children = createElement(await load());
    renderToString(createElement(NotebookProvider, { slug: lesson, titles: CELL_TITLES, children }));
    const now = asked.get(cell)!;
    expect(run.experiment).toBe(now.experimentId);
    // A picture is named by what is in it, once it is there.
    if (!ELSEWHERE.includes(cell)) expect(JSON.parse(JSON.stringify(now.params))).toEqual(run.params);
  });

  test.runIf(run.provenance.noise !== 'cryptographic' && ![...SLOW, ...ELSEWHERE].includes(cell))(
    'finds the same when it is run again',
    async () => {
      const found = Object.entries(findingsOf(findCellById(cell)!.findings, await again(run)));
      expect(found.map(([words, value]) => [words, rounded(value)])).toEqual(run.findings);
    },
  );
});

test('nearly every cell has something to show without a script', async () => {
  const posters = await Promise.all(CELLS.map(async (cell) => [cell.id, await posterOf(cell)] as const));
  const without = posters.filter(([, poster]) => poster === null).map(([id]) => id);
  // The guess is a game: before the learner's first move there is nothing to tell.
  for (const id of without) expect(ELSEWHERE.concat('sweep', 'guess')).toContain(id);
  for (const [id, poster] of posters) {
    if (poster === null) continue;
    const { source, table } = poster;
    expect(source.length, id).toBeGreaterThan(20);
    expect(table.rows.length, id).toBeGreaterThan(0);
    // Rows are told apart by their first words.
    expect(new Set(table.rows.map(([first]) => first)).size, id).toBe(table.rows.length);
  }
});
