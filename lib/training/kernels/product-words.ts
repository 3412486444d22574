/**
 * The matrix product in WebAssembly text: out = A B for operands that may each lie turned. Not part of the site: sources beside this
 * are put together from it. How it is done: `tiles.ts`.
 *
 * The inner sum runs in order, in pieces of INNER; so by separate products and sums the result is the same to the last bit on every
 * machine.
 */
import { atMost, get, i32, less, type MultiplyAdd, set, whileLeft } from '@/lib/kernels/wat';
import { BLOCK, INNER, ROWS, STRIP_AT, tiles } from './tiles';

const PARAMETERS = [
  'a',
  'aAcross',
  'aAlong',
  'b',
  'bAcross',
  'bAlong',
  'out',
  'rows',
  'inner',
  'columns',
  'scratch',
];

/** Of `$multiply`, without the last. */
export const PRODUCT_PARAMETERS = PARAMETERS.map((name) => `(param $${name} i32)`).join(' ');
/** Multiplies what an exported function of these parameters was given. */
export const multiply = (add: string) => `(call $multiply ${PARAMETERS.map(get).join(' ')} ${add})`;

/** `$multiply`, with what it calls. SCRATCH_BYTES of memory at `$scratch` are its own. */
export const product = (multiplyAdd: MultiplyAdd) => `
  ${tiles(multiplyAdd)}

  ;; A block of out: all rows, up to BLOCK columns, INNER terms.
  (func $block (param $a i32) (param $across i32) (param $along i32) (param $length i32)
    (param $out i32) (param $stride i32) (param $rows i32) (param $columns i32) (param $more i32) (param $scratch i32)
    (local $packed i32)
    ${set('packed', `(i32.add ${get('scratch')} ${i32(STRIP_AT)})`)}
    ${whileLeft(
      'rows',
      `(call $four ${get('a')} ${get('across')} ${get('along')} ${get('packed')} ${i32(ROWS * 4)} ${get('rows')} ${get('length')})`,
      `(call $strip ${get('packed')} ${get('scratch')} ${get('length')} ${get('out')} ${get('stride')} ${get('more')}
        ${get('rows')} ${get('columns')} ${get('scratch')})`,
      set('a', `(i32.add ${get('a')} (i32.mul ${get('across')} ${i32(ROWS)}))`),
      set('out', `(i32.add ${get('out')} (i32.mul ${get('stride')} ${i32(ROWS)}))`),
      less('rows', ROWS),
    )})

  ;; out, rows × columns, from A, rows × inner, and B, inner × columns; added to what lies there already, or not. Writes nothing
  ;; where inner is 0.
  (func $multiply ${PRODUCT_PARAMETERS} (param $add i32)
    (local $aAt i32) (local $bAt i32) (local $left i32) (local $length i32) (local $width i32) (local $stride i32)
    ${set('stride', `(i32.shl ${get('columns')} (i32.const 2))`)}
    ${whileLeft(
      'columns',
      set('width', atMost(get('columns'), BLOCK)),
      set('aAt', get('a')),
      set('bAt', get('b')),
      set('left', get('inner')),
      whileLeft(
        'left',
        set('length', atMost(get('left'), INNER)),
        `(call $panels ${get('bAt')} ${get('bAcross')} ${get('bAlong')} ${get('scratch')} ${get('width')} ${get('length')})`,
        `(call $block ${get('aAt')} ${get('aAcross')} ${get('aAlong')} ${get('length')} ${get('out')} ${get('stride')}
          ${get('rows')} ${get('width')} (i32.or ${get('add')} (i32.ne ${get('left')} ${get('inner')})) ${get('scratch')})`,
        set('aAt', `(i32.add ${get('aAt')} (i32.mul ${get('aAlong')} ${get('length')}))`),
        set('bAt', `(i32.add ${get('bAt')} (i32.mul ${get('bAlong')} ${get('length')}))`),
        set('left', `(i32.sub ${get('left')} ${get('length')})`),
      ),
      set('b', `(i32.add ${get('b')} (i32.mul ${get('bAcross')} ${get('width')}))`),
      set('out', `(i32.add ${get('out')} (i32.shl ${get('width')} (i32.const 2)))`),
      set('columns', `(i32.sub ${get('columns')} ${get('width')})`),
    )})`;
