/** The waves of the Gabor features: their directions, how much of each pixel they take along one axis, and where they are told. */

export const PLACES = 7;
export const DIRECTIONS = 8;
/** Of the first order: eight directions at two sizes. */
export const CHANNELS = 2 * DIRECTIONS;
/** Where windows of the second order begin along a side of 14, each four wide: symmetric, and they reach both edges. */
export const SECOND_WINDOWS = [0, 3, 7, 10] as const;
export const SECOND_PLACES = SECOND_WINDOWS.length;
/**
 * A mean m, in grey values, is told as √(g m + κ) − √κ. The root lets faint waves speak beside strong ones; with κ it is smooth at
 * zero, so that what rounding leaves of an even grey stays nothing.
 */
export const SOFTENING = 1;
/** g of the second order, whose waves are fainter by nature; 1 in the first. */
export const SECOND_GAIN = 4;
/** 7 × 7 places × 16 channels. */
export const FIRST_WIDTH = PLACES * PLACES * CHANNELS;
/** 8 × 8 pairs of directions × 4 × 4 places. */
export const SECOND_WIDTH = DIRECTIONS * DIRECTIONS * SECOND_PLACES * SECOND_PLACES;
export const RADIUS = 3;
/** ξ, in radians a pixel: a wave of about four pixels. */
const FREQUENCY = 1.6;
/** Standard deviation of the envelope, in pixels. */
const SPREAD = 1.5;

/** Half of a symmetric filter: taps 0 … 3. */
export type Taps = readonly [number, number, number, number];

const halfBell = Array.from({ length: RADIUS + 1 }, (_, t) => Math.exp((-t * t) / (2 * SPREAD ** 2)));
const bellSum = halfBell.reduce((sum, value, t) => sum + (t === 0 ? 1 : 2) * value, 0);
/** A Gaussian that adds up to 1. */
export const BELL = halfBell.map((value) => value / bellSum) as unknown as Taps;

/** Cosine and sine under the Gaussian, by the part of the frequency along one axis. */
const wave = (along: number) => ({
  cos: BELL.map((value, t) => value * Math.cos(FREQUENCY * along * t)) as unknown as Taps,
  sin: BELL.map((value, t) => value * Math.sin(FREQUENCY * along * t)) as unknown as Taps,
});
/** Part of the frequency along one axis in the directions 0°, 22.5° … 90°, seen from that axis. */
export const WAVES = Array.from({ length: 5 }, (_, k) => wave(Math.cos((k * Math.PI) / 8)));

const total = ([middle, ...sides]: Taps) => middle + 2 * sides.reduce((sum, value) => sum + value, 0);
/** What each wave gives on an even grey, to be taken off: only changes are to count. */
export const OFFSETS = WAVES.map((along, k) => total(along.cos) * total(WAVES[4 - k]!.cos));
