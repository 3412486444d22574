/** What cameras and files do: too bright, too flat, too few pixels, too few bytes. */
import type { PixelImage } from '../../detector';
import { jpeg } from '../jpeg';
import type { Severity } from './index';
import { at, type Five, mapValues } from './severity';

/** Added to the value of hue, saturation and value. */
export const BRIGHTER: Five<number> = [0.1, 0.2, 0.3, 0.4, 0.5];
/** What is left of each value's distance from the mean. */
export const CONTRAST: Five<number> = [0.4, 0.3, 0.2, 0.1, 0.05];
/** The side as a part of what it was. */
export const PIXELATED: Five<number> = [0.6, 0.5, 0.4, 0.3, 0.25];
/** libjpeg's quality. */
export const QUALITY: Five<number> = [25, 18, 15, 10, 7];

/** The largest of a pixel's colours grows, the others in proportion: its hue and its saturation stay. */
export function brightness(image: PixelImage, severity: Severity): PixelImage {
  const more = at(BRIGHTER, severity);
  const { data } = image;
  const brighter = (value: number, i: number) => {
    const pixel = i - (i % 3);
    const most = Math.max(data[pixel]!, data[pixel + 1]!, data[pixel + 2]!);
    const raised = Math.min(1, most + more);
    return most === 0 ? raised : (value * raised) / most;
  };
  return { ...image, data: mapValues(data, brighter) };
}

/** Each colour nearer to its mean over the picture. */
export function contrast(image: PixelImage, severity: Severity): PixelImage {
  const left = at(CONTRAST, severity);
  const { data } = image;
  const means = [0, 0, 0];
  for (let i = 0; i < data.length; i++) means[i % 3]! += (3 * data[i]!) / data.length;
  return { ...image, data: mapValues(data, (value, i) => means[i % 3]! + (value - means[i % 3]!) * left) };
}

/** Made smaller, each pixel the mean of those it covers, and larger again, each the one it lies in. */
export function pixelate(image: PixelImage, severity: Severity): PixelImage {
  const part = at(PIXELATED, severity);
  const { width, height, data } = image;
  const columns = boxes(width, Math.max(1, Math.trunc(width * part)));
  const rows = boxes(height, Math.max(1, Math.trunc(height * part)));
  const small = new Float32Array(3 * columns.length * rows.length);
  for (const [row, down] of rows.entries())
    for (const [column, across] of columns.entries())
      for (const [y, high] of down)
        for (const [x, wide] of across)
          for (let channel = 0; channel < 3; channel++)
            small[3 * (row * columns.length + column) + channel]! +=
              high * wide * data[3 * (y * width + x) + channel]!;
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const row = Math.min(rows.length - 1, Math.floor(((y + 0.5) * rows.length) / height));
      const column = Math.min(columns.length - 1, Math.floor(((x + 0.5) * columns.length) / width));
      const from = 3 * (row * columns.length + column);
      out.set(small.subarray(from, from + 3), 3 * (y * width + x));
    }
  return { width, height, data: mapValues(out, (value) => value) };
}

/** Which pixels of a longer line each pixel of a shorter one is the mean of: Pillow's box filter takes whole ones. */
function boxes(from: number, to: number): (readonly [index: number, weight: number])[][] {
  const scale = from / to;
  return Array.from({ length: to }, (_, i) => {
    const centre = (i + 0.5) * scale;
    const inside: number[] = [];
    const first = Math.max(0, Math.trunc(centre - scale / 2 + 0.5));
    const end = Math.min(from, Math.trunc(centre + scale / 2 + 0.5));
    for (let k = first; k < end; k++) inside.push(k);
    return inside.map((k) => [k, 1 / inside.length] as const);
  });
}

/** With colours at half the side, as Pillow writes JPEG unless it is told otherwise. */
export function jpegCompression(image: PixelImage, severity: Severity): PixelImage {
  return jpeg(image, at(QUALITY, severity), { halfColour: true });
}
