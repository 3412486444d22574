/**
 * Who was in the training data? Two models learn the same few digits, one plainly and one privately. Two attacks ask both of every
 * digit whether it was a member: by its loss alone, and by a likelihood ratio from shadow models.
 */
import * as z from 'zod';
import type { Refusal } from '@/lib/ledger';
import { gaussianMembership } from '@/lib/privacy';
import { clopperPearson, logBinomialPmf } from '@/lib/privacy/numerics/binomial';
import type { RandomSource } from '@/lib/random';
import { ATTACKED_DIGITS } from '@/lib/runs/accounts/attacked-digits';
import { whileCharged } from '@/lib/runs/while-charged';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { areaUnderRoc, type RocPoint, rocPoints } from '@/lib/training/binary-metrics';
import { likelihoodRatioAttack, type ShadowModel } from '@/lib/training/membership-attack';
import { lossOf, softmaxAccuracy, softmaxConfidences } from '@/lib/training/softmax-regression';
import { attackNoise, PRIVATE_STEPS } from '../account';
import { chargeAttack } from './charge-attack';
import { type AttackDigits, attackDigits, OUTSIDERS } from './digits';
import { trainToForget, trainToRemember } from './models';

const params = z.object({
  epsilon: z.number().min(0.05).max(50),
  /** Digits trained on. */
  members: z.number().int().min(50).max(ATTACKED_DIGITS),
  /** Shadow models for each of the two. */
  shadows: z.number().int().min(2).max(64),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type MembershipParams = z.output<typeof params>;

/** The false positive rate that attacks are compared at. */
export const STRICT_RATE = 0.01;

export interface AttackFigures {
  roc: RocPoint[];
  auc: number;
  /** Largest TPR − FPR over all thresholds. */
  advantage: number;
  /** TPR at the largest FPR that is at most 1 %. */
  tpr: number;
  /** Exact 95 % interval (Clopper–Pearson) around it, for this many members as independent trials. */
  tprLow: number;
  tprHigh: number;
}

export interface ModelUnderAttack {
  loss: AttackFigures;
  ratio: AttackFigures;
  /** Share of digits read rightly. */
  trainAccuracy: number;
  testAccuracy: number;
  /** Mean cross-entropy in nats. */
  trainLoss: number;
  testLoss: number;
}

export interface MembershipResult {
  refusal: Refusal | null;
  plain: ModelUnderAttack | null;
  private: ModelUnderAttack | null;
  /** No attack on the private model is better, whatever it knows: TPR at FPR for this run's Gaussian noise. */
  bound: LimitPoint[];
  /** What the shadow models of both attacks took, in seconds; null before they are trained. */
  shadowSeconds: number | null;
  boundAuc: number;
  boundAdvantage: number;
  /** At 1 %. */
  boundTpr: number;
}

/** The limit at an FPR, and what a perfect attack would measure there on so few members in 95 of 100 runs. */
export interface LimitPoint extends RocPoint {
  low: number;
  high: number;
}

/** FPR at which the bound is drawn. */
const RATES = Array.from({ length: 61 }, (_, i) => 10 ** (-3 + i / 20));

export function judge(scores: Float64Array, answers: Uint8Array): AttackFigures {
  const roc = rocPoints(scores, answers);
  const members = answers.reduce((sum, answer) => sum + answer, 0);
  const tpr = roc.reduce(
    (best, point) => (point.falsePositiveRate <= STRICT_RATE ? point.truePositiveRate : best),
    0,
  );
  const { lower, upper } = clopperPearson(Math.round(tpr * members), members, 0.025);
  return {
    roc,
    auc: areaUnderRoc(scores, answers),
    advantage: roc.reduce((best, p) => Math.max(best, p.truePositiveRate - p.falsePositiveRate), 0),
    tpr,
    tprLow: lower,
    tprHigh: upper,
  };
}

const mean = (values: ArrayLike<number>, read: (value: number) => number) =>
  Array.from(values, read).reduce((sum, value) => sum + value, 0) / values.length;

/** @param train trains one model on some rows */
async function attack(
  { dataset, publicFrom }: AttackDigits,
  { members, shadows }: { members: number; shadows: number },
  target: Float64Array,
  train: (rows: ArrayLike<number>, shadow: number) => Promise<Float64Array>,
  choose: (pool: Int32Array) => Int32Array,
): Promise<ModelUnderAttack> {
  const candidates = Int32Array.from({ length: members + OUTSIDERS }, (_, i) =>
    i < members ? i : publicFrom + i - members,
  );
  const answers = Uint8Array.from(candidates, (row) => (row < publicFrom ? 1 : 0));
  // The attacker's own digits are no candidates.
  const poolFrom = publicFrom + OUTSIDERS;
  const pool = Int32Array.from({ length: 2 * members }, (_, i) => poolFrom + i);
  const models: ShadowModel[] = [];
  for (let shadow = 0; shadow < shadows; shadow++) {
    const rows = choose(pool.slice()).slice(0, members);
    const weights = await train(rows, shadow);
    const trainedOn = new Uint8Array(pool.length);
    for (const row of rows) trainedOn[row - poolFrom] = 1;
    models.push({
      pool: softmaxConfidences(weights, dataset, pool),
      trainedOn,
      candidates: softmaxConfidences(weights, dataset, candidates),
    });
  }
  const own = softmaxConfidences(target, dataset, candidates);
  const [inside, outside] = [own.subarray(0, members), own.subarray(members)];
  return {
    // The loss falls as the confidence rises: a threshold on one is a threshold on the other.
    loss: judge(own, answers),
    ratio: judge(likelihoodRatioAttack(own, models).scores, answers),
    trainAccuracy: softmaxAccuracy(target, dataset, candidates.subarray(0, members)),
    testAccuracy: softmaxAccuracy(target, dataset, candidates.subarray(members)),
    trainLoss: mean(inside, lossOf),
    testLoss: mean(outside, lossOf),
  };
}

/**
 * Both models, and both attacks on each.
 * @param noise of the private model; the shadow models learn public digits with noise from seeds: they protect nobody
 * @param onModel before each model, with how many are done
 */
export async function measureMembership(options: {
  digits: AttackDigits;
  epsilon: number;
  members: number;
  shadows: number;
  noise: RandomSource;
  seeded(stream: number): RandomSource;
  breathe(): Promise<void>;
  onModel(done: number): void;
}): Promise<{ plain: ModelUnderAttack; private: ModelUnderAttack }> {
  const { digits, epsilon, members, noise, seeded, breathe, onModel } = options;
  let done = 0;
  const count = (work: () => Promise<Float64Array>) => {
    onModel(done++);
    return work();
  };
  const common = { dataset: digits.dataset, breathe };
  const rows = Int32Array.from({ length: members }, (_, i) => i);
  const remembers = await count(() => trainToRemember({ ...common, rows }));
  const forgets = await count(() => trainToForget({ ...common, rows, epsilon, random: noise }));
  const chance = seeded(1);
  const choose = (pool: Int32Array) => chance.shuffle(pool);
  const plain = await attack(
    digits,
    options,
    remembers,
    (own) => count(() => trainToRemember({ ...common, rows: own })),
    choose,
  );
  const dp = await attack(
    digits,
    options,
    forgets,
    (own, shadow) =>
      count(() => trainToForget({ ...common, rows: own, epsilon, random: seeded(1000 + shadow) })),
    choose,
  );
  return { plain, private: dp };
}

/** What no attack on the private model can exceed, whatever it knows: its Gaussian noise, composed exactly. */
/** Shares of n between which a count with that probability lies in 95 % of trials. */
function scatter(probability: number, n: number): { low: number; high: number } {
  let below = 0;
  let low = n;
  let high = n;
  for (let k = 0; k <= n; k++) {
    below += Math.exp(logBinomialPmf(k, n, probability));
    if (below > 0.025) low = Math.min(low, k);
    if (below >= 0.975) {
      high = k;
      break;
    }
  }
  return { low: low / n, high: high / n };
}

export function membershipLimits(epsilon: number, members: number) {
  const limits = gaussianMembership({ noiseMultiplier: attackNoise(epsilon), steps: PRIVATE_STEPS });
  return {
    bound: RATES.map((rate): LimitPoint => {
      const most = limits.tprAtFpr(rate);
      return { falsePositiveRate: rate, truePositiveRate: most, ...scatter(most, members) };
    }),
    boundAuc: limits.auc,
    boundAdvantage: limits.maxAdvantage,
    boundTpr: limits.tprAtFpr(STRICT_RATE),
  };
}

export const attackMembership: Experiment<MembershipParams, never, MembershipResult> = {
  id: 'attack-membership',
  needs: 'maths',
  params,
  async run({ epsilon, members, shadows, noiseSource, seed }, context) {
    const { signal, report, random } = context;
    const digits = await attackDigits(context);
    const secure = noiseSource === 'cryptographic';
    const bound = membershipLimits(epsilon, members);
    // Charged before anything is computed from the private digits.
    const decision = await chargeAttack(context, {
      title: 'Membership inference',
      dataset: `MNIST: ${members} training digits, and public ones to compare with`,
      epsilon,
      seed: secure ? null : seed,
      settings: { members },
    });
    if (!decision.ok)
      return { refusal: decision.refusal, plain: null, private: null, shadowSeconds: null, ...bound };
    return whileCharged(decision.charged, context, async (before) => {
      await before(1);
      const total = 2 * (shadows + 1);
      let shadowsBegan = 0;
      const models = await measureMembership({
        ...{ digits, epsilon, members, shadows },
        noise: secure ? random.secure() : random.seeded(seed),
        seeded: (stream) => random.seeded(seed + stream),
        breathe: () => pause(signal),
        onModel: (step) => {
          if (step === 2) shadowsBegan = performance.now();
          report({ phase: 'run', step, total, label: step < 2 ? 'Training' : 'Training shadow models' });
        },
      });
      report({ phase: 'run', step: total, total });
      return {
        ...{ refusal: null, ...models, ...bound },
        shadowSeconds: (performance.now() - shadowsBegan) / 1000,
      };
    });
  },
};
