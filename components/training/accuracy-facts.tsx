/** The numbers that a private training and its plain twin come down to. */
import { formatEpsilon } from '@/components/ledger/words';
import { Facts } from '@/components/notebook/facts';
import { percent } from '@/components/ui/format';

interface Judged {
  /** Spent so far. */
  epsilon: number;
  privateAccuracy: number;
  plainAccuracy: number;
}

/** In the digits of the ledger, which will say the same of this run. */
export const spentInWords = (spent: number, whole: number) =>
  `ε spent ${formatEpsilon(spent)} of ${formatEpsilon(whole)}`;

/** @param epsilon of the whole run */
export function AccuracyFacts({ latest, epsilon }: { latest: Judged; epsilon: number }) {
  const gap = 100 * (latest.plainAccuracy - latest.privateAccuracy);
  return (
    <Facts
      facts={[
        {
          name: 'Private',
          value: percent(latest.privateAccuracy),
          note: spentInWords(latest.epsilon, epsilon),
        },
        { name: 'Plain', value: percent(latest.plainAccuracy), note: 'no promise at all' },
        { name: 'Price of privacy', value: gap.toFixed(1), note: 'points of test accuracy' },
      ]}
    />
  );
}
