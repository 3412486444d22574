/**
 * Source of the WASM kernels, in WebAssembly text: the three passes over memory that tfjs' WASM backend makes slowly, on its
 * own memory. Not part of the site: `npm run assemble-kernels` makes
 * `silu-binary.ts` of it.
 *
 * All pointers and lengths are in bytes unless said otherwise.
 */
import { add, exponential, f32, get, set, step, TFJS_MEMORY, type WatModule } from '@/lib/kernels/wat';

/**
 * Replaces local `$x` (four values) by x / (1 + e^−x), with locals `$n` and `$r` for its use.
 *
 * t = −x = n ln 2 + r, so e^t = 2ⁿ e^r. Beyond ±87 single precision has run out of exponents: there the result is x, or so
 * near 0 that x need not be exact. `pmin` and `pmax` pass NaN on in the order used, and are one instruction each.
 */
const silu = (x: string) => `
  ${set(x, `(f32x4.pmax ${get(x)} ${f32(-87)})`)}
  ${set('r', `(f32x4.pmin ${get(x)} ${f32(87)})`)}
  ${exponential(-1)}
  ${set(x, `(f32x4.div ${get(x)} ${add(get('n'), f32(1))})`)}`;

const LOCALS = '(local $x v128) (local $n v128) (local $r v128) (local $s v128)';

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

const TEXT = `
(module
  ${TFJS_MEMORY}

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

export const MODULE: WatModule = { text: TEXT, memory: 'tfjs' };
