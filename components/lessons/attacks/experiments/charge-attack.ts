/** What the models of the lesson on attacks release, as the ledger is told it. */

import { type ChargeDecision, chargeRun } from '@/lib/runs/charge-run';
import { together } from '@/lib/runs/charge-training';
import { ATTACK_DELTA, ATTACKED_DIGITS, ATTACKED_SHA256, attackPhases } from '../account';
import { ATTACK_MODEL } from './models';

/**
 * A private and a plain model on the same digits. Nothing is shown before both are trained, so they are one step each.
 * @returns both in hand, or why the budget refuses the private one
 */
export async function chargeAttack(options: {
  title: string;
  epsilon: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  settings: Record<string, string | number>;
}): Promise<ChargeDecision> {
  const { title, epsilon, seed, settings } = options;
  const account = {
    dataset: {
      hash: `sha256:${ATTACKED_SHA256}`,
      title: `${ATTACKED_DIGITS} MNIST digits, to be attacked`,
      size: ATTACKED_DIGITS,
    },
    unit: 'example',
    relation: 'add-or-remove-one' as const,
    delta: ATTACK_DELTA,
  };
  const common = { kind: 'training' as const, shows: 'nothing' as const };
  const privately = await chargeRun(account, {
    ...common,
    title: `${title}: the private model`,
    phases: attackPhases(epsilon),
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    settings: { ...settings, model: ATTACK_MODEL },
  });
  if (!privately.ok) return privately;
  let plainly: ChargeDecision;
  try {
    plainly = await chargeRun(account, {
      ...common,
      title: `${title}: the plain model`,
      phases: [
        { perStep: [{ kind: 'poisson-gaussian', sampleRate: 1, noiseMultiplier: 0, steps: 1 }], steps: 1 },
      ],
      noise: 'none',
      seed: null,
      settings: { ...settings, model: ATTACK_MODEL },
    });
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
  // No budget holds back a run that it does not cover.
  if (!plainly.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return { ok: true, charged: together(privately.charged, plainly.charged) };
}
