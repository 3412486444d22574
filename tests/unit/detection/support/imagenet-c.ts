/** The picture that the figures of ImageNet-C's authors are of, and those figures. How they came about stands in the fixture. */
import type { CorruptionKind, PixelImage } from '@/lib/detection';
import measured from '@/tests/fixtures/corruptions/imagenet-c.json';

const SIDE = 224;

export const PICTURE: PixelImage = {
  ...{ width: SIDE, height: SIDE },
  data: Float32Array.from({ length: 3 * SIDE * SIDE }, (_, i) => {
    const [pixel, channel] = [Math.floor(i / 3), i % 3];
    const [x, y] = [pixel % SIDE, Math.floor(pixel / SIDE)];
    const step = (Math.floor(x / 23) + Math.floor(y / 17)) % 2;
    return Math.round(255 * (0.35 + 0.2 * Math.sin(x / (9 + channel) + y / 13) + 0.2 * step)) / 255;
  }),
};

/** Mean, standard deviation, and root mean square of the change from the picture. */
export type Figures = [mean: number, deviation: number, change: number];

export function figures(data: Float32Array): Figures {
  let [sum, squares, change] = [0, 0, 0];
  for (const [i, value] of data.entries()) {
    sum += value;
    squares += value * value;
    change += (value - PICTURE.data[i]!) ** 2;
  }
  const mean = sum / data.length;
  return [mean, Math.sqrt(squares / data.length - mean ** 2), Math.sqrt(change / data.length)];
}

/** By severity. Frost is not among them. */
export const AUTHORS = measured.severities as unknown as Readonly<
  Record<Exclude<CorruptionKind, 'frost'>, readonly Figures[]>
>;

/** How far places are displaced by severity, in pixels: root mean square. */
export const FIELD_PIXELS: readonly number[] = measured.elasticFieldPixels;
