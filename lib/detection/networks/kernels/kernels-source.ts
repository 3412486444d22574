/**
 * Source of the WASM kernels, in WebAssembly text: the three passes over memory that tfjs' WASM backend makes slowly, on its
 * own memory. Not part of the site; `lib/commands/assemble-kernels.ts` makes `kernels-binary.ts` of it.
 *
 * All pointers and lengths are in bytes unless said otherwise.
 */

const f32 = (value: number) => `(v128.const f32x4 ${`${value} `.repeat(4)})`;
const add = (a: string, b: string) => `(f32x4.add ${a} ${b})`;
const sub = (a: string, b: string) => `(f32x4.sub ${a} ${b})`;
const mul = (a: string, b: string) => `(f32x4.mul ${a} ${b})`;
const get = (name: string) => `(local.get $${name})`;
const set = (name: string, value: string) => `(local.set $${name} ${value})`;

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
 * Replaces local `$x` (four values) by x / (1 + e^−x), with locals `$n` and `$r` for its use.
 *
 * t = −x = n ln 2 + r, so e^t = 2ⁿ e^r. Beyond ±87 single precision has run out of exponents: there the result is x, or so
 * near 0 that x need not be exact. `pmin` and `pmax` pass NaN on in the order used, and are one instruction each.
 */
const silu = (x: string) => `
  ${set(x, `(f32x4.pmax ${get(x)} ${f32(-87)})`)}
  ${set('r', `(f32x4.pmin ${get(x)} ${f32(87)})`)}
  ${set('n', add(mul(get('r'), f32(-Math.LOG2E)), f32(ROUND)))}
  ${set('s', `(i32x4.shl ${get('n')} (i32.const 23))`)}
  ${set('n', sub(get('n'), f32(ROUND)))}
  ${set('r', sub(sub(mul(get('n'), f32(-LN2_HIGH)), get('r')), mul(get('n'), f32(LN2_LOW))))}
  ${set(
    'n',
    EXP.reduceRight((inner, c) => (inner === '' ? f32(c) : add(f32(c), mul(get('r'), inner))), ''),
  )}
  ${set('n', add(get('s'), mul(mul(get('s'), get('r')), get('n'))))}
  ${set(x, `(f32x4.div ${get(x)} ${add(get('n'), f32(1))})`)}`;

const LOCALS = '(local $x v128) (local $n v128) (local $r v128) (local $s v128)';
const step = (name: string, bytes: number) => set(name, `(i32.add ${get(name)} (i32.const ${bytes}))`);

/** A loop while `$at` is below `$end`; the last of its statements move `$at`. */
const below = (end: string, ...statements: string[]) => `
  (block $done (loop $next
    (br_if $done (i32.ge_u ${get('at')} ${get(end)}))
    ${statements.join('\n')}
    (br $next)))`;

/** `$whole`: where groups of 16 bytes end; `$end`: where the values end. */
const ENDS = `
  ${set('end', `(i32.add ${get('at')} ${get('length')})`)}
  ${set('whole', `(i32.add ${get('at')} (i32.and ${get('length')} (i32.const -16)))`)}`;

export const KERNELS = `
(module
  (import "tfjs" "memory" (memory 1))

  ;; SiLU in place.
  (func (export "silu") (param $at i32) (param $length i32)
    (local $end i32) (local $whole i32) ${LOCALS}
    ${ENDS}
    ${below('whole', set('x', '(v128.load (local.get $at))'), silu('x'), `(v128.store (local.get $at) ${get('x')})`, step('at', 16))}
    ${below('end', set('x', '(v128.load32_splat (local.get $at))'), silu('x'), `(v128.store32_lane 0 (local.get $at) ${get('x')})`, step('at', 4))})

  ;; SiLU in place, and another tensor added.
  (func (export "siluAdd") (param $at i32) (param $other i32) (param $length i32)
    (local $end i32) (local $whole i32) ${LOCALS}
    ${ENDS}
    ${below(
      'whole',
      set('x', '(v128.load (local.get $at))'),
      silu('x'),
      `(v128.store (local.get $at) ${add(get('x'), '(v128.load (local.get $other))')})`,
      step('at', 16),
      step('other', 16),
    )}
    ${below(
      'end',
      set('x', '(v128.load32_splat (local.get $at))'),
      silu('x'),
      `(v128.store32_lane 0 (local.get $at) ${add(get('x'), '(v128.load32_splat (local.get $other))')})`,
      step('at', 4),
      step('other', 4),
    )})

  ;; One pixel's channels.
  (func $copyPixel (param $at i32) (param $to i32) (param $length i32)
    (local $end i32) (local $whole i32)
    ${ENDS}
    ${below('whole', '(v128.store (local.get $to) (v128.load (local.get $at)))', step('at', 16), step('to', 16))}
    ${below('end', '(i32.store (local.get $to) (i32.load (local.get $at)))', step('at', 4), step('to', 4))})

  ;; Copies pixels of length bytes to places step bytes apart: one input of a concatenation along channels.
  (func (export "spread") (param $from i32) (param $to i32) (param $pixels i32) (param $length i32) (param $step i32)
    (block $done (loop $next
      (br_if $done (i32.eqz (local.get $pixels)))
      (call $copyPixel (local.get $from) (local.get $to) (local.get $length))
      (local.set $from (i32.add (local.get $from) (local.get $length)))
      (local.set $to (i32.add (local.get $to) (local.get $step)))
      (local.set $pixels (i32.sub (local.get $pixels) (i32.const 1)))
      (br $next))))

  ;; The same with every pixel doubled both ways (nearest-neighbour enlargement by 2).
  (func (export "spreadDoubled")
    (param $from i32) (param $to i32) (param $rows i32) (param $columns i32) (param $length i32) (param $step i32)
    (local $x i32) (local $below i32)
    (block $done (loop $nextRow
      (br_if $done (i32.eqz (local.get $rows)))
      (local.set $x (local.get $columns))
      (local.set $below (i32.add (local.get $to)
        (i32.mul (i32.mul (local.get $columns) (i32.const 2)) (local.get $step))))
      (block $rowDone (loop $nextPixel
        (br_if $rowDone (i32.eqz (local.get $x)))
        (call $copyPixel (local.get $from) (local.get $to) (local.get $length))
        (call $copyPixel (local.get $from) (i32.add (local.get $to) (local.get $step)) (local.get $length))
        (call $copyPixel (local.get $from) (local.get $below) (local.get $length))
        (call $copyPixel (local.get $from) (i32.add (local.get $below) (local.get $step)) (local.get $length))
        (local.set $from (i32.add (local.get $from) (local.get $length)))
        (local.set $to (i32.add (local.get $to) (i32.mul (local.get $step) (i32.const 2))))
        (local.set $below (i32.add (local.get $below) (i32.mul (local.get $step) (i32.const 2))))
        (local.set $x (i32.sub (local.get $x) (i32.const 1)))
        (br $nextPixel)))
      (local.set $to (local.get $below))
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (br $nextRow)))))
`;
