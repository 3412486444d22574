/**
 * What an auditor makes the trainer do, and how the auditor scores what comes out. The auditor sees every step, as the proof of DP-SGD
 * allows, and chooses all data, as the claim is about any data.
 *
 * One large training: 400 canaries, each with a feature of its own, so that none meets another. And 400 tiny ones, a canary and a coin
 * each, on data that is as bad as can be: all others pull against the canary, and there are so few that one more counts.
 */
import type { RandomSource } from '@/lib/random';
import { dense, makeDataset, softmaxCrossEntropy, Trainer } from '@/lib/training';
import { AUDIT_SAMPLE_RATE, AUDIT_STEPS } from '../account';
import { type AuditFault, faultyPrivacy, faultyRandom } from './audit-faults';

export const AUDIT_CANARIES = 400;
/** Beside the canary of a tiny training. */
const OTHERS = 16;
/** Features of a tiny training. All but the first hold nothing but noise. */
const TINY_WIDTH = 100;
/** Far longer than the clip: an unclipped canary shouts. */
const LENGTH = 20;
/** So small that gradients stay what they are at the start. */
const RATE = 1e-3;

export interface AuditTools {
  coin: RandomSource;
  noise: RandomSource;
  /** Called now and then, with the share that is done. Throws to stop. */
  breathe(done: number): Promise<void>;
}

interface Row {
  feature: number;
  /** 0 or 1. Null for the place of somebody who is not there. */
  label: number | null;
}

/**
 * The gradient sums as the trainer released them, in units of the clip, one an entry.
 *
 * Those left out are rows of zeros: their gradient is zero in a model without intercept, so for a trainer that divides by a public
 * number they are not there. A trainer that divides by the number of its rows gets none such: they are really absent.
 */
async function release(
  rows: readonly Row[],
  { width, sigma, fault, random }: { width: number; sigma: number; fault: AuditFault; random: RandomSource },
): Promise<Float64Array[]> {
  // Those who are there come first: a cut lot then loses the same ones whether places are kept or not.
  const present = rows.filter(({ label }) => label !== null);
  const places = fault === 'private-divisor' ? present.length : rows.length;
  const features = new Float32Array(places * width);
  const labels = new Uint8Array(places);
  for (const [i, { feature, label }] of present.entries()) {
    features[i * width + feature] = LENGTH;
    labels[i] = label!;
  }
  const privacy = faultyPrivacy(fault, sigma);
  const seen: Float64Array[] = [];
  const publicLot = AUDIT_SAMPLE_RATE * rows.length;
  const trainer = new Trainer({
    layers: [dense({ inputs: width, outputs: 2, bias: false })],
    loss: softmaxCrossEntropy,
    inputShape: [width],
    dataset: makeDataset(features, labels, width, 2),
    expectedBatchSize: AUDIT_SAMPLE_RATE * places,
    learningRate: RATE / privacy.maxGradNorm,
    optimizer: () => ({
      name: 'sum',
      step: (weights, gradient, rate) => {
        const [w] = weights;
        const [g] = gradient;
        for (let i = 0; i < w!.length; i++) w![i] = w![i]! - rate * g![i]!;
        // What the auditor reads off two models that follow each other.
        seen.push(g!.map((value) => value * publicLot * privacy.maxGradNorm));
      },
      state: () => [],
      restore: () => {},
    }),
    privacy,
    random: faultyRandom(fault, random),
    // Weights begin at zero.
    initial: random,
  });
  for (let step = 0; step < AUDIT_STEPS; step++) await trainer.next();
  return seen;
}

/** How far one step moved a feature's weights towards a class: 1 for one clipped example, σ of noise. */
const towards = (sum: Float64Array, { feature, label }: { feature: number; label: number }) =>
  (sum[2 * feature + 1 - label]! - sum[2 * feature + label]!) / Math.SQRT2;

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

function variance(values: readonly number[]): number {
  const mean = total(values) / values.length;
  return total(values.map((value) => (value - mean) ** 2)) / (values.length - 1);
}

export interface Look {
  id: 'own-direction' | 'wobble' | 'against-others' | 'size';
  scores: number[];
  included: boolean[];
}

/** One large training: how far each canary's own weights went, and how unevenly. */
export async function largeTraining(sigma: number, fault: AuditFault, tools: AuditTools): Promise<Look[]> {
  const { coin, noise, breathe } = tools;
  const canaries = Array.from({ length: AUDIT_CANARIES }, (_, feature) => ({
    feature,
    included: coin.bernoulli(0.5),
    label: coin.integer(2),
  }));
  const included = canaries.map((canary) => canary.included);
  await breathe(0);
  const sums = await release(
    canaries.map(({ feature, label, included }) => ({ feature, label: included ? label : null })),
    { width: AUDIT_CANARIES, sigma, fault, random: noise },
  );
  const moves = canaries.map((canary) => sums.map((sum) => towards(sum, canary)));
  return [
    { id: 'own-direction', included, scores: moves.map(total) },
    { id: 'wobble', included, scores: moves.map(variance) },
  ];
}

/**
 * Many tiny trainings: how far the canary's weights went against all others, and how small the noise is on weights that no example
 * touches. Noise that is divided by the number of rows is smaller when there is one more.
 */
export async function tinyTrainings(
  sigma: number,
  fault: AuditFault,
  tools: AuditTools,
  trainings = AUDIT_CANARIES,
): Promise<Look[]> {
  const { coin, noise, breathe } = tools;
  const included: boolean[] = [];
  const against: number[] = [];
  const size: number[] = [];
  for (let training = 0; training < trainings; training++) {
    if (training % 10 === 0) await breathe(training / trainings);
    const inside = coin.bernoulli(0.5);
    const label = coin.integer(2);
    const others = Array.from({ length: OTHERS }, (): Row => ({ feature: 0, label: 1 - label }));
    const sums = await release([{ feature: 0, label: inside ? label : null }, ...others], {
      ...{ width: TINY_WIDTH, sigma, fault },
      random: noise,
    });
    included.push(inside);
    against.push(total(sums.map((sum) => towards(sum, { feature: 0, label }))));
    size.push(-total(sums.map((sum) => total(Array.from(sum.subarray(2), (value) => value * value)))));
  }
  return [
    { id: 'against-others', included, scores: against },
    { id: 'size', included, scores: size },
  ];
}
