/** Canaries and the lesson's audit. Seeds are fixed: the verdicts are the same on every run. */
import { expect, test } from 'vitest';
import { type AuditFault, auditTrainer } from '@/components/lessons/attacks/experiments/audit';
import { measureCanaries } from '@/components/lessons/attacks/experiments/canaries';
import { SeededRandom } from '@/lib/random';
import { startBackend } from '@/tests/harness/backend';
import { lessonDigits } from './digits';

test('the plain model remembers its canaries, the private one does not', async () => {
  const { dataset } = await lessonDigits();
  const found = await measureCanaries({
    ...{ digits: dataset, epsilon: 1, members: 200, canaries: 10 },
    noise: new SeededRandom(1, 1),
    chance: new SeededRandom(1, 2),
    breathe: async () => {},
  });
  expect(found.plain.exposure).toBeGreaterThan(5);
  expect(Math.max(...found.plain.losses)).toBeLessThan(found.plain.medianLeftOut / 10);
  // By chance 1.44, the mean of ten with a deviation of 0.45.
  expect(found.private.exposure).toBeLessThan(3);
}, 60_000);

test('the audit stays below the claim, and refutes a trainer without noise or clip', async () => {
  await startBackend('wasm');
  const audit = (fault: AuditFault, seed: number) =>
    auditTrainer(
      { noiseMultiplier: 2.5, fault },
      { coin: new SeededRandom(seed, 3), noise: new SeededRandom(seed, 1), onStep: async () => {} },
    );
  for (const seed of [1, 2]) {
    const honest = await audit('none', seed);
    expect(honest.lowerBound).toBeLessThan(honest.claimed);
  }
  for (const fault of ['no-noise', 'no-clip'] as const) {
    const broken = await audit(fault, 1);
    expect(broken.lowerBound).toBeGreaterThan(broken.claimed);
  }
}, 60_000);
