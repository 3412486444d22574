/**
 * Source of the kernel gradients of a convolution, one example after another, in WebAssembly text, on the memory of tfjs. Not
 * part of the site: `npm run assemble-kernels` makes `conv-gradients-binary.ts` of it. How it multiplies: `tiles.ts`.
 *
 * With Uᵢ [P, K] the windows of example i, a 1 after each for the bias, and Zᵢ [P, M] the gradient at the output, its own gradient is
 * Gᵢ = Uᵢᵀ Zᵢ [K + 1, M]. Windows are never unfolded: a strip of four numbers of every window is packed straight from the
 * picture, where they lie beside each other. So Gᵢ costs what its products cost, whether it is kept, added to a sum, or
 * only measured: ‖Gᵢ‖² is taken of it while it is still in the cache, in double.
 */
import {
  add,
  atMost,
  get,
  i32,
  less,
  move,
  mul,
  SEPARATE,
  set,
  step,
  TFJS_MEMORY,
  type WatModule,
  whileLeft,
} from '@/lib/kernels/wat';
import { COLUMNS, INNER, ROWS, SCRATCH_BYTES, STRIP_AT, tiles } from './tiles';

/** Strips of ones, for the bias. */
const ONES_AT = SCRATCH_BYTES;

const TEXT = `
(module
  ${TFJS_MEMORY}

  ;; What convGradients wants for itself, and the most places and filters at a time.
  (global (export "scratchBytes") i32 ${i32(ONES_AT + ROWS * INNER * 4)})
  (global (export "mostColumns") i32 ${i32(INNER)})

  ${tiles(SEPARATE)}

  (func $ones (param $to i32) (param $left i32)
    ${whileLeft('left', `(v128.store ${get('to')} (v128.const f32x4 1 1 1 1))`, step('to', 16), less('left', 1))})

  ;; Panels times a number.
  (func $scale (param $at i32) (param $left i32) (param $factor f32)
    (local $factors v128)
    ${set('factors', `(f32x4.splat ${get('factor')})`)}
    ${whileLeft(
      'left',
      `(v128.store ${get('at')} (f32x4.mul (v128.load ${get('at')}) ${get('factors')}))`,
      step('at', 16),
      less('left', 4),
    )})

  ;; The sum of squares, in double.
  (func $squares (param $at i32) (param $left i32) (result f32)
    (local $x v128) (local $low v128) (local $high v128) (local $rest f64)
    (block $few (loop $four
      (br_if $few (i32.lt_s ${get('left')} (i32.const 4)))
      ${set('x', `(v128.load ${get('at')})`)}
      ${set('x', `(f32x4.mul ${get('x')} ${get('x')})`)}
      ${set('low', `(f64x2.add ${get('low')} (f64x2.promote_low_f32x4 ${get('x')}))`)}
      ${set('x', `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${get('x')} ${get('x')})`)}
      ${set('high', `(f64x2.add ${get('high')} (f64x2.promote_low_f32x4 ${get('x')}))`)}
      ${step('at', 16)}
      ${less('left', 4)}
      (br $four)))
    ${whileLeft(
      'left',
      set(
        'rest',
        `(f64.add ${get('rest')} (f64.promote_f32 (f32.mul (f32.load ${get('at')}) (f32.load ${get('at')}))))`,
      ),
      step('at', 4),
      less('left', 1),
    )}
    ${set('low', `(f64x2.add ${get('low')} ${get('high')})`)}
    (f32.demote_f64 (f64.add ${get('rest')}
      (f64.add (f64x2.extract_lane 0 ${get('low')}) (f64x2.extract_lane 1 ${get('low')})))))

  ;; Four numbers of the windows of some rows of places, from where the first window has them.
  (func $windows (param $from i32) (param $alongX i32) (param $alongY i32) (param $to i32) (param $count i32)
    (param $rows i32) (param $columns i32)
    ${whileLeft(
      'rows',
      `(call $four ${get('from')} (i32.const 4) ${get('alongX')} ${get('to')} ${i32(ROWS * 4)} ${get('count')} ${get('columns')})`,
      move('from', 'alongY'),
      set('to', `(i32.add ${get('to')} (i32.mul ${get('columns')} ${i32(ROWS * 4)}))`),
      less('rows', 1),
    )})

  ;; out = the sum of rows, size numbers each, each times its factor.
  (func (export "weightedSum") (param $rows i32) (param $factors i32) (param $out i32) (param $count i32) (param $size i32)
    (local $at i32) (local $left i32) (local $factor v128)
    (memory.fill ${get('out')} (i32.const 0) (i32.shl ${get('size')} (i32.const 2)))
    ${whileLeft(
      'count',
      set('factor', `(v128.load32_splat ${get('factors')})`),
      set('at', get('out')),
      set('left', get('size')),
      `(block $few (loop $four
        (br_if $few (i32.lt_s ${get('left')} (i32.const 4)))
        (v128.store ${get('at')} ${add(`(v128.load ${get('at')})`, mul(get('factor'), `(v128.load ${get('rows')})`))})
        ${step('at', 16)}
        ${step('rows', 16)}
        ${less('left', 4)}
        (br $four)))`,
      whileLeft(
        'left',
        `(f32.store ${get('at')} (f32.add (f32.load ${get('at')})
          (f32.mul (f32.load ${get('factors')}) (f32.load ${get('rows')}))))`,
        step('at', 4),
        step('rows', 4),
        less('left', 1),
      ),
      step('factors', 4),
      less('count', 1),
    )})

  ;; The gradients of pictures x at the kernel, row after row: group rows are added up in one place, then comes the next, outStep
  ;; further on. Where norms are asked for, that many squared lengths. A row counts factors-fold where there are factors.
  ;; A picture has rowBytes a row; from one place to the next it is alongX, one row of places down alongY. A window has height rows
  ;; of span numbers. columns is at most mostColumns, filters too.
  (func (export "convGradients")
    (param $x i32) (param $z i32) (param $factors i32) (param $out i32) (param $outStep i32) (param $norms i32)
    (param $pictures i32) (param $group i32)
    (param $pictureBytes i32) (param $rowBytes i32) (param $alongX i32) (param $alongY i32)
    (param $height i32) (param $span i32) (param $rows i32) (param $columns i32)
    (param $filters i32) (param $bias i32) (param $scratch i32)
    (local $inGroup i32) (local $more i32) (local $stride i32) (local $packed i32)
    (local $corner i32) (local $left i32) (local $some i32) (local $length i32)
    (local $window i32) (local $down i32) (local $from i32) (local $to i32) (local $inSpan i32)
    ${set('stride', `(i32.shl ${get('filters')} (i32.const 2))`)}
    ${set('packed', `(i32.add ${get('scratch')} ${i32(STRIP_AT)})`)}
    (call $ones (i32.add ${get('scratch')} ${i32(ONES_AT)}) ${i32(INNER)})
    ${whileLeft(
      'pictures',
      set('more', `(i32.ne ${get('inGroup')} (i32.const 0))`),
      set('corner', get('x')),
      set('left', get('rows')),
      whileLeft(
        'left',
        // As many rows of places as fit into a strip.
        set('some', `(i32.div_u ${i32(INNER)} ${get('columns')})`),
        set('some', `(select ${get('left')} ${get('some')} (i32.lt_s ${get('left')} ${get('some')}))`),
        set('length', `(i32.mul ${get('some')} ${get('columns')})`),
        `(call $panels ${get('z')} (i32.const 4) ${get('stride')} ${get('scratch')} ${get('filters')} ${get('length')})`,
        `(if ${get('factors')} (then (call $scale ${get('scratch')}
          (i32.mul (i32.and (i32.add ${get('filters')} ${i32(COLUMNS - 1)}) ${i32(-COLUMNS)}) ${get('length')})
          (f32.load ${get('factors')}))))`,
        set('to', get('out')),
        set('window', get('corner')),
        set('down', get('height')),
        whileLeft(
          'down',
          set('from', get('window')),
          set('inSpan', get('span')),
          whileLeft(
            'inSpan',
            `(call $windows ${get('from')} ${get('alongX')} ${get('alongY')} ${get('packed')} ${get('inSpan')} ${get('some')} ${get('columns')})`,
            `(call $strip ${get('packed')} ${get('scratch')} ${get('length')} ${get('to')} ${get('stride')} ${get('more')}
              ${get('inSpan')} ${get('filters')} ${get('scratch')})`,
            step('from', ROWS * 4),
            set('to', `(i32.add ${get('to')} (i32.mul ${get('stride')} ${atMost(get('inSpan'), ROWS)}))`),
            less('inSpan', ROWS),
          ),
          move('window', 'rowBytes'),
          less('down', 1),
        ),
        `(if ${get('bias')} (then (call $strip (i32.add ${get('scratch')} ${i32(ONES_AT)}) ${get('scratch')} ${get('length')}
          ${get('to')} ${get('stride')} ${get('more')} (i32.const 1) ${get('filters')} ${get('scratch')})))`,
        set('more', '(i32.const 1)'),
        set('corner', `(i32.add ${get('corner')} (i32.mul ${get('some')} ${get('alongY')}))`),
        set('z', `(i32.add ${get('z')} (i32.mul ${get('length')} ${get('stride')}))`),
        set('left', `(i32.sub ${get('left')} ${get('some')})`),
      ),
      move('x', 'pictureBytes'),
      `(if ${get('factors')} (then ${step('factors', 4)}))`,
      step('inGroup', 1),
      `(if (i32.eq ${get('inGroup')} ${get('group')}) (then
        ${set('inGroup', '(i32.const 0)')}
        (if ${get('norms')} (then
          (f32.store ${get('norms')} (call $squares ${get('out')}
            (i32.mul ${get('filters')} (i32.add ${get('bias')} (i32.mul ${get('height')} ${get('span')})))))
          ${step('norms', 4)}))
        ${move('out', 'outStep')}))`,
      less('pictures', 1),
    )}))
`;

export const MODULE: WatModule = { text: TEXT, memory: 'tfjs' };
