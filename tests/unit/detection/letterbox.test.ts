import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type PixelImage, topLeftSquare } from '@/lib/detection';
import { centredSquare, placeCentred } from '@/lib/detection/letterbox';
import { startBackend } from '@/tests/harness/backend';

/** Different in every pixel and channel. */
function ramp(width: number, height: number): PixelImage {
  const data = Float32Array.from(
    { length: width * height * 3 },
    (_, i) => 0.1 + 0.8 * Math.abs(Math.sin(i * 1.7)),
  );
  return { width, height, data };
}

describe('fitting a picture into the top-left of a square', () => {
  beforeAll(() => startBackend('cpu'));

  it.each([
    [37, 20, 64],
    [20, 37, 64],
    [100, 61, 32],
    [61, 100, 32],
    [32, 32, 32],
    [1, 90, 32],
  ])('equals padding at full size and resizing, for %i × %i to %i', async (width, height, size) => {
    const image = ramp(width, height);
    const side = Math.max(width, height);
    const expected = tf.tidy(() => {
      const picture = tf.tensor3d(image.data, [height, width, 3]);
      const square = tf.pad3d(picture, [
        [0, side - height],
        [0, side - width],
        [0, 0],
      ]);
      return tf.image.resizeBilinear(square, [size, size], false, false);
    });
    const values = await expected.data();
    expected.dispose();
    const square = topLeftSquare(image, size);
    const worst = square.reduce((max, value, i) => Math.max(max, Math.abs(value - values[i]!)), 0);
    expect(worst).toBeLessThan(1e-5);
  });

  it('refuses data that do not fit the size', () => {
    const image = { width: 4, height: 4, data: new Float32Array(47) };
    expect(() => topLeftSquare(image, 32)).toThrow(
      expect.objectContaining({ code: 'image-malformed', message: expect.stringContaining('48') }),
    );
  });
});

describe('fitting a picture into the middle of a square', () => {
  it.each([
    // A border of odd width: the smaller half comes first.
    [640, 481, 640, { left: 0, top: 79, width: 640, height: 481 }],
    [100, 51, 100, { left: 0, top: 24, width: 100, height: 51 }],
    // Sizes of which half a pixel is left go to the even one.
    [64, 33, 32, { left: 0, top: 8, width: 32, height: 16 }],
    [64, 35, 32, { left: 0, top: 7, width: 32, height: 18 }],
  ])('%i × %i into %i', (width, height, size, expected) => {
    expect(placeCentred({ width, height }, size)).toMatchObject(expected);
  });

  it.each([
    [37, 20, 64],
    [100, 61, 32],
    [32, 32, 32],
  ])('resizes with half-pixel centres, %i × %i to %i', async (width, height, size) => {
    const image = ramp(width, height);
    const place = placeCentred(image, size);
    const expected = tf.tidy(() =>
      tf.image.resizeBilinear(
        tf.tensor3d(image.data, [height, width, 3]),
        [place.height, place.width],
        false,
        true,
      ),
    );
    const values = await expected.data();
    expected.dispose();
    const square = centredSquare(image, size);
    let worst = 0;
    for (let row = 0; row < place.height; row++)
      for (let i = 0; i < place.width * 3; i++) {
        const found = square[((place.top + row) * size + place.left) * 3 + i]!;
        worst = Math.max(worst, Math.abs(found - values[row * place.width * 3 + i]!));
      }
    expect(worst).toBeLessThan(1e-5);
  });
});
