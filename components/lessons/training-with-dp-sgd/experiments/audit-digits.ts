/** An audit of the learner's own training: the private run once more at the same settings, with canaries in it. */
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { auditRun, RUN_CANARIES, type RunAudit } from '@/lib/runs/audit-run';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { trainRelease } from '../account';
import { modelInWords } from '../train-choices';
import { digitTrainerOptions, needsOf } from './digit-learner';
import { prepareDigits } from './mnist-data';
import { type TrainMnistParams, trainMnist } from './train-mnist';

export const auditDigits = {
  id: 'audit-digits',
  needs: 'tensors' as const,
  needsFor: ({ model }: TrainMnistParams) => needsOf(model),
  params: trainMnist.params,
  async run(settings: TrainMnistParams, context: ExperimentContext<never>): Promise<RunAudit> {
    const { noiseMultiplier, delta, maxGradNorm, expectedBatchSize, noiseSource, seed } = settings;
    const { random } = context;
    const { mnist, train } = await prepareDigits(settings, context);
    const release = trainRelease(settings);
    const secure = noiseSource === 'cryptographic';
    context.describe({
      noise: noiseSource,
      seed: secure ? null : seed,
      accountant: ACCOUNTANT,
      epsilon: epsilonOf(release, delta),
      delta,
      dataset: `MNIST (${mnist.sha256.slice(0, 12)}), ${train.size.toLocaleString('en')} to train, and ${RUN_CANARIES.toLocaleString('en')} canaries`,
    });
    const { trainer } = digitTrainerOptions({
      ...{ choices: settings, dataset: train, expectedBatchSize, noiseMultiplier, maxGradNorm },
      random: secure ? random.secure() : random.seeded(seed),
      initial: random.seeded(seed),
    });
    return auditRun(
      {
        ...{ trainer, release, delta },
        account: mnistAccount(mnist.sha256, mnist.train.size),
        title: `Audit: ${modelInWords(settings)}`,
        settings: {
          ...{ maxGradNorm, expectedBatchSize, sampling: 'Poisson', clipping: settings.clipping },
          model: modelInWords(settings),
        },
        seed: secure ? null : seed,
        coin: random.seeded(seed + 1_000_000),
      },
      context,
    );
  },
};
