/** A private training beside its plain twin: the numbers they come down to, and their curves. */
import type { LineSeries } from '@/components/charts/series';
import { Facts } from '@/components/notebook/facts';

export const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
export const short = (value: number) => String(Number(value.toPrecision(3)));

interface Judged {
  /** Spent so far. */
  epsilon: number;
  privateAccuracy: number;
  plainAccuracy: number;
}

/** @param epsilon of the whole run */
export function AccuracyFacts({ latest, epsilon }: { latest: Judged; epsilon: number }) {
  const gap = 100 * (latest.plainAccuracy - latest.privateAccuracy);
  return (
    <Facts
      facts={[
        {
          name: 'Private',
          value: percent(latest.privateAccuracy),
          note: `ε spent ${short(latest.epsilon)} of ${short(epsilon)}`,
        },
        { name: 'Plain', value: percent(latest.plainAccuracy), note: 'no promise at all' },
        { name: 'Price of privacy', value: gap.toFixed(1), note: 'points of test accuracy' },
      ]}
    />
  );
}

type Line = Omit<LineSeries, 'points'>;

export const PRIVATE: Line = { id: 'private', label: 'Private', role: 'private' };
export const PLAIN: Line = { id: 'plain', label: 'Plain', role: 'plain' };
export const SPENT: Line = { id: 'private', label: 'ε spent', role: 'private' };

/** A figure of every update of a run, as a line. @param x usually the step */
export const lineOf = <Update,>(
  line: Line,
  updates: readonly Update[],
  x: (update: Update) => number,
  y: (update: Update) => number | null,
): LineSeries => ({ ...line, points: updates.map((update) => ({ x: x(update), y: y(update) })) });
