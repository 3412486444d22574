import type { RandomSource } from './source';

/** The same source, each of whose draws may be put in the place of another: a class cannot be spread. */
export const delegate = (random: RandomSource): RandomSource => ({
  kind: random.kind,
  uint32: () => random.uint32(),
  uniform: () => random.uniform(),
  integer: (bound) => random.integer(bound),
  gaussian: () => random.gaussian(),
  fillGaussian: (out, deviation) => random.fillGaussian(out, deviation),
  laplace: (scale) => random.laplace(scale),
  bernoulli: (probability) => random.bernoulli(probability),
  poissonSample: (size, rate) => random.poissonSample(size, rate),
  shuffle: (items) => random.shuffle(items),
});
