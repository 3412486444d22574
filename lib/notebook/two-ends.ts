/**
 * Two ends of one thing: the ε that is promised, and the noise multiplier σ that keeps the promise. Whichever a learner moves, the
 * other follows; what else is moved (steps, lot, δ) leaves ε alone and asks for another σ. At the end of σ's slider the ε asked for
 * gives way to the one that can be had.
 */
import type { NumberParameter } from './parameters';

export interface Ends {
  /** In nats. */
  epsilon: number;
  /** σ */
  noiseMultiplier: number;
}

type Range = Pick<NumberParameter, 'min' | 'max'>;

export interface Coupling<Values extends Ends> {
  /** Of the two sliders: neither end leaves its own. */
  epsilon: Range;
  noiseMultiplier: Range;
  /** Settings that σ follows beside ε. */
  follows: readonly (keyof Values & string)[];
  /** The least σ that keeps to the ε of these values. */
  calibrate(values: Values): number;
  /** The ε that the σ of these values gives, by the accountant. */
  account(values: Values): number;
}

const within = (value: number, { min, max }: Range) => Math.min(max, Math.max(min, value));

/** To the nearest number with so many digits: it may lie on either side. */
const nearest = (value: number, digits: number) => Number(value.toPrecision(digits));

/** To four digits, upwards: a little more noise than needed, never less. */
export function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  // What is a number of four digits but for its last bit stays.
  return nearest(Math.ceil(value / unit - 1e-9) * unit, 4);
}

/** What follows when `changed` has moved: a `reconcile` for a set of parameters. Only what has to change is in it. */
export function twoEnds<Values extends Ends>(coupling: Coupling<Values>) {
  const shown = (values: Values, digits: number) =>
    within(nearest(coupling.account(values), digits), coupling.epsilon);
  return (values: Values, changed: keyof Values & string): Partial<Ends> => {
    if (changed === 'noiseMultiplier') return { epsilon: shown(values, 4) };
    if (changed !== 'epsilon' && !coupling.follows.includes(changed)) return {};
    const needed = coupling.calibrate(values);
    const noiseMultiplier = within(roundUp(needed), coupling.noiseMultiplier);
    const keeps = noiseMultiplier >= needed && noiseMultiplier > coupling.noiseMultiplier.min;
    return keeps
      ? { noiseMultiplier }
      : { noiseMultiplier, epsilon: shown({ ...values, noiseMultiplier }, 3) };
  };
}
