/** NanoDet's file: which tensors make it, how it is known among other files, and its weights as numbers again. */
import { type Checkpoint, readCheckpoint } from '../checkpoint';
import { DetectionError } from '../detector';
import type { CheckpointDescription } from '../networks/describe';
import { fetchPinned, type LoadOptions } from '../pinned-file';
import { NANODET_FACTS, NANODET_WEIGHTS } from './files';
import { CONVOLUTIONS } from './layers';

/** One convolution's numbers, in float32. */
export interface ConvolutionWeights {
  /** k × k × in × out. */
  readonly filter: Float32Array;
  readonly bias: Float32Array;
}

/** By the convolutions' names. */
export type NanoDetWeights = ReadonlyMap<string, ConvolutionWeights>;

export interface NanoDetDescription extends Omit<CheckpointDescription, 'family'> {
  readonly family: 'nanodet';
}

const missing = (what: string) =>
  new DetectionError(
    'weights-unsuitable',
    `This file has no ${what}: it is not the NanoDet of this site.`,
    'Prepare the site again: npm run prepare-assets. Or choose the file that the site serves.',
  );

/** Whether a file is NanoDet as prepared here, judged by its first tensors. */
export const isNanoDet = ({ tensors }: Checkpoint): boolean =>
  ['weight', 'scale', 'bias'].every((part) => tensors.has(`conv0.${part}`)) && tensors.has('conv33.scale');

/** What the file is, for a person. */
export function describeNanoDet({ bytes, format, copy, notes }: Checkpoint): NanoDetDescription {
  return {
    ...{ ...NANODET_FACTS, bytes, format, copy, notes },
    ...{ family: 'nanodet', scale: 'g', task: 'detection', endToEnd: false },
  };
}

/**
 * Filters and biases from a file of 8-bit filters: w = scale · q, with a scale an output channel.
 * @throws DetectionError `weights-unsuitable` if a tensor is missing or of another shape
 */
export function readNanoDetWeights({ tensors }: Checkpoint): NanoDetWeights {
  const weights = new Map<string, ConvolutionWeights>();
  for (const { name, kernel, inputs, outputs } of CONVOLUTIONS) {
    const stored = tensors.get(`${name}.weight`);
    const scale = tensors.get(`${name}.scale`);
    const bias = tensors.get(`${name}.bias`);
    if (stored?.shape.join() !== [kernel, kernel, inputs, outputs].join() || !stored.readBytes)
      throw missing(`${name}.weight of ${kernel} × ${kernel} × ${inputs} × ${outputs} bytes`);
    if (scale?.elements !== outputs || bias?.elements !== outputs)
      throw missing(`scale and bias of ${outputs} values for ${name}`);
    const scales = scale.read();
    const filter = Float32Array.from(stored.readBytes(), (q, i) => q * scales[i % outputs]!);
    weights.set(name, { filter, bias: bias.read() });
  }
  return weights;
}

/** Fetches the site's own file, checks length and SHA-256, and reads it. */
export async function loadNanoDetWeights(options: LoadOptions): Promise<NanoDetWeights> {
  const bytes = await fetchPinned(NANODET_WEIGHTS, options, (loaded) =>
    options.progress?.(loaded, NANODET_WEIGHTS.bytes),
  );
  return readNanoDetWeights(readCheckpoint(bytes));
}
