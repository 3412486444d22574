/** From the published file to the one the site serves: half-precision filters are rounded to 8 bits. */
import { decodeFloats } from '../checkpoint/tensors';
import { type TensorToWrite, writeSafetensors } from '../checkpoint/write-safetensors';
import { NANODET_CREDIT } from './files';
import { CONVOLUTIONS } from './layers';

/** Where each convolution's filter begins in `nanodet.bin`, in bytes; its bias follows. Half floats, k × k × in × out. */
const FILTERS_AT = [
  5545944, 5547866, 5518068, 5513364, 5527384, 5566430, 5365452, 5346892, 5402448, 5328332, 5439444, 5640354,
  4737796, 4663876, 4885448, 4589956, 5033100, 5935590, 1639288, 1344056, 2229436, 1048824, 2819584, 753592,
  3409732, 654680, 687736, 7115786, 120, 295320, 327408, 622608, 7247306, 7542506,
] as const;

/**
 * Rounds a filter to whole numbers from −127 to 127 with a scale for each output channel, w ≈ scale · q
 * (Krishnamoorthi 2018, "Quantizing deep convolutional networks", section 3: symmetric, per channel).
 * @param filter k × k × in × out
 */
export function quantise(filter: Float32Array, outputs: number): { q: Int8Array; scale: Float32Array } {
  const scale = new Float32Array(outputs);
  for (const [i, w] of filter.entries()) scale[i % outputs] = Math.max(scale[i % outputs]!, Math.abs(w));
  for (const [o, largest] of scale.entries()) scale[o] = largest / 127;
  const q = Int8Array.from(filter, (w, i) => {
    const step = scale[i % outputs]!;
    return step === 0 ? 0 : Math.min(127, Math.max(-127, Math.round(w / step)));
  });
  return { q, scale };
}

/** The convolutions of the published file, as float32. */
export function* publishedConvolutions(bin: Uint8Array) {
  for (const [i, { name, kernel, inputs, outputs }] of CONVOLUTIONS.entries()) {
    const size = kernel * kernel * inputs * outputs;
    const at = FILTERS_AT[i]!;
    const filter = decodeFloats(bin.subarray(at, at + 2 * size), 'float16', size);
    const biasAt = at + 2 * size;
    const bias = decodeFloats(bin.subarray(biasAt, biasAt + 2 * outputs), 'float16', outputs);
    yield { name, shape: [kernel, kernel, inputs, outputs], outputs, filter, bias };
  }
}

/** @returns a safetensors file: for each convolution `NAME.weight` (I8), `NAME.scale` and `NAME.bias` (F32, one an output) */
export function packNanoDet(bin: Uint8Array): Uint8Array<ArrayBuffer> {
  const tensors: TensorToWrite[] = [];
  for (const { name, shape, outputs, filter, bias } of publishedConvolutions(bin)) {
    const { q, scale } = quantise(filter, outputs);
    tensors.push(
      { name: `${name}.weight`, shape, values: q, type: 'int8' },
      { name: `${name}.scale`, shape: [outputs], values: scale },
      { name: `${name}.bias`, shape: [outputs], values: bias },
    );
  }
  return writeSafetensors(tensors, { metadata: NANODET_CREDIT });
}
