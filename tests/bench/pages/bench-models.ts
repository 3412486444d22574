/** The models that are timed, by the library's own recipes; beside each, engines/ build the same in the words of the peers. */
import { multilayerPerceptron, type Recipe, smallConvolutional, softmaxRegression } from '@/lib/training';

export const BENCH_MODELS = {
  linear: softmaxRegression(392, 10),
  wide: softmaxRegression(1808, 10),
  mlp: multilayerPerceptron(784, 128, 10),
  cnn: smallConvolutional(10),
} satisfies Record<string, Recipe>;

export type BenchModelName = keyof typeof BENCH_MODELS;
