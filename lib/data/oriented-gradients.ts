/** Oriented gradients: how much edge there is in each of eight directions, in each of 7 × 7 places of a digit. */
import { KernelExtractor } from './feature-kernel';
import { type ExtractOptions, extractAll } from './features';
import { BYTES } from './kernels/oriented-gradients-binary';
import { PlainOrientedGradients } from './plain-oriented-gradients';

export { ORIENTED_GRADIENT_WIDTH } from './plain-oriented-gradients';

export class OrientedGradients extends KernelExtractor {
  constructor() {
    super(new PlainOrientedGradients(), BYTES);
  }
}

/** Features of all digits, n × 392. */
export function orientedGradients(images: Uint8Array, options?: ExtractOptions): Promise<Float32Array> {
  return extractAll(new OrientedGradients(), images, options);
}
