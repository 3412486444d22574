/** What the models of the lesson on attacks release, as the ledger is told it. */
import type { ChargeDecision } from '@/lib/runs/charge-run';
import { chargeTwins } from '@/lib/runs/charge-twins';
import { poissonPhases } from '@/lib/runs/phases';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { ATTACK_ACCOUNT, ATTACK_DELTA, attackPhases } from '../account';

const MODEL = 'softmax regression on grey values';

interface AttackPlan {
  title: string;
  /** What is trained on, in words. */
  dataset: string;
  epsilon: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
}

/**
 * A private and a plain model on the same digits: says how their numbers come about, and charges. Nothing is shown before both are trained, so they are one step each.
 * @returns both in hand, or why the budget refuses the private one
 */
export function chargeAttack(
  { describe }: Pick<ExperimentContext<never>, 'describe'>,
  plan: AttackPlan,
): Promise<ChargeDecision> {
  const { title, dataset, epsilon, seed } = plan;
  describe({
    noise: seed === null ? 'cryptographic' : 'seeded',
    seed,
    accountant: 'exact, Gaussian mechanism composed',
    epsilon,
    delta: ATTACK_DELTA,
    dataset,
  });
  const settings = { ...plan.settings, model: MODEL };
  return chargeTwins({
    account: ATTACK_ACCOUNT,
    both: { kind: 'training', shows: 'nothing' },
    seed,
    privately: { title: `${title}: the private model`, phases: attackPhases(epsilon), settings },
    plainly: {
      title: `${title}: the plain model`,
      phases: poissonPhases({ sampleRate: 1, noiseMultiplier: 0, steps: 1 }),
      settings,
    },
  });
}
