/**
 * A list of runs as a short text that fits in a link: `t0.034,1.4,200x3;l0.1x10` is three training runs and ten counting
 * queries.
 */

import type { ComposedRun } from '../experiments/compose-runs';
import { MOST_COMPOSED } from './parameters';

export interface Group {
  run: ComposedRun;
  times: number;
}

const NUMBER = '(\\d*\\.?\\d+(?:e-?\\d+)?)';
const TRAINING = new RegExp(`^t${NUMBER},${NUMBER},(\\d+)(?:x(\\d+))?$`);
const GAUSSIAN = new RegExp(`^g${NUMBER}(?:x(\\d+))?$`);
const LAPLACE = new RegExp(`^l${NUMBER}(?:x(\\d+))?$`);

const inRange = (value: number, low: number, high: number) => value >= low && value <= high;

function parseGroup(text: string): Group | null {
  const training = TRAINING.exec(text);
  if (training !== null) {
    const [sampleRate, noiseMultiplier, steps] = training.slice(1, 4).map(Number) as [number, number, number];
    if (!inRange(sampleRate, 1e-6, 1) || !inRange(noiseMultiplier, 0.3, 100) || !inRange(steps, 1, 100_000))
      return null;
    return {
      run: { kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps },
      times: Number(training[4] ?? 1),
    };
  }
  const gaussian = GAUSSIAN.exec(text);
  if (gaussian !== null) {
    const noiseMultiplier = Number(gaussian[1]);
    if (!inRange(noiseMultiplier, 0.1, 1000)) return null;
    return { run: { kind: 'gaussian', noiseMultiplier, count: 1 }, times: Number(gaussian[2] ?? 1) };
  }
  const laplace = LAPLACE.exec(text);
  if (laplace !== null) {
    const epsilon = Number(laplace[1]);
    if (!inRange(epsilon, 0.001, 20)) return null;
    return {
      run: { kind: 'laplace', scale: 1 / epsilon, sensitivity: 1, count: 1 },
      times: Number(laplace[2] ?? 1),
    };
  }
  return null;
}

/** Reads a list; what cannot be read is left out, and the list is cut where it is too long. Never throws. */
export function parseSequence(text: string): Group[] {
  const groups: Group[] = [];
  let left = MOST_COMPOSED;
  for (const part of text.split(';')) {
    const group = parseGroup(part.trim());
    if (group === null || left === 0 || group.times < 1) continue;
    const times = Math.min(group.times, left);
    groups.push({ ...group, times });
    left -= times;
  }
  return groups;
}

const short = (value: number) => String(Number(value.toPrecision(4)));

/** The text of one run, without how often. */
export function runText(run: ComposedRun): string {
  switch (run.kind) {
    case 'poisson-gaussian':
      return `t${short(run.sampleRate)},${short(run.noiseMultiplier)},${run.steps}`;
    case 'gaussian':
      return `g${short(run.noiseMultiplier)}`;
    case 'laplace':
      return `l${short(1 / run.scale)}`;
  }
}

export function formatSequence(groups: readonly Group[]): string {
  return groups
    .filter(({ times }) => times > 0)
    .map(({ run, times }) => `${runText(run)}${times === 1 ? '' : `x${times}`}`)
    .join(';');
}

/** Puts runs at the end, together with their like. */
export function appended(groups: readonly Group[], run: ComposedRun, times: number): Group[] {
  const last = groups.at(-1);
  return last !== undefined && runText(last.run) === runText(run)
    ? [...groups.slice(0, -1), { run: last.run, times: last.times + times }]
    : [...groups, { run, times }];
}

/** The runs one by one, in order. */
export function flattened(groups: readonly Group[]): ComposedRun[] {
  return groups.flatMap(({ run, times }) => Array.from({ length: times }, () => run));
}

export function runInWords(run: ComposedRun): string {
  switch (run.kind) {
    case 'poisson-gaussian':
      return `Training: ${run.steps.toLocaleString('en')} steps, σ = ${short(run.noiseMultiplier)}, q = ${short(run.sampleRate)}`;
    case 'gaussian':
      return `Release with Gaussian noise, σ = ${short(run.noiseMultiplier)}`;
    case 'laplace':
      return `Counting query with Laplace noise, ε = ${short(1 / run.scale)}`;
  }
}
