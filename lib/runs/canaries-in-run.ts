/**
 * Canaries in a training as it is, for an audit of that very run. Each is a gradient of its own, of the length of the clip, on a
 * weight that nothing else touches (the "Dirac canary" of Nasr et al. 2023, "Tight auditing of differentially private machine
 * learning"). A coin decides which are in. The trainer draws them into lots with everybody else, and sums and noises them as it does
 * everybody; the examples, the model and its answers stay what they are.
 *
 * What the auditor scores is what the steps released, so it costs nothing beyond the run. It tests lots, sum and noise; not the
 * clip, as no canary is longer than it.
 */
import type { ScoredCanaries } from '@/lib/privacy';
import { delegate, type RandomSource } from '@/lib/random';
import { type Layer, momentum, type Optimizer, type TrainerOptions } from '@/lib/training';
import { lotKernelFor } from '@/lib/training/kernels/choose';
import type { LotKernel } from '@/lib/training/kernels/lot-kernel';

export interface CanaryRun {
  /** For the trainer, in place of those given. */
  options: TrainerOptions;
  /** What the steps so far released of each canary: 1 for each time it was drawn, and σ of noise a step. */
  scored(): ScoredCanaries;
}

/** Weights that no output depends on: one a canary. */
const bystander = (canaries: number): Layer => ({
  name: 'canaries',
  parameterShapes: [[canaries]],
  initialise: () => [new Float64Array(canaries)],
  forward: (input) => ({ output: input, saved: [] }),
  backward: (gradient) => gradient,
  squaredNorms: () => null,
  weightedSums: () => [],
});

export async function withCanaries(
  options: TrainerOptions,
  { canaries, coin }: { canaries: number; coin: RandomSource },
): Promise<CanaryRun> {
  const included = Array.from({ length: canaries }, () => coin.bernoulli(0.5));
  const scores = new Float64Array(canaries);
  const lot = { drawn: new Int32Array(0) };
  const kernel = await lotKernelFor(options);
  return {
    options: {
      ...options,
      layers: [...options.layers, bystander(canaries)],
      random: drawingCanaries(options.random, options.dataset.size, canaries, lot),
      kernel: summingCanaries(kernel, included, lot),
      optimizer: (sizes) =>
        listening((options.optimizer ?? momentum)(sizes.slice(0, -1)), (released) => {
          for (let i = 0; i < canaries; i++) scores[i]! += released[i]! * options.expectedBatchSize;
        }),
    },
    scored: () => ({ scores: scores.slice(), included }),
  };
}

/** Places after the examples are canaries': one draw decides on all. */
function drawingCanaries(
  random: RandomSource,
  examples: number,
  canaries: number,
  lot: { drawn: Int32Array },
): RandomSource {
  return {
    ...delegate(random),
    poissonSample(size, rate) {
      const all = random.poissonSample(size + canaries, rate);
      const end = all.findIndex((place) => place >= examples);
      const border = end < 0 ? all.length : end;
      lot.drawn = all.slice(border).map((place) => place - examples);
      return all.slice(0, border);
    },
  };
}

function summingCanaries(
  kernel: LotKernel,
  included: readonly boolean[],
  lot: { drawn: Int32Array },
): LotKernel {
  return {
    ...(kernel.backend ? { backend: kernel.backend } : {}),
    async sumLot(learners, rows, breathe, draw) {
      const without = learners.map((learner) => ({ ...learner, weights: learner.weights.slice(0, -1) }));
      const found = await kernel.sumLot(without, rows, breathe, draw);
      return found.map((one, i) => {
        const sum = new Float64Array(included.length);
        const length = learners[i]!.clipping?.maxGradNorm ?? 1;
        for (const canary of lot.drawn) if (included[canary]) sum[canary] = length;
        return { ...one, sums: [...one.sums, sum] };
      });
    },
  };
}

/** The last array is the canaries': told, and not learnt from. */
function listening(optimizer: Optimizer, hear: (released: Float64Array) => void): Optimizer {
  return {
    name: optimizer.name,
    step(weights, gradient, rate) {
      hear(gradient.at(-1)!);
      optimizer.step(weights.slice(0, -1), gradient.slice(0, -1), rate);
    },
    state: () => optimizer.state(),
    restore: (state) => optimizer.restore(state),
  };
}
