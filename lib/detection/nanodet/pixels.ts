/** The colours as NanoDet was trained to see them: in OpenCV's order, blue first, with mean and spread taken off. */

/** Over ImageNet, of 0 … 255, in the order blue, green, red. */
const MEAN = [103.53, 116.28, 123.675] as const;
const DEVIATION = [57.375, 57.12, 58.395] as const;

/**
 * @param square S × S × 3 values in [0, 1], RGB
 * @returns S × S × 3 values, BGR, (255 x − mean) / deviation. The network pads with 0, which is the mean colour
 */
export function networkPixels(square: Float32Array): Float32Array {
  const out = new Float32Array(square.length);
  for (let at = 0; at < square.length; at += 3)
    for (let channel = 0; channel < 3; channel++)
      out[at + channel] = (255 * square[at + 2 - channel]! - MEAN[channel]!) / DEVIATION[channel]!;
  return out;
}
