/** What the race must show, and whether it does. Each bar holds at the lots of `LOT_SIZES`, with one thread. */
import type { BackendName } from '@/tests/harness/tf';
import type { BenchModelName } from '../pages/bench-models';
import type { Contender } from '../pages/race';
import type { Ratio } from './ratios';

export interface Bar {
  backend: BackendName;
  model: BenchModelName;
  of: Contender;
  to: Contender;
  /** The highest ratio of their times that will do. */
  most: number;
}

/** Examples in a step: those of the lessons, but fewer where a software GPU would take minutes. */
export const LOT_SIZES: Record<BackendName, Record<BenchModelName, number>> = {
  cpu: { linear: 256, wide: 256, mlp: 64, cnn: 16 },
  wasm: { linear: 2048, wide: 2048, mlp: 512, cnn: 256 },
  webgl: { linear: 2048, wide: 2048, mlp: 512, cnn: 128 },
  webgpu: { linear: 512, wide: 512, mlp: 256, cnn: 64 },
};

const privacy = (model: BenchModelName, most: Partial<Record<BackendName, number>>): Bar[] =>
  Object.entries(most).map(([backend, limit]) => ({
    backend: backend as BackendName,
    model,
    of: 'ours private',
    to: 'ours plain',
    most: limit,
  }));
const overJax = (backend: BackendName, model: BenchModelName, most: number): Bar => ({
  backend,
  model,
  of: 'ours private',
  to: 'jax-js plain',
  most,
});

export const BARS: readonly Bar[] = [
  // By kernels of our own a plain step is a sixth to two thirds of jax-js'. Beside it one sees what no kernel makes smaller: the
  // cryptographic noise, one number a weight, and the lengths. By tensors it was within a tenth. Lots on WebGPU are a quarter as
  // large, and the noise is the same: a step of 0.6 ms has 0.3 ms of it.
  ...privacy('linear', { cpu: 1.4, wasm: 1.4, webgl: 1.4, webgpu: 1.8 }),
  ...privacy('wide', { cpu: 1.4, wasm: 1.4, webgl: 1.4, webgpu: 1.8 }),
  ...privacy('mlp', { cpu: 1.1, wasm: 1.3, webgl: 1.1, webgpu: 1.1 }),
  ...privacy('cnn', { wasm: 1.15, webgl: 1.2, webgpu: 1.2 }),
  overJax('wasm', 'linear', 0.15),
  overJax('wasm', 'mlp', 0.8),
  overJax('webgpu', 'linear', 1),
  overJax('webgpu', 'mlp', 1.2),
];

export type Verdict = { bar: Bar; ratio: Ratio | null; met: boolean };

/**
 * @param ratios of the race that was run: of two contenders, or null where one of them has no times. A bar that could not
 *   be measured is missed: what does not run proves nothing.
 */
export function judge(
  { backend, model }: Pick<Bar, 'backend' | 'model'>,
  ratios: (of: Contender, to: Contender) => Ratio | null,
): Verdict[] {
  return BARS.filter((bar) => bar.backend === backend && bar.model === model).map((bar) => {
    const ratio = ratios(bar.of, bar.to);
    return { bar, ratio, met: ratio !== null && ratio.median <= bar.most };
  });
}
