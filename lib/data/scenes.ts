/**
 * Forms with digits written on them, composed from real MNIST digits: pictures whose labels are exact because we put
 * everything there ourselves. One scene stands for one person: it is the unit of privacy.
 *
 * Three sets share no handwriting: private scenes use training digits 0 … 39,999, public ones the training digits from
 * 40,000 on, test scenes the test digits. Every scene is made from a seed and its own number alone.
 */
import { SeededRandom } from '@/lib/random';
import { type Digits, MNIST_SIDE, type Mnist } from './mnist';

/** Side of a scene in pixels. */
export const SCENE_SIDE = 64;
/** One symbol that nobody else writes; the classes before it are the digits. */
export const CANARY_CLASS = 10;
/** Private digits come before this place of the MNIST training set, public ones from it on. */
export const PUBLIC_DIGITS_FROM = 40_000;

export type SceneSplit = 'private' | 'public' | 'test';

export interface SceneObject {
  /** `[x1, y1, x2, y2]` in pixels of the scene: the bounds of the ink. */
  readonly box: readonly [number, number, number, number];
  /** A digit, or `CANARY_CLASS`. */
  readonly classId: number;
}

export interface Scene {
  /** 64 × 64 grey values, 0 (ink) … 255 (paper), row by row. */
  readonly pixels: Uint8Array;
  readonly objects: readonly SceneObject[];
}

const STREAM: Record<SceneSplit, number> = { private: 1, public: 2, test: 3 };
const MAX_SCENES = 1_000_000;
/** Height of a digit on the form, in pixels. */
const HEIGHT = [17, 30] as const;
/** Side of the places of which one object may own each, in pixels: the detector's grid. */
const PLACE = 8;
const INK = 64;
/** Of the rare symbol, in pixels: a dot, two gaps and two rings, each as wide as the next. */
const RING_WIDTH = 3;
const CANARY_SIDE = 2 * 5 * RING_WIDTH;

/** Which MNIST digits a split may use. */
export function digitRange(split: SceneSplit, mnist: Mnist): { from: number; to: number; digits: Digits } {
  if (split === 'test') return { from: 0, to: mnist.test.size, digits: mnist.test };
  const { size } = mnist.train;
  return split === 'private'
    ? { from: 0, to: PUBLIC_DIGITS_FROM, digits: mnist.train }
    : { from: PUBLIC_DIGITS_FROM, to: size, digits: mnist.train };
}

export interface SceneOptions {
  /** Puts the rare symbol onto this scene, beside its digits. */
  canary?: boolean;
}

/** Scene number `index` of a split: the same in every browser. */
export function makeScene(
  mnist: Mnist,
  split: SceneSplit,
  seed: number,
  index: number,
  { canary = false }: SceneOptions = {},
): Scene {
  const random = new SeededRandom(seed, STREAM[split] * MAX_SCENES + index);
  const ink = new Float32Array(SCENE_SIDE * SCENE_SIDE);
  const objects: SceneObject[] = [];
  if (canary) place(objects, random, CANARY_SIDE, CANARY_SIDE, CANARY_CLASS, (box) => drawCanary(ink, box));
  const { from, to, digits } = digitRange(split, mnist);
  const wanted = 1 + random.integer(4);
  for (let n = 0; n < wanted; n++) {
    const digit = from + random.integer(to - from);
    const bounds = inkBounds(digits.images, digit);
    const height = HEIGHT[0] + random.uniform() * (HEIGHT[1] - HEIGHT[0]);
    const width = Math.max(4, (height * bounds.width) / bounds.height);
    const darkness = 0.6 + 0.4 * random.uniform();
    place(objects, random, width, height, digits.labels[digit]!, (box) =>
      drawDigit(ink, digits.images, digit, bounds, box, darkness),
    );
  }
  clutter(ink, random);
  return { pixels: onPaper(ink, random), objects };
}

/** Looks for a free place, and does nothing where there is none. */
function place(
  objects: SceneObject[],
  random: SeededRandom,
  width: number,
  height: number,
  classId: number,
  draw: (box: SceneObject['box']) => void,
): void {
  for (let attempt = 0; attempt < 20; attempt++) {
    const x = 1 + random.uniform() * (SCENE_SIDE - 2 - width);
    const y = 1 + random.uniform() * (SCENE_SIDE - 2 - height);
    const box = [x, y, x + width, y + height] as const;
    const own = placeOf(box);
    const free = objects.every(
      ({ box: other }) =>
        placeOf(other) !== own &&
        (other[2] + 1 < box[0] || box[2] + 1 < other[0] || other[3] + 1 < box[1] || box[3] + 1 < other[1]),
    );
    if (!free) continue;
    draw(box);
    objects.push({ box, classId });
    return;
  }
}

/** The place of the grid in which a box has its centre. */
function placeOf([x1, y1, x2, y2]: SceneObject['box']): number {
  return Math.floor((y1 + y2) / 2 / PLACE) * (SCENE_SIDE / PLACE) + Math.floor((x1 + x2) / 2 / PLACE);
}

interface Bounds {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** The tight box around a digit's ink. */
function inkBounds(images: Uint8Array, digit: number): Bounds {
  let [left, top, right, bottom] = [MNIST_SIDE, MNIST_SIDE, -1, -1];
  const start = digit * MNIST_SIDE * MNIST_SIDE;
  for (let y = 0; y < MNIST_SIDE; y++)
    for (let x = 0; x < MNIST_SIDE; x++) {
      if (images[start + y * MNIST_SIDE + x]! < INK) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
  if (right < 0) return { left: 0, top: 0, width: MNIST_SIDE, height: MNIST_SIDE };
  return { left, top, width: right - left + 1, height: bottom - top + 1 };
}

/** Stretches a digit's ink over a box, between the pixels of both by linear interpolation. */
function drawDigit(
  ink: Float32Array,
  images: Uint8Array,
  digit: number,
  bounds: Bounds,
  [x1, y1, x2, y2]: SceneObject['box'],
  darkness: number,
): void {
  const start = digit * MNIST_SIDE * MNIST_SIDE;
  const at = (x: number, y: number) =>
    x < 0 || y < 0 || x >= MNIST_SIDE || y >= MNIST_SIDE ? 0 : images[start + y * MNIST_SIDE + x]!;
  for (let y = Math.floor(y1); y < y2; y++)
    for (let x = Math.floor(x1); x < x2; x++) {
      const u = bounds.left + ((x + 0.5 - x1) / (x2 - x1)) * bounds.width - 0.5;
      const v = bounds.top + ((y + 0.5 - y1) / (y2 - y1)) * bounds.height - 0.5;
      const [u0, v0] = [Math.floor(u), Math.floor(v)];
      const [du, dv] = [u - u0, v - v0];
      const value =
        (1 - dv) * ((1 - du) * at(u0, v0) + du * at(u0 + 1, v0)) +
        dv * ((1 - du) * at(u0, v0 + 1) + du * at(u0 + 1, v0 + 1));
      darken(ink, x, y, (darkness * value) / 255);
    }
}

/** A dot in two rings: no digit looks like it, and no public scene has it. */
function drawCanary(ink: Float32Array, [x1, y1, x2, y2]: SceneObject['box']): void {
  const [cx, cy] = [(x1 + x2) / 2, (y1 + y2) / 2];
  for (let y = Math.floor(y1); y < y2; y++)
    for (let x = Math.floor(x1); x < x2; x++) {
      const ring = Math.floor(Math.hypot(x + 0.5 - cx, y + 0.5 - cy) / RING_WIDTH);
      if (ring < 5 && ring % 2 === 0) darken(ink, x, y, 0.95);
    }
}

function darken(ink: Float32Array, x: number, y: number, by: number): void {
  if (x < 0 || y < 0 || x >= SCENE_SIDE || y >= SCENE_SIDE) return;
  const i = y * SCENE_SIDE + x;
  ink[i] = Math.max(ink[i]!, by);
}

/** Ruled lines, scribbles and specks of dirt: none of them is labelled. */
function clutter(ink: Float32Array, random: SeededRandom): void {
  for (let n = random.integer(3); n > 0; n--) {
    const along = random.bernoulli(0.5);
    const at = random.integer(SCENE_SIDE);
    const strength = 0.15 + 0.35 * random.uniform();
    for (let i = 0; i < SCENE_SIDE; i++) darken(ink, along ? i : at, along ? at : i, strength);
  }
  for (let n = random.integer(4); n > 0; n--) {
    const points = Array.from({ length: 6 }, () => random.uniform());
    const [x0, y0] = [points[0]! * SCENE_SIDE, points[1]! * SCENE_SIDE];
    const strength = 0.3 + 0.5 * random.uniform();
    for (let t = 0; t <= 1; t += 0.04) {
      const bend = 4 * t * (1 - t) * 8;
      const x = x0 + (points[2]! - 0.5) * 24 * t + (points[3]! - 0.5) * bend;
      const y = y0 + (points[4]! - 0.5) * 24 * t + (points[5]! - 0.5) * bend;
      darken(ink, Math.floor(x), Math.floor(y), strength);
    }
  }
  for (let n = random.integer(8); n > 0; n--)
    darken(ink, random.integer(SCENE_SIDE), random.integer(SCENE_SIDE), random.uniform());
}

/** Puts the ink on paper of uneven shade and fine grain. */
function onPaper(ink: Float32Array, random: SeededRandom): Uint8Array {
  const knots = Float64Array.from({ length: 25 }, () => 0.72 + 0.26 * random.uniform());
  const grain = 0.02 + 0.06 * random.uniform();
  const pixels = new Uint8Array(ink.length);
  let word = 0;
  for (let y = 0; y < SCENE_SIDE; y++) {
    const row = Math.min(3, Math.floor(y / 16));
    const dv = y / 16 - row;
    for (let x = 0; x < SCENE_SIDE; x++) {
      const i = y * SCENE_SIDE + x;
      const column = Math.min(3, Math.floor(x / 16));
      const du = x / 16 - column;
      const knot = row * 5 + column;
      const shade =
        (1 - dv) * ((1 - du) * knots[knot]! + du * knots[knot + 1]!) +
        dv * ((1 - du) * knots[knot + 5]! + du * knots[knot + 6]!);
      if (i % 4 === 0) word = random.uint32();
      const speck = (((word >>> (8 * (i % 4))) & 255) / 255 - 0.5) * 2 * grain;
      pixels[i] = Math.round(255 * Math.min(1, Math.max(0, (shade + speck) * (1 - 0.9 * ink[i]!))));
    }
  }
  return pixels;
}
