/**
 * One setting of a cell after another, a run at each: which settings can be swept, at which values, and what becomes of the runs. The
 * cell does the runs, as it does those that somebody starts by hand: charged, refused, stopped and noted in the table as those are.
 */
import { sixDigits } from '../link';
import {
  type ChoiceParameter,
  clamp,
  formatValue,
  type NumberParameter,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  sliderEnds,
} from '../parameters';

export interface Sweepable {
  name: string;
  parameter: Exclude<Parameter, { kind: 'text' }>;
  /** Where it is declared, with what hangs on it. */
  set: ParameterSet;
}

/** Runs of one sweep. */
export const MOST_VALUES = 20;
export const FIRST_SEEDS = Array.from({ length: 10 }, (_, at) => at + 1);

const declaredIn = (sets: readonly ParameterSet[]): Sweepable[] => {
  const known = new Map<string, Sweepable>();
  for (const set of sets)
    for (const [name, parameter] of Object.entries(set.declarations))
      if (parameter.kind !== 'text' && !known.has(name)) known.set(name, { name, parameter, set });
  return [...known.values()];
};

const isSeed = ({ parameter }: Sweepable) => parameter.kind === 'number' && parameter.seed === true;

/** Settings of a cell that a run can be made at several values of; seeds are no values of more or less. */
export const sweepable = (sets: readonly ParameterSet[]): Sweepable[] =>
  declaredIn(sets).filter((one) => !isSeed(one) && allValues(one.parameter)?.length !== 1);

/** A setting that draws by chance may be repeated with. */
export const seedsIn = (sets: readonly ParameterSet[]): Sweepable[] => declaredIn(sets).filter(isSeed);

/** Where a cell chooses between noise that protects and noise from a seed. A seed draws the noise only where it stands at `seeded`. */
export const noiseChoiceIn = (sets: readonly ParameterSet[]): Sweepable | null =>
  declaredIn(sets).find(
    ({ parameter }) =>
      parameter.kind === 'choice' &&
      ['seeded', 'cryptographic'].every((wanted) => parameter.options.some(({ value }) => value === wanted)),
  ) ?? null;

/** Of what is no number; null of numbers. */
export function allValues(parameter: Sweepable['parameter']): ParameterValue[] | null {
  if (parameter.kind === 'boolean') return [false, true];
  if (parameter.kind === 'choice') return (parameter as ChoiceParameter).options.map(({ value }) => value);
  return null;
}

/** What a sweep begins with, until somebody says otherwise. */
export const wholeRange = (parameter: NumberParameter): { from: number; to: number; count: number } => {
  const { min, max } = sliderEnds(parameter);
  return { from: min, to: max, count: 5 };
};

/**
 * Values from one to another, as many as wanted, evenly on the scale of the setting: on a logarithmic one by equal factors. In range, as
 * one would write them down, and none twice.
 */
export function valuesBetween(
  parameter: NumberParameter,
  { from, to, count }: { from: number; to: number; count: number },
): number[] {
  const wanted = Math.max(1, Math.min(MOST_VALUES, Math.round(count) || 1));
  const [first, last] = [from, to].map((end) => clamp(parameter, end).value as number) as [number, number];
  const along = (share: number) => {
    if (share === 0) return first;
    if (share === 1) return last;
    return parameter.scale === 'log' && first > 0 && last > 0
      ? first * (last / first) ** share
      : first + share * (last - first);
  };
  const values = Array.from({ length: wanted }, (_, at) => along(wanted === 1 ? 0 : at / (wanted - 1)));
  return [...new Set(values.map((value) => lawful(parameter, value)))];
}

/** Three digits between the ends, as a slider has them. */
function lawful(parameter: NumberParameter, value: number): number {
  const ends = value === parameter.min || value === parameter.max || parameter.integer;
  const short = ends ? value : Number(value.toPrecision(3));
  return sixDigits(parameter, clamp(parameter, short).value) as number;
}

export const inWords = ({ parameter }: Sweepable, value: ParameterValue): string => {
  const words = formatValue(parameter as Parameter, value);
  return parameter.kind === 'number' && parameter.unit ? `${words} ${parameter.unit}` : words;
};

/** How one run ended. */
export interface RunEnd {
  state: 'done' | 'failed' | 'stopped';
  /** The budget did not allow it. */
  refused: boolean;
  /** It was charged with noise that protects. */
  charged: boolean;
  /** Of a failure. */
  message: string | null;
}

export interface SweepEnd {
  /** Runs that are done, a row each. */
  done: number;
  failed: { value: ParameterValue; message: string }[];
  why: 'finished' | 'stopped' | 'refused' | 'uncounted';
}

/**
 * One run after another. A run that fails is told, and the next one goes on; a Stop, a budget that refuses, and a charge of which no
 * price was told before end the sweep.
 * @param priced whether the price of that run was told
 */
export async function sweepOver(
  values: readonly ParameterValue[],
  runAt: (value: ParameterValue, at: number) => Promise<RunEnd>,
  { signal, priced }: { signal: AbortSignal; priced: (at: number) => boolean },
): Promise<SweepEnd> {
  const failed: SweepEnd['failed'] = [];
  let done = 0;
  for (const [at, value] of values.entries()) {
    if (signal.aborted) return { done, failed, why: 'stopped' };
    const end = await runAt(value, at);
    if (end.state === 'stopped') return { done, failed, why: 'stopped' };
    if (end.state === 'failed') failed.push({ value, message: end.message ?? 'It did not say why.' });
    else if (end.refused) return { done, failed, why: 'refused' };
    else done++;
    if (end.charged && !priced(at)) return { done, failed, why: 'uncounted' };
  }
  return { done, failed, why: 'finished' };
}
