/**
 * An attacker who knows everything but the noise tries to tell which of 400 canaries were trained on (one-run audit, Steinke, Nasr
 * and Jagielski 2023). What the attack proves may never exceed the ε that the accountant claims, and must exceed it as soon as
 * noise or clip is left out: a trainer that is broken in this way cannot pass.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { composeRdp } from '@/lib/privacy';
import { oneRunAudit } from '@/lib/privacy/auditing/one-run-audit';
import { SeededRandom } from '@/lib/random';
import { dense, makeDataset, type PrivacyOptions, softmaxCrossEntropy, Trainer } from '@/lib/training';
import { startBackend } from '@/tests/harness/backend';

const CANARIES = 400;
/** The attacker commits to the clearest quarter on either side. */
const GUESSES_A_SIDE = 100;
const STEPS = 12;
const Q = 0.5;
const SIGMA = 2.5;
const DELTA = 1e-5;
const CLAIMED: PrivacyOptions = { maxGradNorm: 1, noiseMultiplier: SIGMA };

/**
 * Each canary has a feature of its own, so that its gradient meets no other's. Those left out are rows of zeros, whose
 * gradient is zero in a model without bias: the same as not being there.
 */
async function audit(seed: number, privacy: PrivacyOptions): Promise<number> {
  const coin = new SeededRandom(seed, 3);
  const included = Array.from({ length: CANARIES }, () => coin.bernoulli(0.5));
  const labels = Uint8Array.from({ length: CANARIES }, () => coin.integer(2));
  const features = new Float32Array(CANARIES * CANARIES);
  // Far longer than the clip: an unclipped canary shouts.
  for (let i = 0; i < CANARIES; i++) if (included[i]) features[i * CANARIES + i] = 20;
  const trainer = new Trainer({
    layers: [dense({ inputs: CANARIES, outputs: 2, bias: false })],
    loss: softmaxCrossEntropy,
    inputShape: [CANARIES],
    dataset: makeDataset(features, labels, CANARIES, 2),
    expectedBatchSize: Q * CANARIES,
    // Small steps: the gradients stay what they are at the start.
    learningRate: 1e-3 / privacy.maxGradNorm,
    optimizer: (sizes) => ({
      name: 'sum',
      step: (weights, gradient, rate) => {
        for (const [p, w] of weights.entries())
          for (let i = 0; i < sizes[p]!; i++) w[i]! -= rate * gradient[p]![i]!;
      },
      state: () => [],
      restore: () => {},
    }),
    privacy,
    random: new SeededRandom(seed, 1),
    initial: new SeededRandom(seed, 2),
  });
  for (let step = 0; step < STEPS; step++) await trainer.next();
  const [weights] = trainer.weights;
  // How far the canary's own weights moved towards its class.
  const scores = Array.from(labels, (label, i) => weights![2 * i + label]! - weights![2 * i + 1 - label]!);
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const correct =
    order.slice(0, GUESSES_A_SIDE).filter((i) => included[i]).length +
    order.slice(-GUESSES_A_SIDE).filter((i) => !included[i]).length;
  return oneRunAudit({ canaries: CANARIES, guesses: 2 * GUESSES_A_SIDE, correct, delta: DELTA })
    .epsilonLowerBound;
}

describe('the one-run audit', () => {
  beforeAll(() => startBackend('wasm'));
  const claimed = composeRdp(
    [{ kind: 'poisson-gaussian', sampleRate: Q, noiseMultiplier: SIGMA, steps: STEPS }],
    DELTA,
  ).epsilon;

  test('never proves more than the trainer claims, over 20 seeds', async () => {
    const bounds: number[] = [];
    for (let seed = 0; seed < 20; seed++) bounds.push(await audit(seed, CLAIMED));
    expect(Math.max(...bounds)).toBeLessThan(claimed);
    // The attack is one that sees something: a blind one would never exceed anything.
    expect(bounds.filter((bound) => bound > 0.1).length).toBeGreaterThan(10);
  });

  test('catches a trainer without noise', async () => {
    expect(await audit(1, { maxGradNorm: 1, noiseMultiplier: 0 })).toBeGreaterThan(claimed);
  });

  test('catches a trainer that adds the noise of C = 1 and does not clip', async () => {
    expect(await audit(1, { maxGradNorm: 1e6, noiseMultiplier: SIGMA / 1e6 })).toBeGreaterThan(claimed);
  });

  test('catches a trainer with an eighth of the noise it claims', async () => {
    expect(await audit(1, { maxGradNorm: 1, noiseMultiplier: SIGMA / 8 })).toBeGreaterThan(claimed);
  });
});
