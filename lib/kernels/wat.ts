/**
 * Words for writing WebAssembly text: what the sources of our kernels (`kernels/*-source.ts`) are put together from.
 * Not part of the site; `npm run assemble-kernels` makes the `*-binary.ts` beside each source.
 */

/** A module as text. */
export interface WatModule {
  readonly text: string;
  /**
   * `tfjs` works on the memory of tfjs' WASM backend, imported as ("tfjs" "memory"), and is assembled twice: for its plain
   * memory and for the shared one of its threaded build. `own` declares or imports memory of its own.
   */
  readonly memory: 'tfjs' | 'own';
  /**
   * The same with `FUSED` products, for engines with relaxed SIMD, where there is such a build. Whether such a product is rounded once or
   * twice is the processor's affair, so last digits differ between machines.
   */
  readonly relaxed?: string;
}

/** How a `tfjs` module imports its memory, to the letter. */
export const TFJS_MEMORY = '(import "tfjs" "memory" (memory 1))';

export const get = (name: string) => `(local.get $${name})`;
export const set = (name: string, value: string) => `(local.set $${name} ${value})`;
export const i32 = (value: number) => `(i32.const ${value})`;

/** Four numbers, from `at` bytes beyond the pointer in a local. No place needs to be aligned. */
export const load = (pointer: string, at: number) => `(v128.load offset=${at} ${get(pointer)})`;
export const store = (pointer: string, at: number, value: string) =>
  `(v128.store offset=${at} ${get(pointer)} ${value})`;
/** Four times the number there. */
export const splat = (pointer: string, at: number) => `(v128.load32_splat offset=${at} ${get(pointer)})`;
/** Four bytes there, 0 … 255, as floats. */
export const bytes = (pointer: string, at: number) =>
  `(f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u
    (v128.load32_zero offset=${at} ${get(pointer)}))))`;
/** Picks four of the eight numbers of two vectors. */
export const pick = (lanes: readonly number[], a: string, b: string) =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)).join(' ')} ${a} ${b})`;

/** Four times the same number. */
export const f32 = (value: number) => `(v128.const f32x4 ${`${value} `.repeat(4)})`;
export const add = (a: string, b: string) => `(f32x4.add ${a} ${b})`;
export const sub = (a: string, b: string) => `(f32x4.sub ${a} ${b})`;
export const mul = (a: string, b: string) => `(f32x4.mul ${a} ${b})`;

/** sum + a · b: in two instructions, rounded twice, or in the one that most processors have for it, rounded once. */
export type MultiplyAdd = (a: string, b: string, sum: string) => string;
export const SEPARATE: MultiplyAdd = (a, b, sum) => add(sum, mul(a, b));
export const FUSED: MultiplyAdd = (a, b, sum) => `(f32x4.relaxed_madd ${a} ${b} ${sum})`;

/** Moves a pointer by so many bytes, or by what another local holds. */
export const step = (name: string, bytes: number) => set(name, `(i32.add ${get(name)} ${i32(bytes)})`);
export const move = (pointer: string, by: string) => set(pointer, `(i32.add ${get(pointer)} ${get(by)})`);
export const less = (left: string, count: number) => set(left, `(i32.sub ${get(left)} ${i32(count)})`);
export const atMost = (value: string, limit: number) =>
  `(select ${i32(limit)} ${value} (i32.gt_s ${value} ${i32(limit)}))`;

export const range = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A loop while `$left` is above 0; its body lowers it. Names in the labels keep nested loops apart. */
export const whileLeft = (left: string, ...body: string[]) => `
  (block $done_${left} (loop $next_${left}
    (br_if $done_${left} (i32.le_s ${get(left)} (i32.const 0)))
    ${body.join('\n    ')}
    (br $next_${left})))`;

/**
 * e^r on |r| ≤ ½ ln 2 as 1 + r (c₁ + r (c₂ + …)), least worst relative error, 9e-8 (Lawson's iteration; the error in
 * float32 sums is of the same size).
 */
const EXP = [
  0.9999997019767761, 0.4999915063381195, 0.1666763573884964, 0.04189793020486832, 0.008290315046906471,
];
/** ln 2 in two parts, the first with few enough bits that its product with an exponent is exact. */
const LN2_HIGH = 0.693359375;
const LN2_LOW = -2.121944400546905e-4;
/** Adding 1.5 · 2²³ rounds to whole numbers; 127 more makes the low bits of the sum an exponent. */
const ROUND = 12582912 + 127;

/**
 * Statements that set local `$n` to e^{s r}, four values at a time, from local `$r` with |r| ≤ 87 and a sign s; `$r` and `$s`
 * are overwritten. s r = n ln 2 + r', so the result is 2ⁿ e^{r'}.
 */
export const exponential = (sign: 1 | -1) => `
  ${set('n', add(mul(get('r'), f32(sign * Math.LOG2E)), f32(ROUND)))}
  ${set('s', `(i32x4.shl ${get('n')} ${i32(23)})`)}
  ${set('n', sub(get('n'), f32(ROUND)))}
  ${set('r', sub(sign === 1 ? sub(get('r'), mul(get('n'), f32(LN2_HIGH))) : sub(mul(get('n'), f32(-LN2_HIGH)), get('r')), mul(get('n'), f32(LN2_LOW))))}
  ${set(
    'n',
    EXP.reduceRight((inner, c) => (inner === '' ? f32(c) : add(f32(c), mul(get('r'), inner))), ''),
  )}
  ${set('n', add(get('s'), mul(mul(get('s'), get('r')), get('n'))))}`;
