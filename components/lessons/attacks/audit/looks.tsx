/** Every bound on every look at the trainer, side by side, each with what it takes for granted. */
import { Assumptions, BOUND_WORDS, epsilonAtLeast } from '@/components/training/audit/bounds';
import { BoundsTable } from '@/components/training/audit/bounds-table';
import type { AuditOutcome, LookResult } from '../experiments/audit';

const LOOKS: Readonly<Record<LookResult['id'], string>> = {
  'own-direction': 'One training: how far each canary got',
  wobble: 'One training: how uneven its steps were',
  'against-others': 'Tiny trainings: canary against all others',
  size: 'Tiny trainings: how large the noise is',
};

export function Looks({ result }: { result: AuditOutcome }) {
  return (
    <div className="grid gap-3">
      <BoundsTable
        bounds={BOUND_WORDS}
        looks={result.looks.map(({ id, bounds }) => ({ id, words: LOOKS[id], bounds }))}
        claimed={result.claimed}
        written={epsilonAtLeast}
        minWidth="min-w-[34rem]"
      />
      <Assumptions>
        A dash: the scores of this look are not of the kind that the bound needs. Which bound is tried on
        which look, and on how many guesses, was fixed before any run. All eight together are held to 5 %,
        each to an eighth of it (Bonferroni), and each of six numbers of guesses to a sixth of that. So the
        largest may be read.
      </Assumptions>
    </div>
  );
}
