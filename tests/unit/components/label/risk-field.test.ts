/** The field in which a risk is written: what it says of whom, and where it is not. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
import { RiskField } from '@/components/label/risk-field';
import { NotebookProvider, type NotebookProviderProps } from '@/components/notebook/notebook-provider';

const epsilon = createElement(EpsilonRiskField, {
  release: 'pure',
  parameter: { min: 0.1, max: 8, key: 'eps' },
  events: [{ kind: 'pure', epsilon: 1, count: 1 }],
  relation: 'replace-one',
  onEpsilon() {},
});
const noise = createElement(RiskField, {
  run: { sampleRate: 0.1, noiseMultiplier: 2, steps: 10 },
  delta: 1e-5,
  range: { min: 0.3, max: 100, key: 'sigma' },
  unit: 'client',
  onNoise() {},
});
const html = (children: React.ReactNode, more: Partial<NotebookProviderProps> = {}) =>
  renderToString(createElement(NotebookProvider, { slug: 'x', titles: {}, children, ...more })).replaceAll(
    '<!-- -->',
    '',
  );

test('it says of whom so many may be picked out', () => {
  expect(html(epsilon)).toContain('of 1,000 people who gave one answer, at most');
  expect(html(epsilon)).toContain('if of 1,000 who gave another 10 are named');
  expect(html(noise)).toContain('of 1,000 clients that took part, at most');
});

describe('it is not there', () => {
  const fixed = (...keys: string[]) => ({ fixed: { keys, settings: '' } });
  const hidden = (...keys: string[]) => ({ hiddenKeys: new Set(keys) });
  test.each([
    ['ε is hidden', epsilon, hidden('eps')],
    ['ε is fixed', epsilon, fixed('eps')],
    ['σ is hidden', noise, hidden('sigma')],
    ['ε is fixed, which follows σ', noise, fixed('eps')],
  ] as const)('where %s', (_, field, more) => {
    expect(html(field, more)).not.toContain('data-risk-field');
  });

  test('but it is where something else is hidden or fixed', () => {
    expect(html(noise, hidden('steps'))).toContain('data-risk-field');
    expect(html(epsilon, fixed('n'))).toContain('data-risk-field');
  });
});
