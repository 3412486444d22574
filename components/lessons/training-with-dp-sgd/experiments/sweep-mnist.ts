/** Accuracy on digits against ε. */
import { MNIST_CLASSES, ORIENTED_GRADIENT_WIDTH } from '@/lib/data';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { DIGIT_SWEEP, SWEEP_CLIP, SWEEP_LOT } from '@/lib/runs/sweep-plan';
import { runSweep, type SweepParams, type SweepResult, sweepParams } from '@/lib/runs/sweep-runs';
import type { SweepPoint } from '@/lib/runs/sweep-store';
import type { Experiment } from '@/lib/runtime/experiment';
import {
  AVERAGING,
  openExam,
  plainLearningRate,
  privateLearningRate,
  softmaxRegression,
  Trainer,
} from '@/lib/training';
import { needsOf } from './digit-learner';
import { prepareDigits } from './mnist-data';

export const sweepMnist: Experiment<SweepParams, SweepPoint, SweepResult> = {
  id: 'sweep-mnist',
  needs: 'tensors',
  needsFor: () => needsOf('softmax'),
  params: sweepParams,
  run(settings, context) {
    const { random } = context;
    const secure = settings.noiseSource === 'cryptographic';
    return runSweep(DIGIT_SWEEP, settings, context, async () => {
      const { mnist, train, test } = await prepareDigits({ people: 'all', features: 'gradients' }, context);
      const { sha256 } = mnist;
      const recipe = softmaxRegression(ORIENTED_GRADIENT_WIDTH, MNIST_CLASSES);
      return {
        account: mnistAccount(sha256, train.size),
        dataset: `MNIST (${sha256.slice(0, 12)}), 60,000 to train and 10,000 to test`,
        settings: ({ epsilon, noiseMultiplier }) => ({
          expectedBatchSize: SWEEP_LOT,
          learningRate: epsilon === null ? plainLearningRate() : privateLearningRate(noiseMultiplier),
          ...(epsilon === null ? { clipping: 'none' } : { maxGradNorm: SWEEP_CLIP }),
          model: 'softmax regression on oriented gradients',
        }),
        trainer({ epsilon, noiseMultiplier, seed }) {
          const plain = epsilon === null;
          return new Trainer({
            layers: recipe.model,
            loss: recipe.loss,
            inputShape: recipe.inputShape,
            dataset: train,
            expectedBatchSize: SWEEP_LOT,
            averaging: AVERAGING,
            initial: random.seeded(seed),
            privacy: plain ? null : { maxGradNorm: SWEEP_CLIP, noiseMultiplier },
            learningRate: plain ? plainLearningRate() : privateLearningRate(noiseMultiplier),
            random: secure && !plain ? random.secure() : random.seeded(seed),
          });
        },
        async judge(trainer) {
          const exam = await openExam(recipe, test);
          try {
            return (await exam.of([trainer]))[0]!.accuracy;
          } finally {
            exam.dispose();
          }
        },
      };
    });
  },
};
