/**
 * An audit of the trainer in one run (Steinke, Nasr and Jagielski 2023): a fair coin decides for each of 400 canaries whether it is
 * trained on. An auditor who sees the model guesses, for the clearest half. So many right guesses prove a lower bound on ε.
 *
 * The canaries are nobody's data, so this costs nothing. They are as easy to find as can be: each has a feature of its own.
 */
import { z } from 'zod';
import { oneRunAudit } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { dense, makeDataset, softmaxCrossEntropy, Trainer } from '@/lib/training';

const params = z.object({
  /** σ that is claimed. */
  noiseMultiplier: z.number().min(0.5).max(20),
  /** What the trainer really does. */
  fault: z.enum(['none', 'no-noise', 'no-clip']),
  seed: z.number().int().min(0),
});

export type AuditParams = z.output<typeof params>;
export type AuditFault = AuditParams['fault'];

export interface AuditOutcome {
  /** Proven from above, by the accountant, of a trainer that does what it says. */
  claimed: number;
  /** Proven from below, with 95 % confidence, by the guesses. */
  lowerBound: number;
  correct: number;
  guesses: number;
}

export const AUDIT_CANARIES = 400;
/** The auditor commits to the clearest quarter on either side. */
const GUESSES_A_SIDE = 100;
const STEPS = 12;
const SAMPLE_RATE = 0.5;
export const AUDIT_DELTA = 1e-5;
/** Far longer than the clip: an unclipped canary shouts. */
const LENGTH = 20;

/** ε that the accountant proves. */
export const claimedEpsilon = (noiseMultiplier: number) =>
  epsilonOf({ sampleRate: SAMPLE_RATE, noiseMultiplier, steps: STEPS }, AUDIT_DELTA);

/** What a trainer with that fault is really told: without a clip, the noise stays what it is for C = 1. */
const faulty = (fault: AuditFault, sigma: number) =>
  fault === 'no-clip'
    ? { maxGradNorm: 1e6, noiseMultiplier: sigma / 1e6 }
    : { maxGradNorm: 1, noiseMultiplier: fault === 'no-noise' ? 0 : sigma };

export async function auditTrainer(
  { noiseMultiplier, fault }: Pick<AuditParams, 'noiseMultiplier' | 'fault'>,
  { coin, noise, onStep }: { coin: RandomSource; noise: RandomSource; onStep(step: number): Promise<void> },
): Promise<AuditOutcome> {
  const included = Array.from({ length: AUDIT_CANARIES }, () => coin.bernoulli(0.5));
  const labels = Uint8Array.from({ length: AUDIT_CANARIES }, () => coin.integer(2));
  // Those left out are rows of zeros, whose gradient is zero in a model without intercept: the same as not being there.
  const features = new Float32Array(AUDIT_CANARIES ** 2);
  for (let i = 0; i < AUDIT_CANARIES; i++) if (included[i]) features[i * AUDIT_CANARIES + i] = LENGTH;
  const privacy = faulty(fault, noiseMultiplier);
  const trainer = new Trainer({
    layers: [dense({ inputs: AUDIT_CANARIES, outputs: 2, bias: false })],
    loss: softmaxCrossEntropy,
    inputShape: [AUDIT_CANARIES],
    dataset: makeDataset(features, labels, AUDIT_CANARIES, 2),
    expectedBatchSize: SAMPLE_RATE * AUDIT_CANARIES,
    // Small steps: the gradients stay what they are at the start.
    learningRate: 1e-3 / privacy.maxGradNorm,
    optimizer: (sizes) => ({
      name: 'sum',
      step: (weights, gradient, rate) => {
        for (const [p, w] of weights.entries())
          for (let i = 0; i < sizes[p]!; i++) w[i] = w[i]! - rate * gradient[p]![i]!;
      },
      state: () => [],
      restore: () => {},
    }),
    privacy,
    random: noise,
    // Weights begin at zero.
    initial: noise,
  });
  for (let step = 0; step < STEPS; step++) {
    await onStep(step);
    await trainer.next();
  }
  const [weights] = trainer.weights;
  // How far the canary's own weights moved towards its class.
  const scores = Array.from(labels, (label, i) => weights![2 * i + label]! - weights![2 * i + 1 - label]!);
  const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  const correct =
    order.slice(0, GUESSES_A_SIDE).filter((i) => included[i]).length +
    order.slice(-GUESSES_A_SIDE).filter((i) => !included[i]).length;
  const guesses = 2 * GUESSES_A_SIDE;
  return {
    claimed: claimedEpsilon(noiseMultiplier),
    lowerBound: oneRunAudit({ canaries: AUDIT_CANARIES, guesses, correct, delta: AUDIT_DELTA })
      .epsilonLowerBound,
    correct,
    guesses,
  };
}

export const attackAudit: Experiment<AuditParams, never, AuditOutcome> = {
  id: 'attack-audit',
  needs: 'tensors',
  params,
  async run(settings, { signal, report, random, describe }) {
    describe({
      noise: 'seeded',
      seed: settings.seed,
      accountant: ACCOUNTANT,
      epsilon: settings.fault === 'none' ? claimedEpsilon(settings.noiseMultiplier) : null,
      delta: AUDIT_DELTA,
      dataset: `${AUDIT_CANARIES} made-up canaries`,
    });
    return auditTrainer(settings, {
      coin: random.seeded(settings.seed + 1_000_000),
      noise: random.seeded(settings.seed),
      onStep: async (step) => {
        report({ phase: 'run', step, total: STEPS, label: 'Training on canaries' });
        await pause(signal);
      },
    });
  },
};
