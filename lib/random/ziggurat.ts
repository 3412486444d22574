/**
 * The ziggurat of Marsaglia and Tsang (2000) for the normal density f(x) = exp(−x² / 2): 256 horizontal layers of one area, one upon
 * the other. A layer and a place in it are drawn; nearly always the place lies under the curve for sure, and neither a logarithm nor
 * a sine is needed. Where it may not, the curve itself decides (rejection), so the method is exact.
 *
 * Layer, sign and place come from separate bits of two words: 8, 1 and 21 + 32. Where they share some, as in the first
 * publication, the normals are known to depend on each other in their last digits (Doornik 2005).
 */
const LAYERS = 256;

/** Where the tail begins: the one width with which 256 layers of equal area end exactly at the top of the curve. */
const TAIL_START = 3.6541528853610088;

const TWO_32 = 2 ** 32;
const PLACES = 2 ** 53;

const density = (x: number) => Math.exp(-0.5 * x * x);

/** ∫ f from r on, by the continued fraction of Mills' ratio; exact to the last digit for r > 3. */
function tailArea(r: number): number {
  let fraction = r;
  for (let k = 200; k >= 1; k--) fraction = r + k / fraction;
  return density(r) / fraction;
}

/** Of each layer; the lowest is the rectangle below `TAIL_START` and the tail. */
const AREA = TAIL_START * density(TAIL_START) + tailArea(TAIL_START);

/** Of each layer, the lowest first, which counts its tail as width; the last entry is the top of the curve. */
const WIDTHS = new Float64Array(LAYERS + 1);
WIDTHS[0] = AREA / density(TAIL_START);
WIDTHS[1] = TAIL_START;
for (let i = 2; i < LAYERS; i++)
  WIDTHS[i] = Math.sqrt(-2 * Math.log(AREA / WIDTHS[i - 1]! + density(WIDTHS[i - 1]!)));

/** What is left to the top when all layers lie: 0, but for rounding. For a test of the constants. */
export const LEFT_TO_THE_TOP = 1 - (AREA / WIDTHS[LAYERS - 1]! + density(WIDTHS[LAYERS - 1]!));

/** By layer and sign, 9 bits: places before this one lie under the curve for sure, … */
const SURE = new Float64Array(2 * LAYERS);
/** … and a place is so wide. */
const SCALE = new Float64Array(2 * LAYERS);
for (let i = 0; i < LAYERS; i++) {
  SURE[i] = SURE[i + LAYERS] = Math.floor((WIDTHS[i + 1]! / WIDTHS[i]!) * PLACES);
  SCALE[i] = WIDTHS[i]! / PLACES;
  SCALE[i + LAYERS] = -SCALE[i]!;
}

/**
 * Normals from words, two a normal, until either runs out or the curve has to be asked: that is left to `decide`, for the two words
 * before the place returned.
 * @param at first unread word, @param i first empty entry
 * @returns the same afterwards, and whether the curve has to be asked for entry i
 */
export function fillSure(
  out: Float64Array | Float32Array,
  i: number,
  words: Uint32Array,
  at: number,
  standardDeviation: number,
): { at: number; i: number; asks: boolean } {
  const end = Math.min(out.length, i + ((words.length - at) >> 1));
  for (; i < end; i++, at += 2) {
    const first = words[at]!;
    const place = (first >>> 11) * TWO_32 + words[at + 1]!;
    const layer = first & 511;
    if (place >= SURE[layer]!) return { at: at + 2, i, asks: true };
    out[i] = standardDeviation * place * SCALE[layer]!;
  }
  return { at, i, asks: false };
}

/** A standard normal from two words that `fillSure` left, or NaN: then two others have to be drawn. */
export function decide(first: number, second: number, uniform: () => number): number {
  const layer = first & 255;
  const sign = first & 256 ? -1 : 1;
  if (layer === 0) {
    // The tail, by Marsaglia (1964).
    for (;;) {
      const beyond = -Math.log(1 - uniform()) / TAIL_START;
      if (-2 * Math.log(1 - uniform()) >= beyond * beyond) return sign * (TAIL_START + beyond);
    }
  }
  const x = ((first >>> 11) * TWO_32 + second) * SCALE[layer]!;
  const low = density(WIDTHS[layer]!);
  const high = density(WIDTHS[layer + 1]!);
  return low + uniform() * (high - low) < density(x) ? sign * x : Number.NaN;
}
