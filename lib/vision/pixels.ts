/** Pixels as a canvas has them, and as a detector sees them. Without tensors: a page uses it too. */
import { DetectionError, type PixelImage } from '@/lib/detection/detector';

/** What the page sends: 8-bit RGBA, as a canvas gives it. */
export interface RgbaPicture {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** RGB in [0, 1], alpha dropped. */
export function toPixelImage({ width, height, data }: RgbaPicture): PixelImage {
  if (data.length !== width * height * 4)
    throw new DetectionError(
      'image-malformed',
      `A picture of ${width} × ${height} needs ${width * height * 4} bytes, but has ${data.length}.`,
      'Choose the picture again.',
    );
  const rgb = new Float32Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from]! / 255;
    rgb[to + 1] = data[from + 1]! / 255;
    rgb[to + 2] = data[from + 2]! / 255;
  }
  return { width, height, data: rgb };
}

/** For a canvas: rounded to 8 bits, opaque. */
export function toRgba({ width, height, data }: PixelImage): RgbaPicture {
  const rgba = new Uint8ClampedArray(width * height * 4);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    // A clamped array rounds and clips by itself.
    rgba[to] = data[from]! * 255;
    rgba[to + 1] = data[from + 1]! * 255;
    rgba[to + 2] = data[from + 2]! * 255;
    rgba[to + 3] = 255;
  }
  return { width, height, data: rgba };
}
