/**
 * Two models learn the same digits with the same settings, side by side: one privately, one plainly.
 * Everything a learner sees of it is reported as it happens.
 */
import * as z from 'zod';
import { type DigitWall, wallOf } from '@/components/training/epsilon-panel/wall';
import { MNIST_CLASSES } from '@/lib/data';
import type { Refusal } from '@/lib/ledger';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { DIGIT_CHECKPOINTS } from '@/lib/runs/broken-off';
import type { TrainingPlan } from '@/lib/runs/charge-training';
import { trainPaired } from '@/lib/runs/paired-training';
import { tellZeroed } from '@/lib/runs/zeroed';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { type Evaluation, openExam, type StepReport, type Trainer } from '@/lib/training';
import { trainRelease } from '../account';
import { countNorms } from '../norm-bins';
import { countNoise, learningRates, modelInWords, optimizerInWords, PEOPLE } from '../train-choices';
import { type WeightPictures, weightPictures } from '../weight-pictures';
import { digitLearner, needsOf, productsFor } from './digit-learner';
import { prepareDigits } from './mnist-data';
import { choicesSchema } from './train-choices-schema';

const params = z.object({
  /** σ: what really sets the privacy, together with q, the steps and δ. */
  noiseMultiplier: z.number().positive().max(1000),
  delta: z.number().positive().max(0.1),
  /** C */
  maxGradNorm: z.number().positive().max(100),
  /** q N */
  expectedBatchSize: z.number().int().min(16).max(16384),
  steps: z.number().int().min(1).max(5000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
  ...choicesSchema.shape,
});

export type TrainMnistParams = z.output<typeof params>;

export interface WatchedDigit {
  /** Place in the test set. */
  index: number;
  pixels: Uint8Array;
  label: number;
  privateGuess: number;
  plainGuess: number;
}

export interface TrainMnistUpdate {
  step: number;
  /** Spent so far, in nats, at the run's δ. */
  epsilon: number;
  /** On the 10,000 test digits. */
  privateAccuracy: number;
  plainAccuracy: number;
  privateLoss: number;
  plainLoss: number;
  /** Of the private model's last lot; not covered by ε. */
  lot: { size: number; clippedFraction: number; counts: number[] } | null;
  /** C of the last step; moves with adaptive clipping, whose charge covers it. */
  maxGradNorm: number;
  /** The same hundred test digits in every update. */
  wall: DigitWall;
  /** Of softmax regression on pixels, whose weights are pictures; null for every other model. */
  weights: { private: WeightPictures; plain: WeightPictures } | null;
  /** Test digits that just one of the two gets right: how many, and the first few. */
  disagreements: { privateOnly: number; plainOnly: number; examples: WatchedDigit[] };
}

export interface TrainMnistResult {
  /** Why the budget did not allow the run; then nothing else is here. */
  refusal: Refusal | null;
  last: TrainMnistUpdate | null;
  epsilon: number;
  parameters: number;
  /** Mean over the steps, both models together. */
  millisecondsPerStep: number;
  /** The step at which a run that had broken off went on; null for one in a single piece. */
  continuedFrom: number | null;
}

const SHOWN_DISAGREEMENTS = 12;
/** Points of a curve: enough to look smooth, few enough to draw eight times a second. */
const EVALUATIONS = 25;

export const trainMnist = {
  id: 'train-mnist',
  needs: 'tensors' as const,
  needsFor: ({ model }: TrainMnistParams) => needsOf(model),
  params,
  /** @param evaluations how often the test digits are read, about evenly over the steps */
  async run(
    settings: TrainMnistParams,
    context: ExperimentContext<TrainMnistUpdate>,
    evaluations = EVALUATIONS,
  ): Promise<TrainMnistResult> {
    const { noiseMultiplier, delta, maxGradNorm, expectedBatchSize, steps, noiseSource, seed } = settings;
    const { signal, report, random } = context;
    const { mnist, train, test } = await prepareDigits(settings, context);
    const release = trainRelease(settings);
    // What is charged must be what is drawn.
    if (train.size !== PEOPLE[settings.people])
      throw new Error(`${train.size} digits take part, and ${PEOPLE[settings.people]} would be charged.`);
    /** Steps that were drawn anew after a break: they cost again. */
    let repeated = 0;
    const spent = (done: number) => epsilonOf({ ...release, steps: done + repeated }, delta);
    const describe = () =>
      context.describe({
        noise: noiseSource,
        seed: noiseSource === 'seeded' ? seed : null,
        accountant: ACCOUNTANT,
        epsilon: spent(steps),
        delta,
        dataset: `MNIST (${mnist.sha256.slice(0, 12)}), ${train.size.toLocaleString('en')} to train and 10,000 to test${train.narrow ? ', their features in 8 bits a number' : ''}`,
      });

    const products = productsFor(noiseSource);
    const common = { choices: settings, dataset: train, expectedBatchSize, noiseMultiplier, products };
    const { trainer: privately, recipe } = digitLearner({
      ...common,
      maxGradNorm,
      random: noiseSource === 'cryptographic' ? random.secure() : random.seeded(seed),
      initial: random.seeded(seed),
    });
    const { trainer: plainly } = digitLearner({
      ...common,
      maxGradNorm: null,
      random: random.seeded(seed + 1),
      initial: random.seeded(seed),
    });

    const { backend: own } = await privately.kernelInUse();
    if (own) context.describe({ backend: own.name, adapter: own.adapter, softwareGpu: false });
    describe();

    const { labels, images } = mnist.test;
    const exam = await openExam(recipe, test);
    const pictures =
      settings.model === 'softmax' && settings.features === 'pixels'
        ? ({ released }: Trainer) => weightPictures(released[0]!, MNIST_CLASSES)
        : null;

    async function look(step: number, lot: StepReport | null): Promise<TrainMnistUpdate> {
      const [ours, theirs] = (await exam.of([privately, plainly])) as [Evaluation, Evaluation];
      const digit = (index: number): WatchedDigit => ({
        index,
        pixels: images.slice(index * 784, (index + 1) * 784),
        label: labels[index]!,
        privateGuess: ours.guesses[index]!,
        plainGuess: theirs.guesses[index]!,
      });
      const differ: number[] = [];
      let privateOnly = 0;
      let plainOnly = 0;
      for (let i = 0; i < labels.length; i++) {
        const ourRight = ours.guesses[i] === labels[i];
        if (ourRight === (theirs.guesses[i] === labels[i])) continue;
        if (ourRight) privateOnly++;
        else plainOnly++;
        if (differ.length < SHOWN_DISAGREEMENTS) differ.push(i);
      }
      const clip = lot?.maxGradNorm ?? maxGradNorm;
      const clipped = lot ? lot.norms.reduce((count, norm) => count + (norm > clip ? 1 : 0), 0) : 0;
      return {
        step,
        epsilon: spent(step),
        privateAccuracy: ours.accuracy,
        plainAccuracy: theirs.accuracy,
        privateLoss: ours.loss,
        plainLoss: theirs.loss,
        lot: lot && {
          size: lot.lotSize,
          clippedFraction: lot.lotSize === 0 ? 0 : clipped / lot.lotSize,
          counts: countNorms(lot.norms),
        },
        maxGradNorm: clip,
        wall: wallOf(labels, ours.guesses, theirs.guesses),
        weights: pictures ? { private: pictures(privately), plain: pictures(plainly) } : null,
        disagreements: { privateOnly, plainOnly, examples: differ.map(digit) },
      };
    }

    const rates = learningRates(settings, noiseMultiplier);
    const takesPart =
      train.size === mnist.train.size ? {} : { takesPart: `${train.size} digits, every eighth` };
    const plan: TrainingPlan = {
      account: mnistAccount(mnist.sha256, mnist.train.size),
      ...release,
      seed: noiseSource === 'seeded' ? seed : null,
      title: `${capital(modelInWords(settings))} by ${optimizerInWords(settings)}`,
      settings: {
        maxGradNorm,
        expectedBatchSize,
        learningRate: rates.private,
        sampling: 'Poisson',
        model: modelInWords(settings),
        clipping: settings.clipping,
        ...(settings.clipping === 'adaptive'
          ? {
              noiseOnGradients: noiseMultiplier,
              noiseOnCount: countNoise(settings, noiseMultiplier, expectedBatchSize)!,
            }
          : {}),
        ...takesPart,
      },
      plainTitle: `${capital(modelInWords(settings))} without privacy`,
      plainSettings: {
        expectedBatchSize,
        learningRate: rates.plain,
        sampling: 'Poisson, the lots of the private run',
        clipping: 'none',
        model: modelInWords(settings),
        optimizer: settings.optimizer === 'adam' ? 'Adam' : 'SGD with momentum',
        ...takesPart,
      },
      backend: own?.name ?? context.backend?.name ?? null,
    };

    const every = Math.max(1, Math.floor(steps / evaluations));
    let last: TrainMnistUpdate | null = null;
    let millisecondsPerStep = 0;
    const show = (update: TrainMnistUpdate) =>
      report({ phase: 'run', step: update.step, total: steps, label: 'Training', update });
    try {
      const { refusal, continuedFrom } = await trainPaired<TrainMnistParams, TrainMnistUpdate>({
        database: DIGIT_CHECKPOINTS,
        params: settings,
        plan,
        privately,
        plainly,
        signal,
        async begin(from, again, history, charged) {
          repeated = again;
          describe();
          context.describe({ charged });
          history.forEach(show);
          last = await look(from, null);
          show(last);
        },
        async after(step, lot, _plain, mean) {
          millisecondsPerStep = mean;
          tellZeroed(context, privately.zeroed);
          if (step % every !== 0 && step !== steps) {
            report({ phase: 'run', step, total: steps, label: 'Training' });
            return null;
          }
          last = await look(step, lot);
          show(last);
          return withoutPictures(last);
        },
      });
      return {
        refusal,
        last,
        epsilon: spent(steps),
        parameters: refusal ? 0 : privately.parameterCount,
        millisecondsPerStep,
        continuedFrom,
      };
    } finally {
      exam.dispose();
    }
  },
} satisfies Experiment<TrainMnistParams, TrainMnistUpdate, TrainMnistResult>;

/** For the record: curves need no pictures. */
function withoutPictures(update: TrainMnistUpdate): TrainMnistUpdate {
  return { ...update, weights: null, disagreements: { ...update.disagreements, examples: [] } };
}

const capital = (words: string) => words[0]!.toUpperCase() + words.slice(1);
