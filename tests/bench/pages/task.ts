/** Made-up digits and starting weights for a race: every engine is given these. */
import { SeededRandom } from '@/lib/random';
import { layersOf } from '@/lib/training';
import { BENCH_MODELS, type BenchModelName } from './bench-models';
import type { Task } from './engine';

/** Rows repeat after so many; they lie in memory of their own all the same, as those of a real data set do. */
const DIFFERENT_ROWS = 4096;
/** Spread of what is added to the library's own starting weights: some models start at zero, where much would agree. */
const SPREAD = 0.02;

export function makeTask(model: BenchModelName, size: number): Task {
  const random = new SeededRandom(1);
  const { model: layers, inputShape } = BENCH_MODELS[model];
  const width = inputShape.reduce((a, b) => a * b, 1);
  const features = new Float32Array(size * width);
  const different = Math.min(size, DIFFERENT_ROWS) * width;
  // About as long as the rows of the lesson are.
  const scale = 5 / Math.sqrt(width / 2);
  for (let i = 0; i < different; i++) features[i] = scale * Math.max(0, random.gaussian());
  for (let at = different; at < features.length; at += different)
    features.copyWithin(at, 0, Math.min(different, features.length - at));
  const labels = Uint8Array.from({ length: size }, () => random.integer(10));
  const weights = layersOf(layers).flatMap((layer) =>
    layer.initialise(random).map((values, p) => ({
      shape: [...layer.parameterShapes[p]!],
      values: Float32Array.from(values, (value) => value + SPREAD * random.gaussian()),
    })),
  );
  return { model, features, labels, width, inputShape, weights };
}

/** Lots of one size, so that they can be compared: different examples in ascending order, as Poisson sampling gives them. */
export function drawLots(datasetSize: number, lotSize: number, count: number): Int32Array[] {
  const random = new SeededRandom(2);
  const everybody = Int32Array.from({ length: datasetSize }, (_, i) => i);
  return Array.from({ length: count }, () => {
    for (let i = 0; i < lotSize; i++) {
      const other = i + random.integer(datasetSize - i);
      [everybody[i], everybody[other]] = [everybody[other]!, everybody[i]!];
    }
    return everybody.slice(0, lotSize).sort();
  });
}
