/** Parts of the lab, drawn as a server would: what a sweep offers and warns of, labels of runs, and runs as a chart. */
import { createElement, type ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { RunLabels } from '@/components/lab/run-labels';
import { RunPlot } from '@/components/lab/run-plot';
import { SweepPanel } from '@/components/lab/sweep/sweep-panel';
import { NotebookProvider, useNotebook } from '@/components/notebook/notebook-provider';
import { defineParameters, number, type ParameterSet, seedNumber, text } from '@/lib/notebook/parameters';
import { trainLabel, trainRow } from '../notebook/own/support';

const help = 'Helps.';
const epsilon = number({ label: 'Privacy ε', help, min: 0.1, max: 10, scale: 'log', default: 1 });
const withSeed = defineParameters({ epsilon, seed: seedNumber({ label: 'Seed', help }) });
const wordsOnly = defineParameters({ words: text({ label: 'Words', help, maxLength: 9, default: '' }) });

/** A cell that has declared its settings. */
function Declares({ set, children }: { set: ParameterSet; children: ReactNode }) {
  useNotebook().notebook.register(set);
  return children;
}

const drawn = (element: ReactNode) => renderToString(element).replaceAll('<!-- -->', '');

function panel(set: unknown) {
  const runs = { rowOf: () => null, hold: () => {} };
  const children = createElement(SweepPanel, { cellId: 'train', place: 'p', runs });
  return drawn(
    createElement(
      NotebookProvider,
      { slug: 'lab', titles: {} } as never,
      createElement(Declares, { set: set as ParameterSet, children }),
    ),
  );
}

test('a sweep offers the settings and the seeds of its cell, says its values, and asks for the price first', () => {
  const html = panel(withSeed);
  expect(html).toContain('>Privacy ε</option>');
  expect(html).toContain('>Seeds 1 to 10</option>');
  expect(html).not.toContain('>Seed</option>');
  expect(html).toContain('5 runs: 0.1, 0.316, 1, 3.16, 10.');
  expect(html).toContain('What would it cost?');
  expect(html).not.toContain('Run all');
});

test('a cell that has nothing to sweep says so', () => {
  expect(panel(wordsOnly)).toContain('no setting that could be swept');
});

test('the labels of private runs stand below the table, with all their fields, for print too', () => {
  const labels = { 'run-1': [{ label: trainLabel, fields: [] }] };
  const html = drawn(createElement(RunLabels, { rows: [trainRow('b'), trainRow('b', { id: 'x' })], labels }));
  expect(html).toContain('prints-open');
  expect(html).toContain('one private run');
  expect(html).toContain('Whether one example is in the data');
  expect(drawn(createElement(RunLabels, { rows: [trainRow('b')], labels: {} }))).toBe('');
});

test('runs that differ are drawn against what differs; a single one is not drawn', () => {
  const at = (value: number) =>
    trainRow('b', {
      id: String(value),
      every: [{ key: 'eps', label: 'Privacy ε', value: String(value), number: value }],
      settings: [],
    });
  const html = drawn(createElement(RunPlot, { rows: [at(1), at(2)] }));
  expect(html).toContain('test accuracy, private against Privacy ε');
  expect(html).toContain('Show as table');
  expect(drawn(createElement(RunPlot, { rows: [at(1)] }))).toBe('');
});
