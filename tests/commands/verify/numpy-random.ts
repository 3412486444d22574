/**
 * numpy's `default_rng(seed).standard_normal(...)`, bit for bit, so that noise which a reference file describes by its
 * seed is that same noise here: SeedSequence spreads the seed, PCG64 (O'Neill 2014, XSL-RR 128/64) draws 64-bit words, a
 * ziggurat of 256 layers (Marsaglia & Tsang 2000) turns words into normal numbers. For checking references only.
 */

/** 32-bit words that a small integer seed spreads into. */
function seedWords(seed: number, count: number): number[] {
  let multiplier = 0x43b0d7e5;
  const hash = (value: number) => {
    let mixed = value ^ multiplier;
    multiplier = Math.imul(multiplier, 0x931e8875);
    mixed = Math.imul(mixed, multiplier);
    return mixed ^ (mixed >>> 16);
  };
  const mix = (x: number, y: number) => {
    const mixed = (Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y)) | 0;
    return mixed ^ (mixed >>> 16);
  };
  const pool = [seed, 0, 0, 0].map(hash);
  for (let from = 0; from < 4; from++)
    for (let to = 0; to < 4; to++) if (from !== to) pool[to] = mix(pool[to]!, hash(pool[from]!));
  let output = 0x8b51f9dd;
  return Array.from({ length: count }, (_, i) => {
    let word = pool[i % 4]! ^ output;
    output = Math.imul(output, 0x58f38ded);
    word = Math.imul(word, output);
    return (word ^ (word >>> 16)) >>> 0;
  });
}

/**
 * The multiplier 0x2360ED051FC65DA44385DF649FCCF645 in 16-bit limbs, the lowest first. Products of such limbs add up exactly
 * in doubles. Written out limb by limb: hundreds of millions of words are drawn, and loops take ten times as long.
 */
const [M0, M1, M2, M3, M4, M5, M6, M7] = [
  0xf645, 0x9fcc, 0xdf64, 0x4385, 0x5da4, 0x1fc6, 0xed05, 0x2360,
] as const;
const LIMB = 0x10000;

type Eight = [number, number, number, number, number, number, number, number];

/** Words as two halves, `high` and `low`, of 32 bits each. */
class Pcg64 {
  high = 0;
  low = 0;
  private s0 = 0;
  private s1 = 0;
  private s2 = 0;
  private s3 = 0;
  private s4 = 0;
  private s5 = 0;
  private s6 = 0;
  private s7 = 0;
  private readonly increment: readonly number[];

  constructor(seed: number) {
    const words = seedWords(seed, 8);
    // 64-bit words with their low half first; of each pair of those the first is the higher.
    const limbs = (w: number[]) =>
      [w[2]!, w[3]!, w[0]!, w[1]!].flatMap((word) => [word & 0xffff, word >>> 16]);
    const start = limbs(words.slice(0, 4));
    const sequence = limbs(words.slice(4));
    this.increment = sequence.map(
      (limb, i) => ((limb << 1) & 0xffff) | (i === 0 ? 1 : sequence[i - 1]! >>> 15),
    );
    // From zero one step gives the increment; the seed is added, and one more step taken.
    let carry = 0;
    const sum = this.increment.map((limb, i) => {
      const whole = limb + start[i]! + carry;
      carry = Math.floor(whole / LIMB);
      return whole % LIMB;
    });
    [this.s0, this.s1, this.s2, this.s3, this.s4, this.s5, this.s6, this.s7] = sum as Eight;
    this.advance();
  }

  /** state = state * multiplier + increment, modulo 2^128. */
  private advance(): void {
    const { s0, s1, s2, s3, s4, s5, s6, s7, increment } = this;
    let sum = 0;
    let carry = 0;
    sum = s0 * M0 + increment[0]!;
    carry = Math.floor(sum / LIMB);
    this.s0 = sum - carry * LIMB;
    sum = s0 * M1 + s1 * M0 + increment[1]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s1 = sum - carry * LIMB;
    sum = s0 * M2 + s1 * M1 + s2 * M0 + increment[2]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s2 = sum - carry * LIMB;
    sum = s0 * M3 + s1 * M2 + s2 * M1 + s3 * M0 + increment[3]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s3 = sum - carry * LIMB;
    sum = s0 * M4 + s1 * M3 + s2 * M2 + s3 * M1 + s4 * M0 + increment[4]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s4 = sum - carry * LIMB;
    sum = s0 * M5 + s1 * M4 + s2 * M3 + s3 * M2 + s4 * M1 + s5 * M0 + increment[5]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s5 = sum - carry * LIMB;
    sum = s0 * M6 + s1 * M5 + s2 * M4 + s3 * M3 + s4 * M2 + s5 * M1 + s6 * M0 + increment[6]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s6 = sum - carry * LIMB;
    sum =
      s0 * M7 + s1 * M6 + s2 * M5 + s3 * M4 + s4 * M3 + s5 * M2 + s6 * M1 + s7 * M0 + increment[7]! + carry;
    carry = Math.floor(sum / LIMB);
    this.s7 = sum - carry * LIMB;
  }

  /** The next 64 bits, in `high` and `low`. */
  next(): void {
    this.advance();
    const { s7 } = this;
    const high = ((s7 << 16) | this.s6) ^ ((this.s3 << 16) | this.s2);
    const low = ((this.s5 << 16) | this.s4) ^ ((this.s1 << 16) | this.s0);
    const turn = s7 >>> 10;
    const by = turn & 31;
    const a = turn < 32 ? high : low;
    const b = turn < 32 ? low : high;
    this.high = (by === 0 ? a : (a >>> by) | (b << (32 - by))) >>> 0;
    this.low = (by === 0 ? b : (b >>> by) | (a << (32 - by))) >>> 0;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    this.next();
    return ((this.high >>> 0) * 0x200000 + (this.low >>> 11)) / 2 ** 53;
  }
}

const LAYERS = 256;
const EDGE = 3.6541528853610088;
const density = (x: number) => Math.exp(-0.5 * x * x);
/** The area of each layer, the lowest with its tail (the continued fraction of Mills' ratio). */
const AREA = (() => {
  let fraction = EDGE;
  for (let k = 60; k >= 1; k--) fraction = EDGE + k / fraction;
  return EDGE * density(EDGE) + density(EDGE) / fraction;
})();

const ziggurat = (() => {
  const inside = new Float64Array(LAYERS);
  const width = new Float64Array(LAYERS);
  const height = new Float64Array(LAYERS);
  let x = EDGE;
  const base = AREA / density(x);
  inside[0] = Math.floor((x / base) * 2 ** 52);
  width[0] = base / 2 ** 52;
  width[LAYERS - 1] = x / 2 ** 52;
  height[0] = 1;
  height[LAYERS - 1] = density(x);
  for (let i = LAYERS - 2; i >= 1; i--) {
    const outer = x;
    x = Math.sqrt(-2 * Math.log(AREA / outer + density(outer)));
    inside[i + 1] = Math.floor((x / outer) * 2 ** 52);
    width[i] = x / 2 ** 52;
    height[i] = density(x);
  }
  return { inside, width, height };
})();

/** `default_rng(seed).standard_normal(count)` as float64, given one by one to `take`. */
export function numpyNormals(
  seed: number,
  count: number,
  take: (value: number, index: number) => void,
): void {
  const random = new Pcg64(seed);
  const { inside, width, height } = ziggurat;
  for (let index = 0; index < count; index++) {
    for (;;) {
      random.next();
      const layer = random.low & 0xff;
      const negative = (random.low >>> 8) & 1;
      // The 52 bits from the tenth on.
      const size = ((random.high & 0x1fffffff) >>> 0) * 2 ** 23 + (random.low >>> 9);
      const x = size * width[layer]!;
      if (size >= inside[layer]!) {
        if (layer === 0) {
          take(tail(random, size), index);
          break;
        }
        const slab = (height[layer - 1]! - height[layer]!) * random.uniform() + height[layer]!;
        if (!(slab < Math.exp(-0.5 * x * x))) continue;
      }
      take(negative ? -x : x, index);
      break;
    }
  }
}

function tail(random: Pcg64, size: number): number {
  for (;;) {
    const x = -Math.log1p(-random.uniform()) / EDGE;
    const y = -Math.log1p(-random.uniform());
    if (y + y > x * x) return Math.floor(size / 256) % 2 === 1 ? -(EDGE + x) : EDGE + x;
  }
}
