/** The waves of the Gabor features: their directions, and how much of each pixel they take along one axis. */

export const PLACES = 7;
export const DIRECTIONS = 8;
/** The picture itself, and eight directions at two sizes. */
export const CHANNELS = 1 + 2 * DIRECTIONS;
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
