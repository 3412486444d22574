/**
 * Two ends of one thing: the ε that is promised, and the noise multiplier σ that keeps the promise. Whichever a learner moves, the
 * other follows; what else is moved (steps, lot, δ) leaves ε alone and asks for another σ. At the end of σ's slider the ε asked for
 * gives way to the true one of that σ, wherever ε's own slider ends.
 *
 * So a pair is always one of two: σ is the least of five digits that keeps to an ε that was asked for, or ε is what the accountant
 * says of a σ, rounded up. Never does ε stand for less than what will run.
 */
import { leastNoise } from '@/lib/privacy';
import type { InLink, NumberParameter } from './parameters';

export interface Ends {
  /** In nats. */
  epsilon: number;
  /** σ */
  noiseMultiplier: number;
}

export interface Coupling<Values extends Ends> {
  /** Of σ's slider: it never leaves it. */
  noiseMultiplier: Pick<NumberParameter, 'min' | 'max'>;
  /** Settings that σ follows beside ε. */
  follows: readonly (keyof Values & string)[];
  /** The ε that the σ of these values gives, by the accountant that charges it. */
  account(values: Values): number;
  /** An upper bound on it, at once. */
  bound(values: Values): number;
}

/** To four digits, upwards: what is shown of an ε that was worked out is never less than the ε. */
export function roundUp(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return value;
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  // What is a number of four digits but for its last bit stays.
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(4));
}

/** RDP says about a tenth more than the truth: the σ that it asks for at such an ε is a good one to begin with. */
const BOUND_SAYS_MORE = 1.1;

/** What follows when `changed` has moved, exactly and at once; and which of the two a link names. */
export function twoEnds<Values extends Ends>(coupling: Coupling<Values>) {
  const { noiseMultiplier: range, follows, account, bound } = coupling;
  type Ask = (values: Values) => number;

  const least = (ask: Ask, values: Values, target: number, start: number) =>
    leastNoise({
      epsilonAt: (noiseMultiplier) => ask({ ...values, noiseMultiplier }),
      ...{ target, range, start },
    });

  /** With an exact answer the search begins where the bound's ended, whatever stood there before: one ε, one σ. */
  const needed = (ask: Ask, values: Values) => {
    if (ask === bound) return least(ask, values, values.epsilon, 1);
    const near = least(bound, values, BOUND_SAYS_MORE * values.epsilon, 1);
    return least(ask, values, values.epsilon, near ?? range.max);
  };

  const follow =
    (ask: Ask) =>
    (values: Values, changed: keyof Values & string): Partial<Ends> => {
      if (changed === 'noiseMultiplier') return { epsilon: roundUp(ask(values)) };
      if (changed !== 'epsilon' && !follows.includes(changed)) return {};
      const found = needed(ask, values);
      const noiseMultiplier = found ?? range.max;
      return found !== null && found > range.min
        ? { noiseMultiplier }
        : { noiseMultiplier, epsilon: roundUp(ask({ ...values, noiseMultiplier })) };
    };
  const reconcile = follow(account);

  return {
    reconcile,
    sketch: follow(bound),
    /** Only one end is named, so that whoever reads it finds the other: ε where σ is what ε asks for, σ where ε is what σ gives. */
    inLink(values: Values): InLink<keyof Ends> {
      const asked = { ...values, ...reconcile(values, 'epsilon') };
      return asked.noiseMultiplier === values.noiseMultiplier && asked.epsilon === values.epsilon
        ? { without: 'noiseMultiplier' }
        : { without: 'epsilon', always: 'noiseMultiplier' };
    },
  };
}
