/** Elastic deformation (Simard, Steinkraus and Platt 2003): the picture is tilted a little, and stretched unevenly. */
import type { RandomSource } from '@/lib/random';
import type { PixelImage } from '../../detector';
import { blur } from '../blur';
import { sample } from './planes';
import { at, type Five, mapValues, type Severity } from './severity';

/** As the authors wrote it, where 224 was meant. */
const UNIT = 244;

/** In pixels: how far displacements reach, how smooth they are, and how far three points of the picture may move. */
export const ELASTIC: Five<readonly [reach: number, smooth: number, tilt: number]> = [
  [UNIT * 2, UNIT * 0.7, UNIT * 0.1],
  [UNIT * 2, UNIT * 0.08, UNIT * 0.2],
  [UNIT * 0.05, UNIT * 0.01, UNIT * 0.02],
  [UNIT * 0.07, UNIT * 0.01, UNIT * 0.02],
  [UNIT * 0.12, UNIT * 0.01, UNIT * 0.02],
];

type Affine = (x: number, y: number) => readonly [number, number];

/** Where each place of the tilted picture lies in the one given: three points of its middle move, all others with them. */
function tilted(width: number, height: number, most: number, random: RandomSource): Affine {
  const square = Math.floor(Math.min(width, height) / 3);
  const [cx, cy] = [Math.floor(width / 2), Math.floor(height / 2)];
  const from = [
    [cx + square, cy + square],
    [cx + square, cy - square],
    [cx - square, cy - square],
  ] as const;
  const moved = () => most * (2 * random.uniform() - 1);
  const to = from.map(([x, y]) => [x + moved(), y + moved()] as const) as [Point, Point, Point];
  // Of the tilted picture's corners, two sides: a place is so much of each.
  const [ux, uy] = [to[1][0] - to[0][0], to[1][1] - to[0][1]];
  const [vx, vy] = [to[2][0] - to[1][0], to[2][1] - to[1][1]];
  const area = ux * vy - uy * vx;
  return (x, y) => {
    const [dx, dy] = [x - to[0][0], y - to[0][1]];
    const [u, v] = [(dx * vy - dy * vx) / area, (ux * dy - uy * dx) / area];
    return [from[0][0] - 2 * square * v, from[0][1] - 2 * square * u];
  };
}
type Point = readonly [number, number];

/**
 * How far each place is displaced, in pixels: across and down, in two channels of a picture that is blurred as any other. In a mirror
 * beyond its edges: repeated, the few values there would outweigh all others where the blur is wide.
 */
export function displacements(
  { width, height }: { width: number; height: number },
  severity: Severity,
  random: RandomSource,
): Float32Array {
  const [reach, smooth] = at(ELASTIC, severity);
  const raw = new Float32Array(3 * width * height);
  for (let i = 0; i < raw.length; i++) raw[i] = i % 3 === 2 ? 0 : 2 * random.uniform() - 1;
  return blur({ width, height, data: raw }, smooth, 'reflect').data.map((value) => reach * value);
}

export function elastic(image: PixelImage, severity: Severity, random: RandomSource): PixelImage {
  const [, , tilt] = at(ELASTIC, severity);
  const { width, height } = image;
  const whence = tilted(width, height, tilt, random);
  const field = displacements(image, severity, random);
  const out = new Float32Array(image.data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = 3 * (y * width + x);
      const [u, v] = whence(x + field[at]!, y + field[at + 1]!);
      sample(image, u, v, out, at);
    }
  return { width, height, data: mapValues(out, (value) => value) };
}
