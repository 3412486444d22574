/** Where a training run stands between two steps: plain data, ready for structured cloning and IndexedDB. */
import type { SeededRandomState } from '@/lib/random';
import { TrainingError } from './dataset';

export interface TrainerState {
  readonly version: 1;
  /** Settings the run cannot go on without; a trainer with others refuses the state. */
  readonly settings: RunSettings;
  readonly step: number;
  readonly weights: readonly Float64Array[];
  readonly averaged: readonly Float64Array[];
  readonly optimizer: readonly Float64Array[];
  /** C of the next step, which adaptive clipping has moved; null for plain training. */
  readonly maxGradNorm: number | null;
  /** Where a seeded source stands. Null for a secure one: it has nothing to remember, and the rest of the run is as private with new draws. */
  readonly random: SeededRandomState | null;
  /** A lot that was drawn for a step that did not finish. Kept for seeded runs alone: who was drawn is nobody's business. */
  readonly pending: PendingLot | null;
  /** Noisy steps that have been paid for: `step`, and those that were lost with a crash after they could be seen. */
  readonly chargedSteps: number;
  /** Gradients that counted as zero in the steps so far; left out by versions that did not count them. */
  readonly zeroed?: number;
}

export interface PendingLot {
  readonly indices: Int32Array;
  readonly draw: number;
}

export interface RunSettings {
  readonly shapes: readonly (readonly number[])[];
  readonly datasetSize: number;
  readonly expectedBatchSize: number;
  readonly noiseMultiplier: number | null;
  readonly clipping: string | null;
  readonly countNoise: number | null;
  readonly optimizer: string;
  readonly randomness: 'secure' | 'seeded';
}

/** @throws TrainingError `checkpoint-mismatch`, naming the first setting that differs */
export function checkSettings(saved: TrainerState, current: RunSettings): void {
  if (saved.version !== 1)
    throw new TrainingError(
      'checkpoint-mismatch',
      `The saved run has the form ${String(saved.version)}, which this version cannot read.`,
      'Start the run again.',
    );
  for (const key of Object.keys(current) as (keyof RunSettings)[]) {
    const [before, now] = [JSON.stringify(saved.settings[key]), JSON.stringify(current[key])];
    if (before !== now)
      throw new TrainingError(
        'checkpoint-mismatch',
        `The saved run had ${key} ${before}, and this one has ${now}.`,
        'Continue with the settings it was started with, or start a new run.',
      );
  }
}
