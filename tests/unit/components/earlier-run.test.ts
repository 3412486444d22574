/** A cell that nobody has run shows what an earlier run found, and calls it so. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { EmptyStage, type EmptyStageProps } from '@/components/notebook/empty-stage';
import { RECORDED_RUNS } from '@/tests/harness/recorded-runs';

const drawn = (earlier?: (typeof RECORDED_RUNS)[string]) => {
  const settings = { press: 'Run', ...(earlier ? { earlier: earlier as never } : {}) };
  return renderToString(
    createElement(EmptyStage, settings as unknown as EmptyStageProps, 'two models.'),
  ).replaceAll('<!-- -->', '');
};

test('its numbers, that they are recorded, and how they were made', () => {
  const html = drawn(RECORDED_RUNS.rounds!);
  expect(html).toContain('data-earlier-run');
  expect(html).toContain('Recorded: what an earlier run found');
  expect(html).toContain('Recorded, not live: one run with the default settings');
  expect(html).toContain('cryptographic noise; ε = 8, δ = 1e-4');
  expect(html).toMatch(/accuracy, private<\/dt><dd[^>]*>0\.8/);
  expect(html).toContain('two models.');
});

test('without one it says what to press, and shows no number', () => {
  const html = drawn();
  expect(html).not.toContain('data-earlier-run');
  expect(html).toContain('Press <strong class="text-text">Run</strong>: two models.');
});
