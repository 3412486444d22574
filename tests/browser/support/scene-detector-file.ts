/** A detector of scenes as the lesson that trains one saves it, with weights of the test's own. */
import { writeSafetensors } from '@/lib/detection/checkpoint';
import { DETECTOR_TENSORS } from '@/lib/detection/scenes/weights';
import { SeededRandom } from '@/lib/random';

/** @param metadata what the file says of the run that made it */
export function sceneDetectorFile(metadata: Readonly<Record<string, string>> = {}, seed = 3): Uint8Array {
  const random = new SeededRandom(seed);
  const tensors = DETECTOR_TENSORS.map(({ name, shape }) => {
    const size = shape.reduce((product, side) => product * side, 1);
    const inputs = shape.length === 1 ? 1 : size / shape.at(-1)!;
    // Of unit gain, so that features neither die nor grow.
    const scale = shape.length === 1 ? 0 : Math.sqrt(2 / inputs);
    return { name, shape, values: Float32Array.from({ length: size }, () => scale * random.gaussian()) };
  });
  return writeSafetensors(tensors, { metadata });
}
