/**
 * Source of the convolution on the memory of tfjs' WASM backend, in WebAssembly text. Not part of the site: `npm run
 * assemble-kernels` makes `convolution-binary.ts` of it.
 *
 * A convolution is a matrix product without the matrix (Chetlur et al. 2014, "cuDNN", section 3): a row of it is what one output
 * pixel sees. In a picture with its padding around it that lies in one piece for each row of the square, kernel width · inputs
 * numbers, whatever the kernel and the stride. So one loop serves every layer that sums over all inputs, and needs no more
 * than where each pixel's square begins.
 *
 * A tile of 6 pixels × 8 channels stays in registers while it is summed (Goto and van de Geijn, "Anatomy of high-performance
 * matrix multiplication", ACM TOMS 34, 2008): each term loads 6 + 8 numbers and makes 48 products of them. The filters of 8
 * channels are packed before, one term after another, and used by all tiles.
 *
 * All pointers and distances are in bytes, counts are in numbers.
 */
import {
  FUSED,
  f32,
  get,
  i32,
  less,
  load,
  type MultiplyAdd,
  move,
  mul,
  range,
  SEPARATE,
  set,
  splat,
  step,
  TFJS_MEMORY,
  type WatModule,
  whileLeft,
} from '@/lib/kernels/wat';

/** Pixels and channels of a tile: its sums, with what a term needs, fill the 16 registers of x86. */
const PIXELS = 6;
const CHANNELS = 8;
const HALVES = CHANNELS / 4;

const lines = (count: number, make: (i: number) => string) => range(count).map(make).join('\n    ');

const sum = (p: number, h: number) => `s${p}${h}`;
const eachSum = (make: (p: number, h: number) => string) =>
  lines(PIXELS, (p) => lines(HALVES, (h) => make(p, h)));

/** The next `count` terms of all sums of the tile. */
const terms = (count: number, multiplyAdd: MultiplyAdd) => `
    ${lines(
      count,
      (t) => `${lines(HALVES, (h) => set(`w${h}`, load('filters', (t * CHANNELS + 4 * h) * 4)))}
    ${lines(
      PIXELS,
      (p) => `${set('a', splat(`x${p}`, 4 * t))}
    ${lines(HALVES, (h) => set(sum(p, h), multiplyAdd(get('a'), get(`w${h}`), get(sum(p, h)))))}`,
    )}`,
    )}
    ${lines(PIXELS, (p) => step(`x${p}`, 4 * count))}
    ${step('filters', count * CHANNELS * 4)}
    ${less('left', count)}`;

const text = (multiplyAdd: MultiplyAdd) => `
(module
  ${TFJS_MEMORY}

  ;; A picture with zeros around it: each row of length bytes gets edge bytes on both sides, and there are empty rows above and below.
  (func (export "frame") (param $from i32) (param $to i32) (param $rows i32) (param $length i32) (param $edge i32) (param $empty i32)
    (memory.fill ${get('to')} (i32.const 0) ${get('empty')})
    ${move('to', 'empty')}
    ${whileLeft(
      'rows',
      `(memory.fill ${get('to')} (i32.const 0) ${get('edge')})`,
      move('to', 'edge'),
      `(memory.copy ${get('to')} ${get('from')} ${get('length')})`,
      move('from', 'length'),
      move('to', 'length'),
      `(memory.fill ${get('to')} (i32.const 0) ${get('edge')})`,
      move('to', 'edge'),
      less('rows', 1),
    )}
    (memory.fill ${get('to')} (i32.const 0) ${get('empty')}))

  ;; Where the squares of a picture's pixels begin: rows of them rowStep apart, width in a row, each pixelStep further. Returns where the
  ;; list ends.
  (func (export "places") (param $to i32) (param $x i32) (param $rows i32) (param $width i32) (param $rowStep i32) (param $pixelStep i32)
    (result i32)
    (local $at i32) (local $left i32)
    ${whileLeft(
      'rows',
      set('at', get('x')),
      set('left', get('width')),
      whileLeft(
        'left',
        `(i32.store ${get('to')} ${get('at')})`,
        step('to', 4),
        move('at', 'pixelStep'),
        less('left', 1),
      ),
      move('x', 'rowStep'),
      less('rows', 1),
    )}
    ${get('to')})

  ;; The filters of eight channels, or of the last four beside zeros, one term after another.
  (func $pack (param $from i32) (param $stride i32) (param $to i32) (param $terms i32) (param $whole i32)
    ${whileLeft(
      'terms',
      `(v128.store ${get('to')} ${load('from', 0)})`,
      `(v128.store offset=16 ${get('to')}
        (if (result v128) ${get('whole')} (then ${load('from', 16)}) (else ${f32(0)})))`,
      move('from', 'stride'),
      step('to', CHANNELS * 4),
      less('terms', 1),
    )})

  ;; One tile: squares of rows pieces, inner numbers each, rowStep apart. Of its pixels, count are wanted, and all channels or the first
  ;; four. Negative results are multiplied by slope.
  (func $tile (param $places i32) (param $filters i32) (param $bias i32) (param $out i32) (param $stride i32)
    (param $rows i32) (param $inner i32) (param $gap i32) (param $count i32) (param $whole i32) (param $slope f32)
    ${lines(PIXELS, (p) => `(local $x${p} i32)`)}
    (local $left i32) (local $a v128) ${lines(HALVES, (h) => `(local $w${h} v128)`)}
    ${eachSum((p, h) => `(local $${sum(p, h)} v128)`)}
    ${lines(PIXELS, (p) => set(`x${p}`, `(i32.load offset=${4 * p} ${get('places')})`))}
    ${lines(HALVES, (h) => `${set(`w${h}`, load('bias', 16 * h))}`)}
    ${eachSum((p, h) => set(sum(p, h), get(`w${h}`)))}
    ${whileLeft(
      'rows',
      set('left', get('inner')),
      `(block $few (loop $four
      (br_if $few (i32.lt_s ${get('left')} (i32.const 4)))
      ${terms(4, multiplyAdd)}
      (br $four)))`,
      whileLeft('left', terms(1, multiplyAdd)),
      lines(PIXELS, (p) => move(`x${p}`, 'gap')),
      less('rows', 1),
    )}
    ${set('a', `(f32x4.splat ${get('slope')})`)}
    ${eachSum((p, h) => set(sum(p, h), `(f32x4.pmax ${get(sum(p, h))} ${mul(get('a'), get(sum(p, h)))})`))}
    ${lines(
      PIXELS,
      (p) => `(if (i32.gt_s ${get('count')} ${i32(p)}) (then
      (v128.store ${get('out')} ${get(sum(p, 0))})
      (if ${get('whole')} (then (v128.store offset=16 ${get('out')} ${get(sum(p, 1))})))))
    ${move('out', 'stride')}`,
    )})

  ;; All pixels of a list of places, which goes on behind them to the end of a tile; columns channels, in fours. scratch holds the packed
  ;; filters of ${CHANNELS} channels and as many biases.
  (func (export "convolve") (param $places i32) (param $pixels i32) (param $filters i32) (param $bias i32) (param $out i32)
    (param $columns i32) (param $rows i32) (param $inner i32) (param $gap i32) (param $slope f32) (param $scratch i32)
    (local $stride i32) (local $whole i32) (local $packed i32) (local $at i32) (local $to i32) (local $left i32)
    ${set('stride', `(i32.shl ${get('columns')} (i32.const 2))`)}
    ${set('packed', `(i32.add ${get('scratch')} ${i32(CHANNELS * 4)})`)}
    ${whileLeft(
      'columns',
      set('whole', `(i32.ge_s ${get('columns')} ${i32(CHANNELS)})`),
      `(call $pack ${get('filters')} ${get('stride')} ${get('packed')} (i32.mul ${get('rows')} ${get('inner')}) ${get('whole')})`,
      `(call $pack ${get('bias')} (i32.const 0) ${get('scratch')} (i32.const 1) ${get('whole')})`,
      set('at', get('places')),
      set('to', get('out')),
      set('left', get('pixels')),
      whileLeft(
        'left',
        `(call $tile ${get('at')} ${get('packed')} ${get('scratch')} ${get('to')} ${get('stride')}
        ${get('rows')} ${get('inner')} ${get('gap')} ${get('left')} ${get('whole')} ${get('slope')})`,
        step('at', PIXELS * 4),
        set('to', `(i32.add ${get('to')} (i32.mul ${get('stride')} ${i32(PIXELS)}))`),
        less('left', PIXELS),
      ),
      step('filters', CHANNELS * 4),
      step('bias', CHANNELS * 4),
      step('out', CHANNELS * 4),
      less('columns', CHANNELS),
    )})

  ;; A list of places is as long as whole tiles: count of them.
  (global (export "tilePixels") i32 ${i32(PIXELS)})
  (global (export "tileChannels") i32 ${i32(CHANNELS)}))
`;

export const MODULE: WatModule = { text: text(SEPARATE), relaxed: text(FUSED), memory: 'tfjs' };
