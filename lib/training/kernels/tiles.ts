/**
 * Words for kernels that multiply by tiles, in WebAssembly text. Not part of the site: sources beside this are put together from
 * them.
 *
 * The algorithm is that of Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (ACM TOMS 34, 2008). A
 * tile of 4 × 8 sums stays in registers while the inner sum runs: each step loads 4 + 8 numbers and makes 32 products of
 * them. What a tile reads is packed before, so that it lies one number after another: of A strips of 4 rows, of B panels of
 * 8 columns. A panel is used by all strips, a strip by all panels of its block. Packing is also where an operand is turned, and where
 * its edge is met: no number beyond it is read, and what then stands in the unused part of a strip or a panel goes to sums that
 * nobody looks at.
 *
 * An operand is told by where it begins and by two distances: `across` from one row of A (column of B) to the next, `along`
 * from one term of the inner sum to the next. One of the two is 4, the size of a number. All pointers and distances are in bytes,
 * counts are in numbers.
 */
import {
  atMost,
  get,
  i32,
  less,
  load,
  type MultiplyAdd,
  move,
  pick,
  range,
  set,
  step,
  whileLeft,
} from '@/lib/kernels/wat';

/** Rows and columns of a tile: its sums, with what a step needs, fill the 16 registers of x86. */
export const ROWS = 4;
export const COLUMNS = 8;
/** Terms of the inner sum at a time: a strip and a panel of them stay in the nearest cache. */
export const INNER = 256;
/** Columns of B at a time: their panels stay in the next cache. */
export const BLOCK = 256;

/** Where the parts of the scratch begin, and how many bytes there are of it. */
export const STRIP_AT = BLOCK * INNER * 4;
const TILE_AT = STRIP_AT + ROWS * INNER * 4;
export const SCRATCH_BYTES = TILE_AT + ROWS * COLUMNS * 4;

/** Sums of a tile: row r, columns 4h to 4h + 3. */
const sum = (r: number, h: number) => `s${r}${h}`;
const eachSum = (make: (r: number, h: number) => string) =>
  range(ROWS)
    .flatMap((r) => range(COLUMNS / 4).map((h) => make(r, h)))
    .join('\n    ');

/** One term of the inner sum, the `t`-th of an unrolled group. */
const term = (t: number, multiplyAdd: MultiplyAdd) => `
    ${range(COLUMNS / 4)
      .map((h) => set(`b${h}`, load('panel', (t * COLUMNS + 4 * h) * 4)))
      .join('\n    ')}
    ${range(ROWS)
      .map(
        (r) => `${set('a', `(v128.load32_splat offset=${(t * ROWS + r) * 4} ${get('strip')})`)}
    ${range(COLUMNS / 4)
      .map((h) => set(sum(r, h), multiplyAdd(get('a'), get(`b${h}`), get(sum(r, h)))))
      .join('\n    ')}`,
      )
      .join('\n    ')}`;

const terms = (count: number, multiplyAdd: MultiplyAdd) => `
    ${range(count)
      .map((t) => term(t, multiplyAdd))
      .join('')}
    ${step('strip', count * ROWS * 4)}
    ${step('panel', count * COLUMNS * 4)}
    ${less('left', count)}`;

/** The same with each row of the tile in turn; `$row` is where it lies. */
const eachRow = (make: (r: number, h: number) => string) =>
  range(ROWS)
    .map(
      (r) =>
        `${range(COLUMNS / 4)
          .map((h) => make(r, h))
          .join('\n    ')}\n    ${move('row', 'stride')}`,
    )
    .join('\n    ');

const TRANSPOSED = [
  // Pairs of rows interleaved, then pairs of pairs.
  ['t0', 'r0', 'r1', [0, 4, 1, 5]],
  ['t1', 'r2', 'r3', [0, 4, 1, 5]],
  ['t2', 'r0', 'r1', [2, 6, 3, 7]],
  ['t3', 'r2', 'r3', [2, 6, 3, 7]],
  ['r0', 't0', 't1', [0, 1, 4, 5]],
  ['r1', 't0', 't1', [2, 3, 6, 7]],
  ['r2', 't2', 't3', [0, 1, 4, 5]],
  ['r3', 't2', 't3', [2, 3, 6, 7]],
] as const;

/** $four and $panels pack, $strip multiplies; with what they call. */
export const tiles = (multiplyAdd: MultiplyAdd) => `
  ;; A tile: the sums of a strip and a panel, left terms long, added to what lies there already, or not.
  (func $tile (param $strip i32) (param $panel i32) (param $left i32) (param $to i32) (param $stride i32) (param $more i32)
    (local $row i32) (local $a v128) ${range(COLUMNS / 4)
      .map((h) => `(local $b${h} v128)`)
      .join(' ')}
    ${eachSum((r, h) => `(local $${sum(r, h)} v128)`)}
    (if ${get('more')} (then
    ${set('row', get('to'))}
    ${eachRow((r, h) => set(sum(r, h), load('row', 16 * h)))}))
    (block $few (loop $four
      (br_if $few (i32.lt_s ${get('left')} (i32.const 4)))
      ${terms(4, multiplyAdd)}
      (br $four)))
    ${whileLeft('left', terms(1, multiplyAdd))}
    ${set('row', get('to'))}
    ${eachRow((r, h) => `(v128.store offset=${16 * h} ${get('row')} ${get(sum(r, h))})`)})

  ;; A tile at the edge: into the scratch, and from there what is inside.
  (func $edge (param $strip i32) (param $panel i32) (param $length i32) (param $to i32) (param $stride i32) (param $more i32)
    (param $rows i32) (param $columns i32) (param $scratch i32)
    (local $from i32) (local $at i32) (local $inRow i32) (local $left i32)
    ${set('from', `(i32.add ${get('scratch')} ${i32(TILE_AT)})`)}
    (call $tile ${get('strip')} ${get('panel')} ${get('length')} ${get('from')} ${i32(COLUMNS * 4)} (i32.const 0))
    ${whileLeft(
      'rows',
      set('inRow', get('from')),
      set('at', get('to')),
      set('left', get('columns')),
      whileLeft(
        'left',
        `(f32.store ${get('at')} (if (result f32) ${get('more')}
          (then (f32.add (f32.load ${get('at')}) (f32.load ${get('inRow')})))
          (else (f32.load ${get('inRow')}))))`,
        step('inRow', 4),
        step('at', 4),
        less('left', 1),
      ),
      step('from', COLUMNS * 4),
      move('to', 'stride'),
      less('rows', 1),
    )})

  ;; One row of A (column of B) into a strip (panel).
  (func $single (param $from i32) (param $along i32) (param $to i32) (param $step i32) (param $left i32)
    ${whileLeft('left', `(i32.store ${get('to')} (i32.load ${get('from')}))`, move('from', 'along'), move('to', 'step'), less('left', 1))})

  ;; Four of them that lie beside each other.
  (func $beside (param $from i32) (param $along i32) (param $to i32) (param $step i32) (param $left i32)
    ${whileLeft('left', `(v128.store ${get('to')} (v128.load ${get('from')}))`, move('from', 'along'), move('to', 'step'), less('left', 1))})

  ;; Four of them, each of one piece: turned four terms at a time.
  (func $turned (param $from i32) (param $across i32) (param $to i32) (param $step i32) (param $left i32)
    (local $from1 i32) (local $from2 i32) (local $from3 i32)
    ${range(4)
      .map((r) => `(local $r${r} v128) (local $t${r} v128)`)
      .join(' ')}
    ${set('from1', `(i32.add ${get('from')} ${get('across')})`)}
    ${set('from2', `(i32.add ${get('from1')} ${get('across')})`)}
    ${set('from3', `(i32.add ${get('from2')} ${get('across')})`)}
    (block $few (loop $four
      (br_if $few (i32.lt_s ${get('left')} (i32.const 4)))
      ${['from', 'from1', 'from2', 'from3'].map((from, r) => set(`r${r}`, load(from, 0))).join('\n      ')}
      ${TRANSPOSED.map(([to, a, b, lanes]) => set(to, pick(lanes, get(a), get(b)))).join('\n      ')}
      ${range(4)
        .map((r) => `(v128.store ${get('to')} ${get(`r${r}`)}) ${move('to', 'step')}`)
        .join('\n      ')}
      ${['from', 'from1', 'from2', 'from3'].map((from) => step(from, 16)).join('\n      ')}
      ${less('left', 4)}
      (br $four)))
    ${['from', 'from1', 'from2', 'from3']
      .map(
        (from, r) =>
          `(call $single ${get(from)} (i32.const 4) (i32.add ${get('to')} ${i32(4 * r)}) ${get('step')} ${get('left')})`,
      )
      .join('\n    ')})

  ;; Up to four of them: count are there.
  (func $four (param $from i32) (param $across i32) (param $along i32) (param $to i32) (param $step i32) (param $count i32) (param $length i32)
    (if (i32.ge_s ${get('count')} (i32.const 4)) (then
      (if (i32.eq ${get('across')} (i32.const 4))
        (then (call $beside ${get('from')} ${get('along')} ${get('to')} ${get('step')} ${get('length')}))
        (else (call $turned ${get('from')} ${get('across')} ${get('to')} ${get('step')} ${get('length')})))
      (return)))
    ${whileLeft(
      'count',
      `(call $single ${get('from')} ${get('along')} ${get('to')} ${get('step')} ${get('length')})`,
      move('from', 'across'),
      step('to', 4),
      less('count', 1),
    )})

  ;; Columns of B into panels, one after the other.
  (func $panels (param $from i32) (param $across i32) (param $along i32) (param $to i32) (param $columns i32) (param $length i32)
    (local $half i32)
    ${whileLeft(
      'columns',
      range(COLUMNS / 4)
        .map(
          () => `(call $four ${get('from')} ${get('across')} ${get('along')} (i32.add ${get('to')} ${get('half')}) ${i32(COLUMNS * 4)} ${get('columns')} ${get('length')})
      ${set('from', `(i32.add ${get('from')} (i32.shl ${get('across')} (i32.const 2)))`)}
      ${less('columns', 4)}
      ${set('half', `(i32.xor ${get('half')} (i32.const 16))`)}`,
        )
        .join('\n      '),
      set('to', `(i32.add ${get('to')} (i32.mul ${get('length')} ${i32(COLUMNS * 4)}))`),
    )})

  ;; A strip against panels that lie one after the other: up to ROWS rows of out, columns wide.
  (func $strip (param $strip i32) (param $panel i32) (param $length i32) (param $to i32) (param $stride i32) (param $more i32)
    (param $rows i32) (param $columns i32) (param $scratch i32)
    ${whileLeft(
      'columns',
      `(if (i32.and (i32.ge_s ${get('rows')} ${i32(ROWS)}) (i32.ge_s ${get('columns')} ${i32(COLUMNS)}))
        (then (call $tile ${get('strip')} ${get('panel')} ${get('length')} ${get('to')} ${get('stride')} ${get('more')}))
        (else (call $edge ${get('strip')} ${get('panel')} ${get('length')} ${get('to')} ${get('stride')} ${get('more')}
          ${atMost(get('rows'), ROWS)} ${atMost(get('columns'), COLUMNS)} ${get('scratch')})))`,
      set('panel', `(i32.add ${get('panel')} (i32.mul ${get('length')} ${i32(COLUMNS * 4)}))`),
      step('to', COLUMNS * 4),
      less('columns', COLUMNS),
    )})`;
