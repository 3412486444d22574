/**
 * Federated averaging (McMahan et al. 2017, algorithm 1): clients train by themselves and send how far the model moved; the server
 * averages that. And its private form, DP-FedAvg (McMahan et al. 2018, algorithm 1, flat clipping, fixed denominator): each client’s
 * whole update is clipped, clients are drawn independently, and Gaussian noise is added to the sum.
 */
import type { RandomSource } from '@/lib/random';
import { descend, type Examples } from './softmax';

export interface LocalTraining {
  /** Gradient steps on the client, each over all its examples. */
  localSteps: number;
  learningRate: number;
}

/** What a client sends: its weights after training less the weights it was given. */
export function localUpdate(
  weights: Float64Array,
  examples: Examples,
  rows: ArrayLike<number>,
  { localSteps, learningRate }: LocalTraining,
): Float64Array {
  return descend(weights, examples, rows, { steps: localSteps, learningRate });
}

/** Euclidean length. */
export function lengthOf(update: ArrayLike<number>): number {
  let square = 0;
  for (let j = 0; j < update.length; j++) square += update[j]! ** 2;
  return Math.sqrt(square);
}

/**
 * Shortens an update in place to the length `maxUpdateNorm` where it is longer. One that is infinite or no number cannot be
 * shortened, and would decide the whole sum: it counts as none.
 * @returns its length before
 */
export function clipUpdate(update: Float64Array, maxUpdateNorm: number): number {
  const length = lengthOf(update);
  if (!Number.isFinite(length)) update.fill(0);
  else if (length > maxUpdateNorm) {
    // A hair shorter, so that rounding never leaves it longer than the clip.
    const factor = (maxUpdateNorm / length) * (1 - 1e-14);
    for (let j = 0; j < update.length; j++) update[j]! *= factor;
  }
  return length;
}

/** FedAvg’s average. Shards are of one size here, so that every client weighs the same. */
export function plainAverage(updates: readonly ArrayLike<number>[], parameters: number): Float64Array {
  const mean = new Float64Array(parameters);
  for (const update of updates) for (let j = 0; j < parameters; j++) mean[j]! += update[j]! / updates.length;
  return mean;
}

export interface PrivateRound {
  /** Of the clients that were drawn; not yet clipped. Clipped in place. */
  updates: readonly Float64Array[];
  parameters: number;
  maxUpdateNorm: number;
  /** σ: standard deviation of the noise divided by the clip. */
  noiseMultiplier: number;
  /** q · clients: the public number to divide by. The number really drawn is secret. */
  expectedClients: number;
  random: RandomSource;
}

export interface PrivateAverage {
  average: Float64Array;
  /** Length of each update before clipping, as in `updates`. */
  lengths: number[];
}

/** Central noise: a trusted server (or secure aggregation) adds the clipped updates up, and noise of σ C once. */
export function privateAverage(round: PrivateRound): PrivateAverage {
  const { updates, parameters, maxUpdateNorm, noiseMultiplier, expectedClients, random } = round;
  const sum = new Float64Array(parameters);
  random.fillGaussian(sum, noiseMultiplier * maxUpdateNorm);
  const lengths = updates.map((update) => addClipped(sum, update, maxUpdateNorm));
  for (let j = 0; j < parameters; j++) sum[j]! /= expectedClients;
  return { average: sum, lengths };
}

/**
 * Local noise: nobody is trusted. Every one of all `clients` sends a report each round, with noise of σ C in it: those that were drawn
 * (by a coin of their own) their clipped update, the others noise alone. To whoever sees one report it is the same sampled Gaussian
 * mechanism as the central sum, so the same σ gives the same ε; but the noise of all clients adds up.
 */
export async function locallyPrivateAverage(
  round: PrivateRound & {
    clients: number;
    /** Called now and then: lets messages in, throws on Stop. */
    breathe?(): Promise<void>;
  },
): Promise<PrivateAverage> {
  const { updates, parameters, maxUpdateNorm, noiseMultiplier, expectedClients, random, clients } = round;
  const sum = new Float64Array(parameters);
  const noise = new Float64Array(parameters);
  for (let k = 0; k < clients; k++) {
    random.fillGaussian(noise, noiseMultiplier * maxUpdateNorm);
    for (let j = 0; j < parameters; j++) sum[j]! += noise[j]!;
    if (k % 50 === 49) await round.breathe?.();
  }
  const lengths = updates.map((update) => addClipped(sum, update, maxUpdateNorm));
  for (let j = 0; j < parameters; j++) sum[j]! /= expectedClients;
  return { average: sum, lengths };
}

function addClipped(sum: Float64Array, update: Float64Array, maxUpdateNorm: number): number {
  const length = clipUpdate(update, maxUpdateNorm);
  for (let j = 0; j < sum.length; j++) sum[j]! += update[j]!;
  return length;
}
