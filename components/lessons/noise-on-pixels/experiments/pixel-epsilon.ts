/** What ε the noise on a picture is, and what the same ε looks like when it is spent better (DP-Pix). */
import * as z from 'zod';
import { dpPix, dpPixScale, type PixelPrivacy, pixelPrivacy } from '@/lib/detection';
import { analyticGaussianSigma, gaussianEpsilon } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { pixelNoise, type RgbaPicture, toPixelImage, toRgba } from '@/lib/vision/pictures';

const params = z.object({
  /** Content key of a picture sent ahead. */
  picture: z.string(),
  /** Standard deviation of Gaussian noise, on pixels in [0, 1]. */
  noise: z.number().min(0).max(1),
  seed: z.number().int().min(0),
  delta: z.number().gt(0).lt(1),
  /** DP-Pix: side of the blocks, pixels in which neighbours differ (m), and ε. */
  blockSide: z.number().int().min(1).max(256),
  changedPixels: z.number().int().min(1).max(100_000),
  blockEpsilon: z.number().gt(0).max(100),
});

export type PixelEpsilonParams = z.output<typeof params>;

export interface PixelEpsilonRow extends PixelPrivacy {
  /** Standard deviation, on pixels in [0, 1], that would make ε 1 at the same δ. */
  deviationForOne: number;
}

export interface PixelEpsilonResult {
  rows: PixelEpsilonRow[];
  /** Standard deviation of noise on each colour value with the ε, the δ and the neighbours of the DP-Pix picture. */
  sameDeviation: number;
  /** The same on a picture in grey, as that of DP-Pix is: one value a pixel may move instead of three. */
  greyDeviation: number;
  /** The picture under it. */
  same: RgbaPicture;
  /** The picture by DP-Pix. */
  blocks: RgbaPicture;
  /** Scale of the Laplace noise on a block's mean, on grey levels 0 … 255. */
  blockScale: number;
}

export const pixelEpsilon: Experiment<PixelEpsilonParams, never, PixelEpsilonResult> = {
  id: 'pixel-epsilon',
  needs: 'maths',
  params,
  async run({ picture, noise, seed, delta, blockSide, changedPixels, blockEpsilon }, context) {
    const image = toPixelImage(context.input<RgbaPicture>(picture));
    const { width, height } = image;
    const rows = pixelPrivacy({ standardDeviation: noise, width, height, delta }, (noiseMultiplier, at) =>
      gaussianEpsilon({ noiseMultiplier, delta: at }),
    );
    const unit = analyticGaussianSigma({ epsilon: 1, delta });
    // All three colours of each of the m pixels may move by their whole range; in grey there is one value.
    const unitForBlocks = analyticGaussianSigma({ epsilon: blockEpsilon, delta });
    const sameDeviation = Math.sqrt(3 * changedPixels) * unitForBlocks;
    const greyDeviation = Math.sqrt(changedPixels) * unitForBlocks;
    const options = { blockSide, pixels: changedPixels, epsilon: blockEpsilon };
    context.describe({ noise: 'seeded', seed, dataset: 'one picture', delta });
    return {
      rows: rows.map((row) => ({ ...row, deviationForOne: unit * row.sensitivity })),
      sameDeviation,
      greyDeviation,
      same: toRgba(pixelNoise.apply(image, { kind: 'gaussian', scale: sameDeviation, seed })),
      blocks: toRgba(dpPix(image, options, context.random.seeded(seed))),
      blockScale: dpPixScale(options),
    };
  },
};
