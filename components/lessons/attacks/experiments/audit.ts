/**
 * An audit of the trainer: a fair coin decides for each canary whether it is trained on, and an auditor who sees every step scores
 * which were. Four looks at what the trainer released, and on each the bounds whose assumption holds there. All bounds together are
 * held to 5 %, so the largest of them may be read.
 *
 * The canaries are nobody's data, so this costs nothing.
 */
import * as z from 'zod';
import { type AuditBound, auditBound, guessByScore, shuffledEpsilonBounds } from '@/lib/privacy';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { AUDIT_DELTA, auditRelease } from '../account';
import { AUDIT_FAULTS } from './audit-faults';
import { AUDIT_CANARIES, type AuditTools, type Look, largeTraining, tinyTrainings } from './audit-trainings';

export type { AuditFault } from './audit-faults';
export { AUDIT_CANARIES };

const params = z.object({
  /** σ that is claimed. */
  noiseMultiplier: z.number().min(0.5).max(20),
  /** What the trainer really does. */
  fault: z.enum(AUDIT_FAULTS),
  seed: z.number().int().min(0),
});

export type AuditParams = z.output<typeof params>;

export interface LookResult {
  id: Look['id'];
  /** ε proven from below, by bound; absent where the bound's assumption does not hold for these scores. May be infinite. */
  bounds: Partial<Record<AuditBound, number>>;
}

export interface AuditOutcome {
  /** Proven from above, by the accountant, of a trainer that does what it says. */
  claimed: number;
  /** Proven from below: the largest of all bounds, which hold together with 95 % confidence. May be infinite. */
  lowerBound: number;
  looks: LookResult[];
  /** Of shuffled lots alone: between which two numbers their ε lies, by proof. */
  proven?: { atLeast: number; atMost: number };
  /** Of the guesses about the clearest half, in the large training. */
  correct: number;
  guesses: number;
}

const { sampleRate, steps } = auditRelease(1);
const EXPECTED_DRAWS = sampleRate * steps;

/**
 * Which bounds are computed on which look, fixed before anything is seen. Normal scores, with one spread in and out, are had where
 * noise is summed over steps; a wobble and a size are no such thing.
 */
const BOUNDS: Readonly<Record<Look['id'], readonly AuditBound[]>> = {
  'own-direction': ['steinke', 'curve', 'shift', 'spread'],
  wobble: ['curve'],
  'against-others': ['curve', 'shift'],
  size: ['curve'],
};
/** Each of k bounds is held to a k-th of 5 % (Bonferroni). */
export const P_VALUE = 0.05 / Object.values(BOUNDS).flat().length;

/** ε that the accountant proves. */
export const claimedEpsilon = (noiseMultiplier: number) =>
  epsilonOf(auditRelease(noiseMultiplier), AUDIT_DELTA);

/** What is proven of the trainer that shuffles: so many lots to one walk through the data. */
export const shuffledEpsilon = (noiseMultiplier: number) =>
  shuffledEpsilonBounds({
    noiseMultiplier,
    lotsPerEpoch: 1 / sampleRate,
    epochs: EXPECTED_DRAWS,
    delta: AUDIT_DELTA,
  });

export const judge = (look: Look): LookResult => ({
  id: look.id,
  bounds: Object.fromEntries(
    BOUNDS[look.id].map((bound) => [
      bound,
      auditBound(bound, {
        ...{ ...look, delta: AUDIT_DELTA, pValue: P_VALUE },
        // On average a canary that is in is drawn so often, and adds 1 each time.
        signal: EXPECTED_DRAWS,
      }),
    ]),
  ),
});

export async function auditTrainer(
  { noiseMultiplier, fault }: Pick<AuditParams, 'noiseMultiplier' | 'fault'>,
  tools: AuditTools,
): Promise<AuditOutcome> {
  const large = await largeTraining(noiseMultiplier, fault, tools);
  const tiny = await tinyTrainings(noiseMultiplier, fault, tools);
  const looks = [...large, ...tiny].map(judge);
  return {
    claimed: claimedEpsilon(noiseMultiplier),
    lowerBound: Math.max(...looks.flatMap(({ bounds }) => Object.values(bounds))),
    looks,
    ...(fault === 'shuffled' ? { proven: shuffledEpsilon(noiseMultiplier) } : {}),
    ...guessByScore(large[0]!, AUDIT_CANARIES / 2),
  };
}

export const attackAudit: Experiment<AuditParams, never, AuditOutcome> = {
  id: 'attack-audit',
  needs: 'tensors',
  params,
  async run(settings, { signal, report, random, describe }) {
    describe({
      noise: 'seeded',
      seed: settings.seed,
      accountant: ACCOUNTANT,
      epsilon: settings.fault === 'none' ? claimedEpsilon(settings.noiseMultiplier) : null,
      delta: AUDIT_DELTA,
      dataset: `${2 * AUDIT_CANARIES} made-up canaries`,
    });
    return auditTrainer(settings, {
      coin: random.seeded(settings.seed + 1_000_000),
      noise: random.seeded(settings.seed),
      breathe: async (done) => {
        report({
          phase: 'run',
          step: Math.round(done * AUDIT_CANARIES),
          total: AUDIT_CANARIES,
          label: 'Training on canaries',
        });
        await pause(signal);
      },
    });
  },
};
