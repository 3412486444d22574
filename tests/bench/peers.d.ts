/** What the benchmarks ask of the tfjs converter, so that types can be checked where it is not installed. */
declare module '@tensorflow/tfjs-converter' {
  import type { Tensor } from '@tensorflow/tfjs-core';

  export function loadGraphModel(
    url: string,
  ): Promise<{ execute(inputs: Record<string, Tensor>, output: string): Tensor | Tensor[] }>;
}
