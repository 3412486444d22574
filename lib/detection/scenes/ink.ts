/** Pictures as the scene detector sees them. */
import type { PixelImage } from '../detector';
import { SCENE_INPUT } from './weights';

/**
 * Darkness of a picture in the top-left corner of a white square, by the mean over each of 64 × 64 fields.
 * @param side of the square, in pixels of the picture
 * @returns 64 × 64 values, 1 for black and 0 for white
 */
export function sceneInk({ width, height, data }: PixelImage, side: number): Float32Array {
  const ink = new Float32Array(SCENE_INPUT * SCENE_INPUT);
  const zoom = side / SCENE_INPUT;
  for (let y = 0; y < SCENE_INPUT; y++)
    for (let x = 0; x < SCENE_INPUT; x++) {
      const [top, left] = [Math.floor(y * zoom), Math.floor(x * zoom)];
      const bottom = Math.min(height, Math.max(top + 1, Math.floor((y + 1) * zoom)));
      const right = Math.min(width, Math.max(left + 1, Math.floor((x + 1) * zoom)));
      let sum = 0;
      for (let v = top; v < bottom; v++)
        for (let u = left; u < right; u++) {
          const i = 3 * (v * width + u);
          sum += 1 - (data[i]! + data[i + 1]! + data[i + 2]!) / 3;
        }
      const fields = (bottom - top) * (right - left);
      ink[y * SCENE_INPUT + x] = fields > 0 ? sum / fields : 0;
    }
  return ink;
}
