import { formatEpsilon } from '@/components/ledger/words';
import { epsilonAtLeast } from '@/components/training/audit/bounds';
import type { AuditOutcome } from '../experiments/audit';

/** What a proof says of the claim at this noise: shuffled lots may cost more than is claimed, or less, or nobody knows. */
function verdict({ atLeast, atMost }: { atLeast: number; atMost: number }, claimed: number): string {
  if (atLeast > claimed) return 'So the claim is false, though this audit does not find it.';
  if (atMost <= claimed) return 'So the claim holds at this σ: there is nothing to find.';
  return 'So nobody knows whether the claim holds at this σ.';
}

/** Why no audit finds that lots are shuffled: the proof stands beside it. */
export function ProvenOfShuffling({
  proven,
  claimed,
  lowerBound,
}: Pick<AuditOutcome, 'claimed' | 'lowerBound'> & { proven: NonNullable<AuditOutcome['proven']> }) {
  return (
    <div className="grid gap-2 text-sm" data-figure="proven of shuffling">
      <p>
        {`What a proof says: lots from a shuffled order have here an ε between ${epsilonAtLeast(proven.atLeast)} and ${formatEpsilon(proven.atMost)} (Chua et al. 2024), and ${formatEpsilon(claimed)} is claimed. ${verdict(proven, claimed)}`}
      </p>
      <p className="text-secondary">
        {`The audit proves only ${epsilonAtLeast(lowerBound)}. Shuffled and drawn lots differ most in what happens once in 100,000 runs, which is what δ is about; 800 coins see shares of some per cent. That an audit finds nothing is no proof, and here you see why accountants must be told how lots are made.`}
      </p>
    </div>
  );
}
