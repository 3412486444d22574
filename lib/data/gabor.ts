/** Wide features: waves in eight directions at two sizes, in 7 × 7 places of a digit, and waves in the pictures of the small ones. */
import { KernelExtractor } from './feature-kernel';
import { type ExtractOptions, extractAll } from './features';
import { BYTES } from './kernels/gabor-binary';
import { PlainGaborFeatures } from './plain-gabor';

export { GABOR_WIDTH } from './plain-gabor';

export class GaborFeatures extends KernelExtractor {
  constructor() {
    super(new PlainGaborFeatures(), BYTES);
  }
}

/** Features of all digits, n × 1,808. */
export function gaborFeatures(images: Uint8Array, options?: ExtractOptions): Promise<Float32Array> {
  return extractAll(new GaborFeatures(), images, options);
}
