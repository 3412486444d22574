/** Runs an experiment of plain maths as a worker would. */
import { SecureRandom, SeededRandom } from '@/lib/random';
import type { Experiment } from '@/lib/runtime';

export function run<Params, Update, Result>(
  experiment: Experiment<Params, Update, Result>,
  params: Params,
): Promise<Result> {
  return experiment.run(experiment.params.parse(params), {
    signal: new AbortController().signal,
    report: () => {},
    describe: () => {},
    input: () => {
      throw new Error('no input');
    },
    random: { secure: () => new SecureRandom(), seeded: (seed) => new SeededRandom(seed) },
    backend: null,
    assetUrl: (path) => path,
  });
}
