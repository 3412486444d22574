/** Exercises as cells: in notebooks, assignments, frames and packages. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { EMBEDDABLE } from '@/components/embed/embeddable';
import { EXERCISE_CELLS, pageOf, SCORE } from '@/components/exercises/cells';
import { exerciseParameters } from '@/components/exercises/parameters';
import { OpenedWork } from '@/components/lab/assignment/opened-work';
import { findNotebookCell, NOTEBOOK_TITLES } from '@/components/lab/cells';
import { CELLS } from '@/components/lessons/cells';
import { NotebookProvider } from '@/components/notebook/notebook-provider';
import { EXERCISE_IDS } from '@/lib/exercises/names';
import { partsOf } from '@/lib/gradebook/parts';
import { emptyTally, summaryOf, withEvent } from '@/lib/gradebook/tally';
import { writeLink } from '@/lib/notebook/link';
import { readAssignmentLink, writeAssignmentLink } from '@/lib/notebook/own/assignment';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { findingsOf } from '@/lib/notebook/own/findings';
import { makeWork, readWork, writeWork } from '@/lib/notebook/own/work';

const CODE = 'function laplaceMechanism(value) {\n  return value; // forgot the noise\n}\n';
const SETTINGS = writeLink({ exerciseCode: CODE }, exerciseParameters.declarations, []);
const ASKED: NotebookDocument = {
  id: 'mine',
  title: 'Homework',
  cells: [
    { id: 'a', kind: 'text', text: 'Write it.' },
    { id: 'b', kind: 'cell', cell: 'laplace-mechanism', settings: '' },
    { id: 'c', kind: 'cell', cell: 'train', settings: '#v=1&eps=2', fixed: ['eps'] },
  ],
};

test('they are twelve cells, under names that no other cell has', () => {
  expect(EXERCISE_CELLS.map(({ id }) => id)).toEqual([...EXERCISE_IDS]);
  const others = new Set(CELLS.map(({ id }) => id));
  expect(EXERCISE_IDS.filter((id) => others.has(id))).toEqual([]);
  for (const id of EXERCISE_IDS) {
    expect(findNotebookCell(id)?.title).toBe(NOTEBOOK_TITLES[id]);
    expect(EMBEDDABLE.filter((one) => one.lesson === 'exercises' && one.id === id)).toHaveLength(1);
  }
  expect(pageOf(findNotebookCell('dp-sgd-step')!)).toBe('/exercises/dp-sgd-step/');
  expect(pageOf(findNotebookCell('train')!)).toBe('/lessons/training-with-dp-sgd/');
});

test.each(EXERCISE_CELLS)(
  '$id is drawn with its title before its texts have come',
  async ({ load, title, id }) => {
    const children = createElement(await load());
    const html = renderToString(
      createElement(NotebookProvider, { slug: 'exercises', titles: NOTEBOOK_TITLES, children }),
    );
    expect(html).toContain(`data-cell="${id}"`);
    expect(html).toContain('Loading');
    expect(html).toContain(title.slice('Exercise: '.length).replace('&', '&amp;'));
  },
);

describe('in an assignment', () => {
  const link = writeAssignmentLink(ASKED)!;
  const assignment = readAssignmentLink(link.slice('#as='.length));
  const work: NotebookDocument = {
    ...assignment,
    cells: assignment.cells.map((cell) => (cell.id === 'b' ? { ...cell, settings: SETTINGS } : cell)),
  };
  const row = {
    ...{ id: 'r', place: 'b', cell: 'laplace-mechanism', title: NOTEBOOK_TITLES['laplace-mechanism']! },
    ...{ follows: false, held: false, settings: [], metrics: { [SCORE]: 0.75 }, epsilon: null, delta: null },
    ...{ noise: 'none' as const, refused: false, backend: null, seconds: 3, finishedAt: '2026-11-30' },
  };

  test('its code and its grade come back with the work, and are shown to whoever opens it', () => {
    const body = { version: '1', learner: 'Ada', assignment, work, runs: [row], outputs: {}, pictures: [] };
    const opened = readWork(writeWork(makeWork(body, new Date(0))));
    expect([opened.intact, opened.against]).toEqual([true, []]);
    const html = renderToString(createElement(OpenedWork, { opened, onOpenCopy() {}, onList() {} }));
    expect(html).toContain('forgot the noise');
    expect(html).toContain('At best 75 % of the checks hold.');
    expect(html).toContain('does not prove');
  });

  test('another exercise in its place is named', () => {
    const other = {
      ...work,
      cells: work.cells.map((cell) => (cell.id === 'b' ? { ...cell, cell: 'randomised-response' } : cell)),
    } as NotebookDocument;
    const body = { version: '1', learner: '', assignment, work: other, runs: [], outputs: {}, pictures: [] };
    expect(readWork(writeWork(makeWork(body))).against).toEqual(['Cell 2 is another experiment.']);
  });
});

describe('in a package', () => {
  const parts = partsOf(ASKED, (cell) => NOTEBOOK_TITLES[cell]!);
  const event = (score: number, type: 'progressed' | 'completed') => ({
    ...{ type, kind: 'exercise' as const, id: 'laplace-mechanism', text: 'x' },
    score,
  });

  test('the best grade is the score, and passing completes it', () => {
    expect(parts.map(({ kind }) => kind)).toEqual(['exercise', 'cell']);
    const rules = { enough: 0.5, pass: 1 };
    let tally = withEvent(emptyTally(parts), event(0.5, 'progressed'));
    expect(summaryOf(tally, rules)).toMatchObject({ done: 0, score: 0.5, passed: null });
    tally = withEvent(withEvent(tally, event(1, 'completed')), event(0.25, 'progressed'));
    expect(summaryOf(tally, rules)).toMatchObject({ done: 1, complete: true, score: 1, passed: true });
  });
});

test('a grading finds its score, for the table of runs', () => {
  const checks = [
    { id: 'a', passed: true, words: '' },
    { id: 'b', passed: false, words: '' },
  ];
  const grade = { exercise: 'laplace-mechanism', passed: false, score: 0.5, checks };
  expect(findingsOf(EXERCISE_CELLS[0]!.findings, grade)).toEqual({
    [SCORE]: 0.5,
    'checks that hold': 1,
    checks: 2,
  });
});
