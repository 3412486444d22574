/**
 * ε and σ as the two ends of a private training, by the accountant that charges it. On a page the exact answers come from a worker of
 * their own: no frame waits for them, and until they are there an upper bound stands in their place.
 */
import { type Coupling, type Ends, twoEnds } from '@/lib/notebook/two-ends';
import { epsilonBound, epsilonOf } from '@/lib/runs/accountant';
import type { PoissonRun } from '@/lib/runs/phases';
import { accountElsewhere } from './account-elsewhere';

export interface CoupledRun<Values extends Ends>
  extends Pick<Coupling<Values>, 'noiseMultiplier' | 'follows'> {
  /** What a run with these values releases. */
  run(values: Values): PoissonRun;
  delta(values: Values): number;
}

/** What a set of parameters with both ends follows. */
export function coupledEnds<Values extends Ends>({ run, delta, ...ends }: CoupledRun<Values>) {
  const coupled = twoEnds<Values>({
    ...ends,
    account: (values) => epsilonOf(run(values), delta(values)),
    bound: (values) => epsilonBound(run(values), delta(values)),
  });
  return {
    ...coupled,
    ahead(values: Values, changed: keyof Values & string, wanted: () => boolean): Promise<void> | null {
      // All that will be asked of these values: what follows, and what a link says of it.
      const work = () => coupled.inLink({ ...values, ...coupled.reconcile(values, changed) });
      return accountElsewhere(work, wanted);
    },
  };
}
