/**
 * Accuracy against ε: one training after the other, several at each ε, and plain ones beside. Each private run is charged before
 * it begins; each finished one is kept, so that a sweep that broke off goes on with what is missing.
 */
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { MNIST_CLASSES, ORIENTED_GRADIENT_WIDTH } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { composeEvents } from '@/lib/privacy';
import {
  AVERAGING,
  type Dataset,
  dense,
  evaluate,
  plainLearningRate,
  privateLearningRate,
  softmaxCrossEntropy,
  Trainer,
} from '@/lib/training';
import type { Experiment, ExperimentContext } from '../experiment';
import { pause } from '../pause';
import { chargeRun } from './charge-run';
import { MNIST_DELTA, mnistAccount } from './mnist-account';
import { prepareDigits } from './mnist-data';
import {
  eventOf,
  GRIDS,
  type GridId,
  type PlannedPoint,
  plannedPoints,
  SWEEP_CLIP,
  SWEEP_LOT,
} from './sweep-plan';
import { type SweepPoint, withSweepStore } from './sweep-store';

const params = z.object({
  grid: z.enum(Object.keys(GRIDS) as [GridId, ...GridId[]]),
  repeats: z.number().int().min(1).max(20),
  steps: z.number().int().min(1).max(2000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type SweepMnistParams = z.output<typeof params>;

export interface SweepMnistResult {
  /** Why the budget did not allow the next run; the points before it stand. */
  refusal: Refusal | null;
  points: SweepPoint[];
  /** Points that an earlier visit had finished. */
  kept: number;
}

function trainerFor(
  { epsilon, noiseMultiplier, seed }: PlannedPoint,
  dataset: Dataset,
  secure: boolean,
  random: ExperimentContext<SweepPoint>['random'],
): Trainer {
  const plain = epsilon === null;
  return new Trainer({
    layers: [dense({ inputs: ORIENTED_GRADIENT_WIDTH, outputs: MNIST_CLASSES })],
    loss: softmaxCrossEntropy,
    inputShape: [ORIENTED_GRADIENT_WIDTH],
    dataset,
    expectedBatchSize: SWEEP_LOT,
    averaging: AVERAGING,
    initial: random.seeded(seed),
    privacy: plain ? null : { maxGradNorm: SWEEP_CLIP, noiseMultiplier },
    learningRate: plain ? plainLearningRate() : privateLearningRate(noiseMultiplier),
    random: secure && !plain ? random.secure() : random.seeded(seed),
  });
}

const titleOf = ({ epsilon }: PlannedPoint) =>
  epsilon === null ? 'Sweep over ε: a run without privacy' : `Sweep over ε: a run at ε = ${epsilon}`;

export const sweepMnist: Experiment<SweepMnistParams, SweepPoint, SweepMnistResult> = {
  id: 'sweep-mnist',
  needs: 'tensors',
  params,
  async run(settings, context) {
    const { steps, noiseSource, seed } = settings;
    const { signal, report, random, backend } = context;
    const secure = noiseSource === 'cryptographic';
    const plan = plannedPoints(settings, MNIST_DELTA);
    const known = new Map(
      (await withSweepStore((store) => store.find(plan.map(({ key }) => key))))?.map((one) => [one.key, one]),
    );
    const kept = known.size;
    const { mnist, train, testFeatures } = await prepareDigits(
      { people: 'all', features: 'gradients' },
      context,
    );
    const { sha256 } = mnist;
    const testLabels = mnist.test.labels;
    const shown = plan.filter(({ epsilon }) => epsilon !== null);
    context.describe({
      noise: noiseSource,
      seed: secure ? null : seed,
      accountant: `RDP, all ${shown.length} private runs together`,
      epsilon: composeEvents(
        shown.map(({ noiseMultiplier }) => eventOf(noiseMultiplier, steps)),
        MNIST_DELTA,
        'rdp',
      ).epsilon,
      delta: MNIST_DELTA,
      dataset: `MNIST (${sha256.slice(0, 12)}), 60,000 to train and 10,000 to test`,
    });

    const total = plan.length * steps;
    const points: SweepPoint[] = [];
    const tell = (at: number, step: number, update?: SweepPoint) =>
      report({
        phase: 'run',
        step: at * steps + step,
        total,
        label: titleOf(plan[Math.min(at, plan.length - 1)]!),
        ...(update ? { update } : {}),
      });
    const testInputs = tf.tensor2d(testFeatures, [testLabels.length, ORIENTED_GRADIENT_WIDTH]);
    try {
      for (const [at, point] of plan.entries()) {
        const before = known.get(point.key);
        if (before) {
          points.push(before);
          tell(at + 1, 0, before);
          continue;
        }
        const plain = point.epsilon === null;
        const decision = await chargeRun(mnistAccount(sha256, train.size), {
          kind: 'sweep',
          title: titleOf(point),
          phases: [{ perStep: [eventOf(point.noiseMultiplier, 1)], steps }],
          // Only the finished model is looked at.
          shows: 'nothing',
          noise: plain ? 'none' : secure ? 'secure' : 'seeded',
          seed: plain || secure ? null : point.seed,
          settings: {
            expectedBatchSize: SWEEP_LOT,
            learningRate: plain ? plainLearningRate() : privateLearningRate(point.noiseMultiplier),
            ...(plain ? { clipping: 'none' } : { maxGradNorm: SWEEP_CLIP }),
            sampling: plain || !secure ? 'Poisson, seeded' : 'Poisson',
            model: 'softmax regression on oriented gradients',
          },
          backend: backend?.name ?? null,
        });
        if (!decision.ok) return { refusal: decision.refusal, points, kept };
        const { charged } = decision;
        const trainer = trainerFor(point, train, secure, random);
        try {
          for (let step = 1; step <= steps; step++) {
            await charged.before(step);
            await trainer.next(() => pause(signal));
            tell(at, step);
            await pause(signal);
          }
        } catch (error) {
          await charged.close(signal.aborted ? 'user' : 'error', trainer.step);
          throw error;
        }
        await charged.close('finished', steps);
        const { accuracy } = await evaluate(trainer, testInputs, testLabels);
        const { key, epsilon, repeat, noiseMultiplier } = point;
        const finished = { key, epsilon, repeat, noiseMultiplier, accuracy, finishedAt: Date.now() };
        await withSweepStore((store) => store.keep(finished)).catch(() => null);
        points.push(finished);
        tell(at + 1, 0, finished);
        await pause(signal);
      }
    } finally {
      testInputs.dispose();
    }
    return { refusal: null, points, kept };
  },
};
