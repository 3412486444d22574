/**
 * Audits of programs that release sums of clipped gradients: a step of DP-SGD with noise of its own, and the clipped sum, to which the
 * auditor adds the noise. The claim is that of normal noise on a sum that one example moves by the clip at most, in a lot that
 * everybody is in.
 *
 * Scores are taken to be normal, as they are where the noise is. How far a canary moves its score is not taken for granted: the code is
 * a stranger's, and a canary that it drops would pass for one that is well hidden.
 */
import { gaussianEpsilon } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import { ask, numbers } from '../answers';
import { between, wholeBetween } from '../draws';
import type { Args, Program } from '../program';
import { type CodeAudit, coins, type Look } from './audit';

/** σ. At 1 a fault that doubles what one example moves is plain with a few hundred canaries. */
const NOISE = 1;
const DELTA = 1e-5;
/** Canaries in one lot, each with a weight of its own, and beside it a weight that nobody touches. */
const TOGETHER = 20;
const LOTS = 150;
/** So many lots of a canary whom all others contradict, and as many of a canary with nobody else. */
const LONELY = 800;
const OTHERS = 4;
/** In clips: a gradient that is not clipped shouts. */
const LENGTH = 20;

/** Gradients of one lot, in clips, for so many weights. */
interface Lot {
  gradients: number[][];
  size: number;
}

/** What the program released of each lot, in clips: a canary that is in adds 1 to its weight, and the noise is σ. */
type Release = (program: Program, lots: readonly Lot[]) => Promise<readonly (readonly number[])[]>;

const alongAxis = (axis: number, length: number, size: number): number[] => {
  const gradient = new Array<number>(size).fill(0);
  gradient[axis] = length;
  return gradient;
};

/** @returns lots, and of each canary in turn the coin */
function crowdedLots(random: RandomSource, included: readonly boolean[]): Lot[] {
  const size = 2 * TOGETHER;
  return Array.from({ length: LOTS }, (_, lot) => {
    const axes = Array.from({ length: TOGETHER }, (_, i) => i).filter((i) => included[lot * TOGETHER + i]);
    return { size, gradients: random.shuffle(axes.map((i) => alongAxis(2 * i, LENGTH, size))) };
  });
}

/** One canary against others who all pull the other way: where lots are clipped as a whole, or divided by who came, it moves too much. */
const contradicted = (included: readonly boolean[]): Lot[] =>
  included.map((member) => ({
    size: 2,
    gradients: [
      ...(member ? [alongAxis(0, 2 * OTHERS * LENGTH, 2)] : []),
      ...Array.from({ length: OTHERS }, () => alongAxis(0, -LENGTH, 2)),
    ],
  }));

const alone = (included: readonly boolean[]): Lot[] =>
  included.map((member) => ({ size: 2, gradients: member ? [alongAxis(0, LENGTH, 2)] : [] }));

async function looksAt(
  release: Release,
  program: Program,
  random: RandomSource,
  /** Whether noise is the program's own, so that it may be missing, shared or repeated. */
  ownNoise: boolean,
): Promise<Look[]> {
  const included = coins(LOTS * TOGETHER, random);
  const lots = crowdedLots(random, included);
  const ofCanaries = (released: readonly (readonly number[])[], weight: 0 | 1) =>
    included.map((_, i) => released[Math.floor(i / TOGETHER)]![2 * (i % TOGETHER) + weight]!);
  const first = await release(program, lots);
  const own = ofCanaries(first, 0);
  const against = coins(LONELY, random);
  const pulled = (await release(program, contradicted(against))).map(([moved]) => moved!);
  const looks: Look[] = [
    {
      id: 'own-weight',
      words: 'How far each canary moved its own weight',
      bounds: ['curve', 'shift'],
      scored: { scores: own, included },
    },
    {
      id: 'contradicted',
      words: 'How far a canary moved a weight against all others',
      bounds: ['shift'],
      scored: { scores: pulled, included: against },
    },
  ];
  if (!ownNoise) return looks;

  const beside = ofCanaries(first, 1);
  const second = ofCanaries(
    await release(
      await program.again(),
      lots.map(({ size }) => ({ size, gradients: [] })),
    ),
    0,
  );
  const there = coins(LONELY, random);
  const moved = (await release(program, alone(there))).map(([x]) => (x === 0 ? 0 : 1));
  const less = (other: readonly number[]) => own.map((score, i) => score - other[i]!);
  return [
    ...looks,
    {
      id: 'beside',
      words: 'How far each canary moved its own weight, less the noise of the weight beside it',
      bounds: ['shift'],
      scored: { scores: less(beside), included },
    },
    {
      id: 'second-start',
      words: 'How far each canary moved its own weight, less the noise of a second start of the program',
      bounds: ['shift'],
      scored: { scores: less(second), included },
    },
    {
      id: 'alone',
      words: 'Whether anything moved in a lot of one or nobody',
      bounds: ['curve'],
      scored: { scores: moved, included: there },
    },
  ];
}

const claimed = gaussianEpsilon({ noiseMultiplier: NOISE, delta: DELTA });

export const stepAudit: CodeAudit = {
  claim: `One \`step\` with a noise multiplier of ${NOISE}, on a lot that everybody is in.`,
  ...{ claimed, delta: DELTA, canaries: LOTS * TOGETHER + 2 * LONELY },
  looks(program, random) {
    const options = {
      learningRate: between(0.05, 1, random),
      maxGradNorm: between(0.3, 4, random),
      noiseMultiplier: NOISE,
      expectedBatchSize: wholeBetween(5, 30, random),
    };
    const { learningRate, maxGradNorm, expectedBatchSize } = options;
    return looksAt(
      async (asked, lots) => {
        const { size } = lots[0]!;
        const weights = Array.from({ length: size }, () => between(-2, 2, random));
        const inputs: Args[] = lots.map(({ gradients }) => [
          weights,
          gradients.map((gradient) => gradient.map((x) => x * maxGradNorm)),
          options,
        ]);
        const after = await ask(asked, 'step', numbers(size), inputs);
        const unit = learningRate * maxGradNorm;
        return after.map((moved) => moved.map((w, i) => ((weights[i]! - w) * expectedBatchSize) / unit));
      },
      program,
      random,
      true,
    );
  },
};

export const clippedSumAudit: CodeAudit = {
  claim: `One sum of \`clipAndSum\`, to which the auditor adds normal noise of ${NOISE} times the bound.`,
  ...{ claimed, delta: DELTA, canaries: LOTS * TOGETHER + LONELY },
  looks(program, random) {
    const bound = between(0.3, 4, random);
    return looksAt(
      async (asked, lots) => {
        const { size } = lots[0]!;
        const nothing = new Array<number>(size).fill(0);
        // Somebody is always there: the task says nothing of an empty list.
        const inputs: Args[] = lots.map(({ gradients }) => [
          [nothing, ...gradients.map((gradient) => gradient.map((x) => x * bound))],
          bound,
        ]);
        const sums = await ask(asked, 'clipAndSum', numbers(size), inputs);
        return sums.map((sum) => sum.map((x) => x / bound + NOISE * random.gaussian()));
      },
      program,
      random,
      false,
    );
  },
};
