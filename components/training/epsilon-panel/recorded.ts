/** Real runs over a grid of ε, recorded: what is shown under a moving slider, until a run of one's own is there. */
import { marksOf, unpackMarks, type WallMarks } from './wall';

export interface RecordedCurves {
  made: {
    command: string;
    /** ISO 8601, the day. */
    date: string;
    version: string;
    dataset: string;
    model: string;
    backend: string;
    accountant: string;
    noise: 'seeded' | 'cryptographic';
    seed: number | null;
    delta: number;
    maxGradNorm: number;
    expectedBatchSize: number;
  };
  /** Test digits, which `right` counts. */
  tested: number;
  /** Where the curves have points, from 0 to the last step: whole numbers with blanks between, as in every list of this file. */
  steps: string;
  /** The digits of the wall, one character each; and so all `guesses`, after the last step. */
  labels: string;
  /** Learns from the same lots at every ε, so there is one of it. */
  plain: RecordedModel;
  /** Ascending in ε. */
  private: RecordedRun[];
  /** One of these runs as it went: at each step which digits of the wall were read rightly, in hexadecimal. */
  film: { epsilon: number; privateRight: string; plainRight: string };
}

interface RecordedModel {
  /** Test digits read rightly, step by step. */
  right: string;
  guesses: string;
}

export interface RecordedRun extends RecordedModel {
  /** As it was asked for. */
  epsilon: number;
  /** By the accountant, after the last step. */
  spent: number;
  noiseMultiplier: number;
}

/** One ε of the grid, as a curve is drawn of it. Accuracies from 0 to 1. */
export interface RecordedPair {
  epsilon: number;
  spent: number;
  noiseMultiplier: number;
  curve: readonly AccuracyPoint[];
  /** After the last step. */
  marks: WallMarks;
}

export interface AccuracyPoint {
  step: number;
  privateAccuracy: number;
  plainAccuracy: number;
}

/** The recorded run whose ε is nearest, as the slider is: by ratio. Nothing is made up between two of them. */
export function nearestRecorded<Run extends { epsilon: number }>(runs: readonly Run[], epsilon: number): Run {
  const distance = (run: Run) => Math.abs(Math.log(run.epsilon / epsilon));
  return runs.reduce((best, run) => (distance(run) < distance(best) ? run : best));
}

const numbersOf = (list: string) => list.split(' ').map(Number);
const digitsOf = (text: string) => Array.from(text, Number);

export function recordedPair(curves: RecordedCurves, epsilon: number): RecordedPair {
  const run = nearestRecorded(curves.private, epsilon);
  const privately = numbersOf(run.right);
  const plainly = numbersOf(curves.plain.right);
  return {
    epsilon: run.epsilon,
    spent: run.spent,
    noiseMultiplier: run.noiseMultiplier,
    curve: numbersOf(curves.steps).map((step, i) => ({
      step,
      privateAccuracy: privately[i]! / curves.tested,
      plainAccuracy: plainly[i]! / curves.tested,
    })),
    marks: marksOf({
      labels: digitsOf(curves.labels),
      privateGuesses: digitsOf(run.guesses),
      plainGuesses: digitsOf(curves.plain.guesses),
    }),
  };
}

/** The wall of the filmed run, point by point of its curve. */
export function filmOf({ film }: RecordedCurves): WallMarks[] {
  const privately = film.privateRight.split(' ');
  const plainly = film.plainRight.split(' ');
  return privately.map((text, i) => ({
    privateRight: unpackMarks(text),
    plainRight: unpackMarks(plainly[i]!),
  }));
}
