/**
 * Source of the WebAssembly kernel of Gabor features. Not part of the site: `npm run assemble-kernels` makes
 * `gabor-binary.ts` of it. What it computes is said in plain words in `plain-gabor.ts`; here the same four pixels at a time.
 *
 *   halve:   the digit as floats, and the picture of half its side.
 *   rows:    of each row of a picture the even and the odd part of four waves along it, and the Gaussian.
 *   columns: from those, down the columns, the moduli of the eight waves. The picture's own go to a grid of 14 rows, two rows of
 *            pixels to one of the grid, still 28 columns wide; those of the half picture fill a grid of 14 × 14.
 *   gather:  first order: means over windows of four rows of the grid, every two, and of eight or four columns. The windows of a row of
 *            places are first added up downwards, then across for four channels at once.
 *   fold:    second order: the grid of one fine wave becomes a half picture, and goes through rows and columns as that did.
 *   second:  means over 4 × 4 windows of what came out, four windows of a row at once.
 *
 * All planes have a margin of zeros, so that nothing asks where the edge is. Pixels are taken as 0 … 255: normalising takes any
 * scale out.
 */
import { add, f32, get, i32, mul, set, step, sub, type WatModule } from '@/lib/kernels/wat';
import {
  BELL,
  CHANNELS,
  DIRECTIONS,
  FIRST_WIDTH,
  OFFSETS,
  PLACES,
  RADIUS,
  SECOND_GAIN,
  SECOND_PLACES,
  SECOND_WIDTH,
  SECOND_WINDOWS,
  SOFTENING,
  type Taps,
  WAVES,
} from '../gabor-waves';
import { featureModule, greys, load, pick, repeat, SIDE, store, sumsAcross } from './words';

const GRID = SIDE / 2;
/** Rows of zeros above and below a grid: windows at the edge are smaller. */
const GRID_ROWS = GRID + 2;
const MARGIN = 16;

/** A place for so many bytes of scratch. */
let scratch = 0;
const reserve = (bytes: number) => {
  scratch += bytes;
  return scratch - bytes;
};

/** The digit, and its half: four numbers of margin at both ends of a row. */
const PICTURE_ROW = 4 * SIDE + 2 * MARGIN;
const PICTURE = reserve(SIDE * PICTURE_ROW);
/** Rows of 14, rounded up to 16. */
const HALF_ROW = 4 * 16 + 2 * MARGIN;
const HALF_GRID = GRID_ROWS * HALF_ROW;
/** The half picture, and then the grids of its eight waves, all of one form. */
const HALF = reserve((1 + DIRECTIONS) * HALF_GRID);
const FINE_ROW = 4 * SIDE;
const FINE_GRID = GRID_ROWS * FINE_ROW;
const FINE = reserve(DIRECTIONS * FINE_GRID);
/** Windows of one row of places, added up downwards: a row each of the eight fine channels, and of the eight others. */
const FINE_WINDOWS = reserve(DIRECTIONS * PICTURE_ROW);
const HALF_WINDOWS = reserve(DIRECTIONS * HALF_ROW);

/** What the rows of a picture give: five even planes (0° … 67.5° and the Gaussian), then four odd ones. */
interface Bank {
  readonly name: string;
  readonly rows: number;
  readonly vectors: number;
  /** Where the picture's first pixel lies, and the bytes of a row. */
  readonly picture: number;
  readonly pictureRow: number;
  readonly planes: number;
}
const EVEN = 5;
const PLANES = 9;
const bank = (name: string, rows: number, vectors: number, picture: number, pictureRow: number): Bank => ({
  ...{ name, rows, vectors, picture, pictureRow },
  planes: reserve(PLANES * (rows + 2 * RADIUS) * 16 * vectors),
});
const fine = bank('Fine', SIDE, SIDE / 4, PICTURE + MARGIN, PICTURE_ROW);
const half = bank('Half', GRID, 4, HALF + HALF_ROW + MARGIN, HALF_ROW);

const planeAt = ({ rows, vectors, planes }: Bank, plane: number, row: number) =>
  planes + (plane * (rows + 2 * RADIUS) + RADIUS + row) * 16 * vectors;

const even = ([c0, c1, c2, c3]: Taps, [x0, x1, x2, x3]: readonly string[]) =>
  add(add(mul(x0!, f32(c0)), mul(x1!, f32(c1))), add(mul(x2!, f32(c2)), mul(x3!, f32(c3))));
const odd = ([, s1, s2, s3]: Taps, [, x1, x2, x3]: readonly string[]) =>
  add(add(mul(x1!, f32(s1)), mul(x2!, f32(s2))), mul(x3!, f32(s3)));

const locals = (...names: string[]) => names.map((name) => `(local $${name} v128)`).join(' ');
const DISTANCES = [1, 2, 3] as const;

/** One row of the half picture, at `$half`. @param two rows of pixels added up, four columns from a byte */
const halfRow = (two: (at: number) => string) =>
  Array.from(
    { length: 4 },
    // Sixteen numbers of fourteen: the last two are of the margin, zeros.
    (_, v) => `
      ${set('a', two(32 * v))}
      ${set('b', v < 3 ? two(32 * v + 16) : f32(0))}
      ${store('half', HALF + HALF_ROW + MARGIN + 16 * v, mul(add(pick([0, 2, 4, 6], get('a'), get('b')), pick([1, 3, 5, 7], get('a'), get('b'))), f32(1 / 4)))}`,
  ).join('');

const HALVE = `
  (func $halve (param $picture i32)
    (local $to i32) (local $half i32) ${locals('a', 'b')}
    ${repeat(
      'row',
      'to',
      i32(SIDE * PICTURE_ROW),
      ...Array.from({ length: SIDE / 4 }, (_, v) =>
        store('to', PICTURE + MARGIN + 16 * v, greys('picture', 4 * v)),
      ),
      step('picture', SIDE),
      step('to', PICTURE_ROW),
    )}
    ${set('to', i32(0))}
    ${repeat(
      'pair',
      'to',
      i32(SIDE * PICTURE_ROW),
      halfRow((at) =>
        add(load('to', PICTURE + MARGIN + at), load('to', PICTURE + MARGIN + PICTURE_ROW + at)),
      ),
      step('half', HALF_ROW),
      step('to', 2 * PICTURE_ROW),
    )})`;

const rows = (of: Bank) => {
  const pixel = (by: number) => load('at', of.picture + 4 * by);
  const sums = ['middle', 'sum1', 'sum2', 'sum3'].map(get);
  const differences = ['', 'difference1', 'difference2', 'difference3'].map((name) => name && get(name));
  return `
  (func $rows${of.name}
    (local $row i32) (local $at i32) (local $end i32) (local $to i32)
    ${locals('middle', ...DISTANCES.flatMap((d) => [`sum${d}`, `difference${d}`]))}
    ${repeat(
      'down',
      'row',
      i32(of.rows * of.pictureRow),
      set('at', get('row')),
      set('end', `(i32.add ${get('at')} ${i32(16 * of.vectors)})`),
      repeat(
        'along',
        'at',
        get('end'),
        set('middle', pixel(0)),
        ...DISTANCES.flatMap((d) => [
          set(`sum${d}`, add(pixel(d), pixel(-d))),
          set(`difference${d}`, sub(pixel(d), pixel(-d))),
        ]),
        ...WAVES.slice(0, 4).flatMap(({ cos, sin }, k) => [
          store('to', planeAt(of, k, 0), even(cos, sums)),
          store('to', planeAt(of, EVEN + k, 0), odd(sin, differences)),
        ]),
        store('to', planeAt(of, 4, 0), even(BELL, sums)),
        step('to', 16),
        step('at', 16),
      ),
      step('row', of.pictureRow),
    )})`;
};

/**
 * The moduli of four pixels, each handed to `keep`. a and b along the rows, c and s down the columns: the rising wave is
 * (a + ib)(c + is), the falling one (a − ib)(c + is).
 */
const moduli = (of: Bank, keep: (direction: number, modulus: string) => string) => {
  const value = (plane: number, row: number) => load('at', planeAt(of, plane, row));
  const pairs = (plane: number, join: typeof add, middle: string) => [
    middle,
    ...DISTANCES.map((d) => join(value(plane, d), value(plane, -d))),
  ];
  const evenOf = (plane: number, taps: Taps) => even(taps, pairs(plane, add, value(plane, 0)));
  const oddOf = (plane: number, taps: Taps) => odd(taps, pairs(plane, sub, ''));
  const length = (x: string, y: string) => `(f32x4.sqrt ${add(mul(x, x), mul(y, y))})`;
  const modulus = (k: number, x: string, y: string) => `
      ${set('x', x)}
      ${set('y', y)}
      ${keep(k, length(get('x'), get('y')))}`;
  const changes = (plane: number, taps: Taps, offset: number) =>
    sub(evenOf(plane, taps), mul(get('mean'), f32(offset)));
  // Along an axis one of the two waves is no wave, but a Gaussian: it has no odd part.
  return `
      ${set('mean', evenOf(4, BELL))}
      ${modulus(0, changes(0, BELL, OFFSETS[0]!), evenOf(EVEN, BELL))}
      ${modulus(4, changes(4, WAVES[0]!.cos, OFFSETS[4]!), oddOf(4, WAVES[0]!.sin))}
      ${[1, 2, 3]
        .map((k) => {
          const { cos, sin } = WAVES[4 - k]!;
          return `
      ${set('ac', changes(k, cos, OFFSETS[k]!))}
      ${set('as', oddOf(k, sin))}
      ${set('bc', evenOf(EVEN + k, cos))}
      ${set('bs', oddOf(EVEN + k, sin))}
      ${modulus(k, sub(get('ac'), get('bs')), add(get('as'), get('bc')))}
      ${modulus(8 - k, add(get('ac'), get('bs')), sub(get('as'), get('bc')))}`;
        })
        .join('')}`;
};

const MODULI_LOCALS = locals('mean', 'ac', 'as', 'bc', 'bs', 'x', 'y');

/** One row of pixels. Two go to one row of the grid: the upper begins it (`kept` is zeros), the lower is added. */
const COLUMNS_FINE = `
  (func $columnsFine (param $first i32) (param $to i32) (param $kept v128)
    (local $at i32) (local $end i32) ${MODULI_LOCALS}
    ${set('at', get('first'))}
    ${set('end', `(i32.add ${get('at')} ${i32(FINE_ROW)})`)}
    ${repeat(
      'along',
      'at',
      get('end'),
      moduli(fine, (k, modulus) => {
        const at = FINE + k * FINE_GRID + FINE_ROW;
        return store('to', at, add(`(v128.and ${load('to', at)} ${get('kept')})`, modulus));
      }),
      step('to', 16),
      step('at', 16),
    )})`;

const MODULI_FINE = `
  (func $moduliFine
    (local $at i32) (local $to i32)
    ${repeat(
      'pair',
      'at',
      i32(SIDE * FINE_ROW),
      `(call $columnsFine ${get('at')} ${get('to')} (v128.const i32x4 0 0 0 0))`,
      `(call $columnsFine (i32.add ${get('at')} ${i32(FINE_ROW)}) ${get('to')} (v128.const i32x4 -1 -1 -1 -1))`,
      step('to', FINE_ROW),
      step('at', 2 * FINE_ROW),
    )})`;

const COLUMNS_HALF = `
  (func $columnsHalf
    (local $at i32) (local $to i32) (local $end i32) ${MODULI_LOCALS}
    ${repeat(
      'down',
      'at',
      i32(GRID * 64),
      set('end', `(i32.add ${get('at')} ${i32(64)})`),
      repeat(
        'along',
        'at',
        get('end'),
        moduli(half, (k, modulus) => store('to', HALF + (1 + k) * HALF_GRID + HALF_ROW + MARGIN, modulus)),
        step('to', 16),
        step('at', 16),
      ),
      step('to', HALF_ROW - 64),
    )})`;

const softened = (means: string) =>
  sub(`(f32x4.sqrt ${add(means, f32(SOFTENING))})`, f32(Math.sqrt(SOFTENING)));

/** Four rows of a grid, added up. */
const fourRows = (at: number, row: number) => {
  const [a, b, c, d] = [0, 1, 2, 3].map((r) => load('at', at + r * row));
  return add(add(a!, b!), add(c!, d!));
};
const ONLY_TWO = '(v128.const i32x4 -1 -1 0 0)';

/** @param at of the first row of the windows, in the grids of the half picture and in those of the picture */
const ADD_DOWN = `
  (func $addDown (param $half i32) (param $fine i32)
    (local $at i32) (local $to i32)
    ${set('at', get('half'))}
    ${repeat(
      'halves',
      'to',
      i32(DIRECTIONS * HALF_ROW),
      ...[0, 1, 2, 3].map((v) => {
        const sum = fourRows(HALF + HALF_GRID + MARGIN + 16 * v, HALF_ROW);
        return store('to', HALF_WINDOWS + MARGIN + 16 * v, v < 3 ? sum : `(v128.and ${sum} ${ONLY_TWO})`);
      }),
      step('at', HALF_GRID),
      step('to', HALF_ROW),
    )}
    ${set('at', get('fine'))}
    ${set('to', i32(0))}
    ${repeat(
      'fines',
      'to',
      i32(DIRECTIONS * PICTURE_ROW),
      ...Array.from({ length: SIDE / 4 }, (_, v) =>
        store('to', FINE_WINDOWS + MARGIN + 16 * v, fourRows(FINE + 16 * v, FINE_ROW)),
      ),
      step('at', FINE_GRID),
      step('to', PICTURE_ROW),
    )})`;

/** A window of the picture begins two pixels before its place and is eight wide; one of the half picture: one, and four. */
const fineWindow = (k: number) => {
  const at = FINE_WINDOWS + k * PICTURE_ROW + MARGIN - 8;
  return add(load('fine', at), load('fine', at + 16));
};
const halfWindow = (channel: number) => load('half', HALF_WINDOWS + channel * HALF_ROW + MARGIN - 4);
const fourChannels = (window: (k: number) => string, first: number, out: number, scale: string) => `
      ${['a', 'b', 'c', 'd'].map((name, i) => set(name, window(first + i))).join('\n')}
      ${sumsAcross('a', 'b', 'c', 'd')}
      ${store('row', 4 * out, softened(mul(get('a'), scale)))}`;

/** Windows at an edge have three rows, or columns, in place of four. */
const share = (at: string, last: number) => `(select (f32.const ${1 / 3}) (f32.const ${1 / 4})
      (i32.or (i32.eqz ${get(at)}) (i32.eq ${get(at)} ${i32(last)})))`;

const GATHER = `
  (func $gather (param $row i32)
    (local $down i32) (local $half i32) (local $fine i32)
    ${locals('a', 'b', 'c', 'd', 'scale')}
    ${repeat(
      'places',
      'down',
      i32(PLACES),
      `(call $addDown
        (i32.mul ${get('down')} ${i32(2 * HALF_ROW)}) (i32.mul ${get('down')} ${i32(2 * FINE_ROW)}))`,
      set('half', i32(0)),
      set('fine', i32(0)),
      repeat(
        'along',
        'half',
        i32(8 * PLACES),
        set(
          'scale',
          `(f32x4.splat (f32.mul ${share('down', PLACES - 1)} ${share('half', 8 * (PLACES - 1))}))`,
        ),
        fourChannels(halfWindow, 0, DIRECTIONS, get('scale')),
        fourChannels(halfWindow, 4, DIRECTIONS + 4, get('scale')),
        // Four pixels to one of the grid.
        set('scale', mul(get('scale'), f32(1 / 4))),
        fourChannels(fineWindow, 0, 0, get('scale')),
        fourChannels(fineWindow, 4, 4, get('scale')),
        step('row', 4 * CHANNELS),
        step('fine', 16),
        step('half', 8),
      ),
      step('down', 1),
    )})`;

/** @param fine bytes from the grid of the first fine wave to that which is to be looked at */
const FOLD = `
  (func $fold (param $fine i32)
    (local $half i32) ${locals('a', 'b')}
    ${repeat(
      'down',
      'half',
      i32(GRID * HALF_ROW),
      halfRow((at) => load('fine', FINE + FINE_ROW + at)),
      step('half', HALF_ROW),
      step('fine', FINE_ROW),
    )})`;

/** The windows of all eight directions, to 8 × 4 × 4 numbers at `$row`. */
const SECOND = `
  (func $second (param $row i32)
    (local $at i32) ${locals('a', 'b', 'c', 'd')}
    ${repeat(
      'directions',
      'at',
      i32(DIRECTIONS * HALF_GRID),
      ...SECOND_WINDOWS.map((top, v) => {
        const first = HALF + HALF_GRID + (1 + top) * HALF_ROW + MARGIN;
        return `
      ${['a', 'b', 'c', 'd'].map((name, u) => set(name, fourRows(first + 4 * SECOND_WINDOWS[u]!, HALF_ROW))).join('\n')}
      ${sumsAcross('a', 'b', 'c', 'd')}
      ${store('row', 16 * v, softened(mul(get('a'), f32(SECOND_GAIN / 16))))}`;
      }),
      step('row', 4 * SECOND_PLACES ** 2),
      step('at', HALF_GRID),
    )})`;

/** The row from `$row`, once the grids of the first order are gathered: the half picture's give way. */
const SECOND_ORDER = `
  (func $secondOrder (param $row i32)
    (local $fine i32)
    ${repeat(
      'waves',
      'fine',
      i32(DIRECTIONS * FINE_GRID),
      `(call $fold ${get('fine')}) (call $rowsHalf) (call $columnsHalf) (call $second ${get('row')})`,
      step('row', (4 * SECOND_WIDTH) / DIRECTIONS),
      step('fine', FINE_GRID),
    )})`;

const FUNCTIONS = [
  ...[HALVE, rows(fine), rows(half), COLUMNS_FINE, COLUMNS_HALF, MODULI_FINE, ADD_DOWN, GATHER],
  ...[FOLD, SECOND, SECOND_ORDER],
];

export const MODULE: WatModule = {
  text: featureModule(
    FIRST_WIDTH + SECOND_WIDTH,
    scratch,
    FUNCTIONS.join('\n'),
    `(call $halve ${get('picture')})
      (call $rowsFine) (call $rowsHalf) (call $moduliFine) (call $columnsHalf)
      (call $gather ${get('row')}) (call $secondOrder (i32.add ${get('row')} ${i32(4 * FIRST_WIDTH)}))`,
  ),
  memory: 'own',
};
