/** What a reader is told of an audit of her code. */
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { PRIVACY_CALLS } from '@/components/code/experiments/lab-privacy';
import { CodeAudit } from '@/components/exercises/code-audit';
import { CodeAuditReport } from '@/components/exercises/code-audit-report';
import type { CodeAuditFound } from '@/lib/exercises';
import { auditSideBySide } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';

const FOUND: CodeAuditFound = {
  claim: 'One `step`.',
  ...{ claimed: 4.376, delta: 1e-5, canaries: 4600, lowerBound: 3.519 },
  looks: [
    { id: 'own-weight', words: 'How far each moved', bounds: { curve: 1.5, shift: 3.519 } },
    { id: 'alone', words: 'Whether anything moved', bounds: { curve: 0 } },
  ],
};
const said = (found: CodeAuditFound) =>
  renderToString(createElement(CodeAuditReport, { found })).replaceAll('<!-- -->', '');

test('a claim that is not refuted is not called proven, and what was proven is never rounded up', () => {
  const html = said(FOUND);
  expect(html).toContain('data-verdict="not refuted"');
  expect(html).toContain('The claim is not refuted: the audit proves an ε of 3.51, and 4.38 is claimed.');
  expect(html).toContain('no proof that the claim holds');
  expect(html).not.toContain('3.52');
  expect(html).toContain('<code');
});

test('a claim that is refuted is refuted in words, by the look that found most', () => {
  const html = said({
    ...FOUND,
    lowerBound: Number.POSITIVE_INFINITY,
    looks: [FOUND.looks[0]!, { ...FOUND.looks[1]!, bounds: { curve: Number.POSITIVE_INFINITY } }],
  });
  expect(html).toContain('data-verdict="refuted"');
  expect(html).toContain('ε is over 100, and 4.38 is claimed');
  expect(html).toContain('It shows here: whether anything moved.');
});

test('it is started by one press', () => {
  const html = renderToString(createElement(CodeAudit, { id: 'dp-sgd-step', code: '' }));
  expect(html).toMatch(/<button[^>]*>Audit<\/button>/);
  expect(html).toContain('role="status"');
});

test('code of one’s own has the four bounds by name, for as many canaries as are quick', () => {
  const random = new SeededRandom(3);
  const included = Array.from({ length: 300 }, () => random.bernoulli(0.5));
  const scores = included.map((one) => Number(one) + random.gaussian());
  const ask = (options: object) => PRIVACY_CALLS.auditSideBySide(options);
  const asked = { scores, included, delta: 1e-5, signal: 1, pValue: 0.05 };
  expect(ask({ scores, included, delta: 1e-5 })).toEqual(auditSideBySide(asked));
  expect(() => ask({ scores, delta: 1e-5 })).toThrow(/included is no list/);
  const many = new Array(20_001).fill(0);
  expect(() => ask({ scores: many, included: many, delta: 1e-5 })).toThrow(/20001 canaries/);
});
