/** The bounds that audits show side by side, each with what it takes for granted. */
import { Fold } from '@/components/ui/fold';
import type { AuditBound } from '@/lib/privacy';

export const BOUND_WORDS: readonly { id: AuditBound; name: string; assumption: string }[] = [
  {
    id: 'steinke',
    name: 'Guesses',
    assumption:
      'Steinke, Nasr and Jagielski 2023. Takes nothing for granted but that the coins were fair. It counts right guesses.',
  },
  {
    id: 'curve',
    name: 'Whole curve',
    assumption:
      'Mahloujifar, Melis and Chaudhuri 2025. Takes for granted that the limit on attackers has the shape that Gaussian noise gives it, at every rate of false alarms. The same guesses, and more from each.',
  },
  {
    id: 'shift',
    name: 'Scores: shift',
    assumption:
      'Takes for granted that scores are normal, with one spread in and out. Measures how far the groups are apart (Student’s t).',
  },
  {
    id: 'spread',
    name: 'Scores: spread',
    assumption:
      'Takes for granted, besides, how far a canary moves its score when it is in. Measures the noise alone, and so is the sharpest (χ²). If that trust is wrong, so is the bound.',
  },
];

/** ε as audits write it: never more than was proven; there may be no finite one. */
export const epsilonAtLeast = (epsilon: number) =>
  Number.isFinite(epsilon) ? (Math.floor(100 * epsilon + 1e-6) / 100).toFixed(2) : '∞';

/** @param children how the bounds share their level */
export function Assumptions({ children }: { children: string }) {
  return (
    <Fold title="What each bound takes for granted">
      <dl className="grid gap-2 text-sm">
        {BOUND_WORDS.map(({ id, name, assumption }) => (
          <div key={id}>
            <dt className="font-medium">{name}</dt>
            <dd className="text-secondary">{assumption}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-sm text-secondary">{children}</p>
    </Fold>
  );
}
