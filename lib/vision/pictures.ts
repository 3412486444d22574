/** Pictures as they cross between page and worker, and the noise kept between runs. */
import { PixelNoise } from '@/lib/detection';
import { SeededRandom } from '@/lib/random';

export { type RgbaPicture, toPixelImage, toRgba } from './pixels';

/** Keeps the noise it drew: moving the scale slider only rescales it. */
export const pixelNoise = new PixelNoise((seed) => new SeededRandom(seed));
