/**
 * The picture of the home page with noise of any strength, made in the page itself, so that it follows a finger before any worker has
 * been started. It is the noise that the detector's experiment adds: the same seed, the same field, scaled and clipped alike.
 */

import type { PixelImage } from '@/lib/detection/detector';
import { addNoise } from '@/lib/detection/noise/add';
import { SeededRandom } from '@/lib/random';
import { type RgbaPicture, toPixelImage, toRgba } from '@/lib/vision/pixels';

/** Values drawn in one go: a few milliseconds, so that a slow phone answers in between. Even, for normals come in pairs. */
const AT_ONCE = 1 << 15;

export class NoisyPicture {
  private readonly random: SeededRandom;
  private readonly field: Float32Array;
  private readonly clean: PixelImage;
  private drawn = 0;

  constructor(picture: RgbaPicture, seed: number) {
    this.random = new SeededRandom(seed);
    this.clean = toPixelImage(picture);
    this.field = new Float32Array(this.clean.data.length);
  }

  /** Draws some more of the noise. @returns whether all of it is there */
  draw(): boolean {
    const end = Math.min(this.field.length, this.drawn + AT_ONCE);
    this.random.fillGaussian(this.field.subarray(this.drawn, end));
    this.drawn = end;
    return end === this.field.length;
  }

  /** @param scale standard deviation of the noise on values in [0, 1] */
  at(scale: number): RgbaPicture {
    while (this.drawn < this.field.length) this.draw();
    return toRgba(addNoise(this.clean, this.field, scale));
  }
}
