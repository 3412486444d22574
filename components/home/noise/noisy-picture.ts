/**
 * The picture of the home page with noise of any strength, made in the page itself, so that it follows a finger before any worker has
 * been started. It is the noise that the detector's experiment adds: the same seed, the same field, scaled and clipped alike.
 */

import type { PixelImage } from '@/lib/detection/detector';
import { SeededRandom } from '@/lib/random';
import { type RgbaPicture, toPixelImage } from '@/lib/vision/pixels';

/** Values drawn in one go: a few milliseconds, so that a slow phone answers in between. Even, for normals come in pairs. */
const AT_ONCE = 1 << 15;

/** The noise for a picture of some size; it can be drawn before the picture has come. */
export class NoiseField {
  private readonly random: SeededRandom;
  private readonly field: Float32Array;
  private drawn = 0;

  /** @param length values of the picture: three for each pixel */
  constructor(length: number, seed: number) {
    this.random = new SeededRandom(seed);
    this.field = new Float32Array(length);
  }

  /** Draws some more of it. @returns whether all of it is there */
  draw(): boolean {
    const end = Math.min(this.field.length, this.drawn + AT_ONCE);
    this.random.fillGaussian(this.field.subarray(this.drawn, end));
    this.drawn = end;
    return end === this.field.length;
  }

  /** All of it: what is missing is drawn now. Standard normal; red, green and blue of each pixel in turn. */
  get values(): Float32Array {
    while (this.drawn < this.field.length) this.draw();
    return this.field;
  }
}

export class NoisyPicture {
  private readonly clean: PixelImage;
  private readonly shown: RgbaPicture;

  /** @param noise of the picture's size */
  constructor(
    picture: RgbaPicture,
    private readonly noise: NoiseField,
  ) {
    this.clean = toPixelImage(picture);
    this.shown = { ...picture, data: new Uint8ClampedArray(picture.data.length).fill(255) };
  }

  /**
   * What `addNoise` gives, as bytes, in one pass and without a new array: while it plays this is drawn many times a second.
   * @param scale standard deviation of the noise on values in [0, 1]
   * @returns good until the next call
   */
  at(scale: number): RgbaPicture {
    const { clean, shown } = this;
    const field = this.noise.values;
    for (let from = 0, to = 0; from < field.length; from += 3, to += 4)
      for (let channel = 0; channel < 3; channel++)
        shown.data[to + channel] =
          255 * Math.fround(clean.data[from + channel]! + scale * field[from + channel]!);
    return shown;
  }
}
