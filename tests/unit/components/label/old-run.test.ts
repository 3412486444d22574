/** A row of the lab that an older version wrote has a label: of ε and δ, and of nothing that was not kept. */
import { expect, test } from 'vitest';
import { releaseOfOldRun } from '@/components/label/release-of-charge';
import { privacyLabel } from '@/lib/runs/label';

const run = { title: 'Digits', epsilon: 2, delta: 1e-5, finishedAt: '2025-03-01T12:00:00.000Z' };

test('it says ε, δ and the date, and that the rest is not known', () => {
  const label = privacyLabel(releaseOfOldRun(run));
  expect(label).toMatchObject({ title: 'Digits', epsilon: 2, delta: 1e-5, date: run.finishedAt });
  expect(label.mechanisms).toEqual(['a release of which only ε = 2 and δ = 0.00001 are known']);
  for (const words of [label.sampling, label.accountant, label.trust.noiseBy])
    expect(words).toMatch(/^Not known/);
  expect(label.data.title).toMatch(/^not kept/);
});

test('one without δ is pure', () => {
  expect(releaseOfOldRun({ ...run, delta: null }).account.delta).toBe(0);
});
