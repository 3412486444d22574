/** How the ε of an effect reads. */
import { formatEpsilon } from '@/components/ledger/words';
import { short } from '@/components/ui/format';
import type { Effect } from '@/lib/claims';

/** A bound from above is never rounded down, one from below never up. */
export function epsilonOf({ epsilon, bound }: Effect): string {
  if (epsilon > 1e6) return 'more than a million';
  if (bound !== 'at least') return formatEpsilon(epsilon);
  const unit = 10 ** (Math.floor(Math.log10(epsilon)) - 2);
  return epsilon === 0 ? '0' : short(Math.floor(epsilon / unit) * unit);
}
