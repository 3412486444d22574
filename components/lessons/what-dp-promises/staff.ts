/**
 * A firm that does not exist, and three questions about its staff: answered exactly, and privately. One person may be anywhere,
 * even far outside of what the others earn; the private answers cut everybody at public ranges first.
 */
import { type RandomSource, SeededRandom } from '@/lib/random';

/** Years at the firm, and pay in thousands a month. */
export interface Colleague {
  years: number;
  pay: number;
}

/** Public: nobody stays longer, whoever they are. */
export const MOST_YEARS = 40;
/** As far as the picture goes. The public range of pay ends lower, where the learner puts it. */
export const MOST_PAY = 20;
/** Whoever earns more is counted by the first question. */
export const WELL_PAID = 5;

export const STAFF_QUESTIONS = ['count', 'mean', 'slope'] as const;
export type StaffQuestion = (typeof STAFF_QUESTIONS)[number];

/** Colleagues, the learner not among them. The same for the same seed. */
export function makeStaff(size: number, seed: number): Colleague[] {
  const random = new SeededRandom(seed, 77);
  return Array.from({ length: size }, () => {
    const years = Math.round(MOST_YEARS * random.uniform() * 2) / 2;
    const pay = Math.min(7.8, Math.max(1.2, 2.2 + 0.075 * years + 0.6 * random.gaussian()));
    return { years, pay: Math.round(20 * pay) / 20 };
  });
}

/** The exact answer. A slope is in thousands a month for each year; 0 where all years are alike. */
export function exactAnswer(question: StaffQuestion, staff: readonly Colleague[]): number {
  switch (question) {
    case 'count':
      return staff.filter(({ pay }) => pay > WELL_PAID).length;
    case 'mean':
      return staff.length === 0 ? 0 : staff.reduce((sum, { pay }) => sum + pay, 0) / staff.length;
    case 'slope': {
      const sums = { n: 0, x: 0, y: 0, xx: 0, xy: 0 };
      for (const { years, pay } of staff) {
        sums.n++;
        sums.x += years;
        sums.y += pay;
        sums.xx += years ** 2;
        sums.xy += years * pay;
      }
      const spread = sums.n * sums.xx - sums.x ** 2;
      return spread > 0 ? (sums.n * sums.xy - sums.x * sums.y) / spread : 0;
    }
  }
}

/** A sum over people, and how far one person added or removed can move it. */
export interface BoundedSum {
  value: number;
  sensitivity: number;
}

/**
 * All that a private answer looks at: sums of values cut to public ranges. Everything after the noise is arithmetic on noisy
 * numbers.
 *
 * @param payRange public range of pay, 0 to here, in thousands a month
 */
export function boundedSums(
  question: StaffQuestion,
  staff: readonly Colleague[],
  payRange: number,
): BoundedSum[] {
  const cut = ({ pay }: Colleague) => Math.min(payRange, Math.max(0, pay));
  const sum = (of: (one: Colleague) => number) => staff.reduce((total, one) => total + of(one), 0);
  switch (question) {
    case 'count':
      return [{ value: exactAnswer('count', staff), sensitivity: 1 }];
    case 'mean':
      return [
        { value: staff.length, sensitivity: 1 },
        { value: sum(cut), sensitivity: payRange },
      ];
    case 'slope': {
      // On [−½, ½], so that squares and products are at most a quarter.
      const x = ({ years }: Colleague) => Math.min(MOST_YEARS, Math.max(0, years)) / MOST_YEARS - 0.5;
      const y = (one: Colleague) => cut(one) / payRange - 0.5;
      return [
        { value: staff.length, sensitivity: 1 },
        { value: sum(x), sensitivity: 0.5 },
        { value: sum(y), sensitivity: 0.5 },
        { value: sum((one) => x(one) ** 2), sensitivity: 0.25 },
        { value: sum((one) => x(one) * y(one)), sensitivity: 0.25 },
      ];
    }
  }
}

/**
 * One ε-DP answer: each of k sums gets Laplace noise for ε / k, which composes to ε (Dwork et al. 2006), and the answer is
 * computed from them: post-processing.
 */
export function privateAnswer(
  question: StaffQuestion,
  sums: readonly BoundedSum[],
  payRange: number,
  epsilon: number,
  random: RandomSource,
): number {
  const noisy = sums.map(
    ({ value, sensitivity }) => value + random.laplace((sensitivity * sums.length) / epsilon),
  );
  const within = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
  switch (question) {
    case 'count':
      return Math.round(noisy[0]!);
    case 'mean':
      return within(noisy[1]! / Math.max(1, noisy[0]!), 0, payRange);
    case 'slope': {
      const [n, x, y, xx, xy] = noisy as [number, number, number, number, number];
      const spread = n * xx - x * x;
      const steepest = payRange / MOST_YEARS;
      if (!(spread > 0)) return 0;
      return within(((n * xy - x * y) / spread) * steepest, -steepest, steepest);
    }
  }
}
