/** Words for WebAssembly text that the two kernels of features share. */
import { add, f32, get, i32, mul, set, step, sub } from '@/lib/kernels/wat';
import { FEATURE_LENGTH } from '../features';

export const SIDE = 28;
export const PICTURE_BYTES = SIDE * SIDE;

/** Four numbers, from `at` bytes beyond local `$pointer`. No place needs to be aligned. */
export const load = (pointer: string, at: number) => `(v128.load offset=${at} ${get(pointer)})`;
export const store = (pointer: string, at: number, value: string) =>
  `(v128.store offset=${at} ${get(pointer)} ${value})`;

/** Four grey values, 0 … 255, as floats. */
export const greys = (pointer: string, at: number) =>
  `(f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u
    (v128.load32_zero offset=${at} ${get(pointer)}))))`;

/** Picks four of the eight numbers of two vectors. */
export const pick = (lanes: readonly number[], a: string, b: string) =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)).join(' ')} ${a} ${b})`;

/** Leaves in local `$a` the sums over the lanes of `$a`, `$b`, `$c` and `$d`: four sums, one a lane. The others are overwritten. */
export const sumsAcross = (a: string, b: string, c: string, d: string) => {
  const halves = (one: string, other: string) =>
    set(one, add(pick([0, 4, 1, 5], get(one), get(other)), pick([2, 6, 3, 7], get(one), get(other))));
  return `
  ${halves(a, b)}
  ${halves(c, d)}
  ${set(a, add(pick([0, 1, 4, 5], get(a), get(c)), pick([2, 3, 6, 7], get(a), get(c))))}`;
};

/** The sum over the lanes of a local: a plain f32. */
export const sumAcross = (name: string) => {
  const lane = (n: number) => `(f32x4.extract_lane ${n} ${get(name)})`;
  return `(f32.add (f32.add ${lane(0)} ${lane(2)}) (f32.add ${lane(1)} ${lane(3)}))`;
};

/** A loop while `$at` is below `$end`; the last of its statements move `$at`. It must go round at least once. */
export const repeat = (label: string, at: string, end: string, ...statements: string[]) => `
  (loop $${label}
    ${statements.join('\n')}
    (br_if $${label} (i32.lt_u ${get(at)} ${end})))`;

/**
 * `(call $normalise (row))`: less its own mean, then stretched to FEATURE_LENGTH; a row of zeros stays as it is.
 * As `normalise` in features.ts, with sums in four lanes of single precision.
 */
export const normaliseFunction = (width: number) => {
  const whole = 16 * Math.floor(width / 4);
  const rest = Array.from({ length: width % 4 }, (_, i) => 4 * i);
  const one = (at: number) => `(f32.load offset=${at} ${get('at')})`;
  const over = (label: string, body: string[], tail: (at: number) => string[]) => `
    ${set('at', get('row'))}
    ${repeat(label, 'at', get('end'), ...body, step('at', 16))}
    ${rest.flatMap(tail).join('\n')}`;
  return `
  (func $normalise (param $row i32)
    (local $at i32) (local $end i32) (local $sums v128) (local $x v128) (local $mean v128)
    (local $total f32) (local $y f32)
    ${set('end', `(i32.add ${get('row')} ${i32(whole)})`)}
    ${over('adding', [set('sums', add(get('sums'), load('at', 0)))], (at) => [set('total', `(f32.add ${get('total')} ${one(at)})`)])}
    ${set('total', `(f32.div (f32.add ${get('total')} ${sumAcross('sums')}) (f32.const ${width}))`)}
    ${set('mean', `(f32x4.splat ${get('total')})`)}
    ${set('sums', f32(0))}
    ${over(
      'centring',
      [
        set('x', sub(load('at', 0), get('mean'))),
        store('at', 0, get('x')),
        set('sums', add(get('sums'), mul(get('x'), get('x')))),
      ],
      (at) => [
        set('y', `(f32.sub ${one(at)} ${get('total')})`),
        `(f32.store offset=${at} ${get('at')} ${get('y')})`,
        // The mean is no longer wanted where this stands: one number is left over at most.
        set('total', `(f32.mul ${get('y')} ${get('y')})`),
      ],
    )}
    ${set('total', rest.length > 0 ? `(f32.add ${get('total')} ${sumAcross('sums')})` : sumAcross('sums'))}
    (if (f32.gt ${get('total')} (f32.const 0)) (then
      ${set('total', `(f32.div (f32.const ${FEATURE_LENGTH}) (f32.sqrt ${get('total')}))`)}
      ${set('mean', `(f32x4.splat ${get('total')})`)}
      ${over('stretching', [store('at', 0, mul(load('at', 0), get('mean')))], (at) => [
        `(f32.store offset=${at} ${get('at')} (f32.mul ${one(at)} ${get('total')}))`,
      ])})))`;
};

/** Bytes of memory for pictures and rows, beside what a kernel works in. */
const ROOM_PAGES = 6;
const PAGE = 65_536;

/**
 * The frame of a kernel of features.
 *
 * - `memory`: its own. From `free` on it is the caller's: pictures go there, and rows come back.
 * - `extract(picture, row, count)`: `count` pictures of 784 bytes each, one after another, to as many rows of `width` floats.
 *
 * @param scratch bytes from 0 that the functions work in; they are zero at first
 * @param one statements that make one row at `$row` of the picture at `$picture`, not yet normalised
 */
export const featureModule = (width: number, scratch: number, functions: string, one: string) => `
(module
  (memory (export "memory") ${Math.ceil(scratch / PAGE) + ROOM_PAGES})
  (global (export "free") i32 (i32.const ${16 * Math.ceil(scratch / 16)}))
  ${normaliseFunction(width)}
  ${functions}
  (func (export "extract") (param $picture i32) (param $row i32) (param $count i32)
    (block $done (loop $next
      (br_if $done (i32.eqz ${get('count')}))
      ${one}
      (call $normalise ${get('row')})
      ${step('picture', PICTURE_BYTES)}
      ${step('row', 4 * width)}
      ${step('count', -1)}
      (br $next)))))
`;
