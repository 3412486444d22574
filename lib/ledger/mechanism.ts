/** The mechanisms of lib/privacy as the ledger stores them: checked when read, multiplied when charged. */
import * as z from 'zod';
import type { PrivacyEvent } from '@/lib/privacy';

const positive = z.number().positive().max(1e12);
/** 0 only in a run whose noise source is `none`: `eventSchema` and plans see to that. */
const poissonNoise = z.number().min(0).max(1e12);
const times = z.int().positive().max(1e6);
const sampleRate = z.number().gt(0).max(1);
/** Groups of one histogram. */
const MOST_GROUPS = 256;
const kind = <const Kind extends PrivacyEvent['kind']>(name: Kind) => z.literal(name);

const single = [
  z.strictObject({ kind: kind('poisson-gaussian'), sampleRate, noiseMultiplier: poissonNoise, steps: times }),
  z.strictObject({
    kind: kind('truncated-poisson-gaussian'),
    datasetSize: z.int().positive(),
    sampleRate,
    truncatedBatchSize: z.int().positive(),
    noiseMultiplier: positive,
    steps: times,
  }),
  z.strictObject({
    kind: kind('group-poisson-gaussian'),
    groupSize: z.int().positive().max(1e4),
    sampleRate,
    noiseMultiplier: positive,
    steps: times,
  }),
  z.strictObject({ kind: kind('gaussian'), noiseMultiplier: positive, count: times }),
  z.strictObject({ kind: kind('laplace'), scale: positive, sensitivity: positive, count: times }),
  z.strictObject({ kind: kind('pure'), epsilon: positive, count: times }),
  z.strictObject({
    kind: kind('approximate'),
    epsilon: positive,
    delta: z.number().min(0).lt(1),
    count: times,
  }),
] as const;

/**
 * One mechanism of one step. `steps` or `count` says how often it runs within the step: nearly always once.
 * Without noise there is nothing to account for: such a run is written down with σ = 0 and the noise source `none`.
 */
export const mechanismSchema = z.discriminatedUnion('kind', [
  ...single,
  z.strictObject({
    kind: kind('parallel'),
    groups: z.array(z.discriminatedUnion('kind', single)).min(1).max(MOST_GROUPS),
    count: times,
  }),
]) satisfies z.ZodType<PrivacyEvent>;

/** A list with equal mechanisms counted together: the same cost, and less work for an accountant. */
export function gathered(mechanisms: readonly PrivacyEvent[]): PrivacyEvent[] {
  const byKind = new Map<string, PrivacyEvent>();
  for (const mechanism of mechanisms) {
    const once = JSON.stringify(
      'steps' in mechanism ? { ...mechanism, steps: 1 } : { ...mechanism, count: 1 },
    );
    const known = byKind.get(once);
    if (known === undefined) byKind.set(once, mechanism);
    else if ('steps' in known && 'steps' in mechanism)
      byKind.set(once, { ...known, steps: known.steps + mechanism.steps });
    else if ('count' in known && 'count' in mechanism)
      byKind.set(once, { ...known, count: known.count + mechanism.count });
  }
  return [...byKind.values()];
}

/** The same mechanism with `factor` times the noise. For a pure or approximate one that is ε divided by it. */
export function withMoreNoise<Mechanism extends PrivacyEvent>(
  mechanism: Mechanism,
  factor: number,
): Mechanism;
export function withMoreNoise(mechanism: PrivacyEvent, factor: number): PrivacyEvent {
  if (mechanism.kind === 'parallel')
    return { ...mechanism, groups: mechanism.groups.map((group) => withMoreNoise(group, factor)) };
  if ('noiseMultiplier' in mechanism)
    return { ...mechanism, noiseMultiplier: mechanism.noiseMultiplier * factor };
  if (mechanism.kind === 'laplace') return { ...mechanism, scale: mechanism.scale * factor };
  return { ...mechanism, epsilon: mechanism.epsilon / factor };
}

/** Whether there is any noise in it. */
export function addsNoise(mechanism: PrivacyEvent): boolean {
  if (mechanism.kind === 'parallel') return mechanism.groups.every(addsNoise);
  return !('noiseMultiplier' in mechanism) || mechanism.noiseMultiplier > 0;
}

/**
 * Whether its guarantee holds for replacing one value by any other: what a local report promises. Not for answers about groups that
 * share nobody: whoever is replaced may leave one group and enter another.
 */
export function isLocal(mechanism: PrivacyEvent): boolean {
  return mechanism.kind === 'pure' || mechanism.kind === 'approximate';
}

const short = (value: number) => String(Number(value.toPrecision(4)));

/** One run of the mechanism in words, without how often. */
export function mechanismInWords(mechanism: PrivacyEvent): string {
  switch (mechanism.kind) {
    case 'poisson-gaussian':
      if (!addsNoise(mechanism))
        return `no noise at all, on a Poisson sample, q = ${short(mechanism.sampleRate)}`;
      return `Gaussian noise, σ = ${short(mechanism.noiseMultiplier)}, on a Poisson sample, q = ${short(mechanism.sampleRate)}`;
    case 'truncated-poisson-gaussian':
      return (
        `Gaussian noise, σ = ${short(mechanism.noiseMultiplier)}, on a Poisson sample, q = ${short(mechanism.sampleRate)}, ` +
        `cut to ${mechanism.truncatedBatchSize} of ${mechanism.datasetSize}`
      );
    case 'group-poisson-gaussian':
      return `Gaussian noise, σ = ${short(mechanism.noiseMultiplier)}, on a Poisson sample, q = ${short(mechanism.sampleRate)}, with ${mechanism.groupSize} examples of one person`;
    case 'gaussian':
      return `Gaussian noise, σ = ${short(mechanism.noiseMultiplier)}`;
    case 'laplace':
      return `Laplace noise, b = ${short(mechanism.scale)} at sensitivity ${short(mechanism.sensitivity)}`;
    case 'pure':
      return `any mechanism with ε = ${short(mechanism.epsilon)}`;
    case 'approximate':
      return `any mechanism with ε = ${short(mechanism.epsilon)}, δ = ${short(mechanism.delta)}`;
    case 'parallel': {
      const each = new Set(mechanism.groups.map(mechanismInWords));
      return `one answer about each of ${mechanism.groups.length} groups that share nobody: ${[...each].join(' or ')}`;
    }
  }
}
