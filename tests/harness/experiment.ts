/** Runs an experiment of plain maths, or on a backend that is there already, as a worker would. */
import { SecureRandom, SeededRandom } from '@/lib/random';
import type { Experiment } from '@/lib/runtime';
import type { ExperimentContext } from '@/lib/runtime/experiment';

/** What such an experiment is given; it has no inputs. A test says what it wants otherwise. */
export function plainContext<Update>(
  wanted: Partial<ExperimentContext<Update>> = {},
): ExperimentContext<Update> {
  return {
    signal: new AbortController().signal,
    report: () => {},
    describe: () => {},
    input: () => {
      throw new Error('no input');
    },
    random: { secure: () => new SecureRandom(), seeded: (seed) => new SeededRandom(seed) },
    backend: null,
    assetUrl: (path) => path,
    ...wanted,
  };
}

export function run<Params, Update, Result>(
  experiment: Experiment<Params, Update, Result>,
  params: Params,
  signal?: AbortSignal,
): Promise<Result> {
  return experiment.run(experiment.params.parse(params), plainContext(signal ? { signal } : {}));
}
