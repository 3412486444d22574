/**
 * Source of the WebAssembly kernel of oriented gradients. Not part of the site: `npm run assemble-kernels` makes
 * `oriented-gradients-binary.ts` of it. What it computes is said in plain words in `plain-oriented-gradients.ts`.
 *
 * A row of a digit is seven vectors of four pixels, and a place of the grid is exactly one vector wide. So nothing is gathered
 * pixel by pixel: eight sums, one a direction, are kept for the four columns of a place, and their lanes are added at the end.
 *
 *   rows:    of each row of pixels, its Gaussian and its slope. Both filters are symmetric but for a sign: the pixels left and
 *            right of the middle are added, or subtracted, before they are weighed.
 *   columns: of each place and each of its four rows, ∂x (the slopes under a Gaussian) and ∂y (the Gaussians' slope). The four
 *            directions are ∂x, ∂x + ∂y, ∂y, ∂y − ∂x; what is positive goes to one sum, what is negative to that of the opposite
 *            direction. The scale of a filter can wait until the four rows are added: a maximum with 0 keeps it.
 *
 * Pixels are taken as 0 … 255: normalising takes any scale out.
 */
import { add, f32, get, i32, mul, set, step, sub, type WatModule } from '@/lib/kernels/wat';
import { BELL, RADIUS, SLOPE, STEER } from '../oriented-filters';
import { featureModule, greys, load, pick, repeat, SIDE, store, sumsAcross } from './words';

const VECTORS = SIDE / 4;
const WIDTH = VECTORS * VECTORS * 8;
const ROW = 4 * SIDE;
/** Two rows of zeros above and below each plane: what is beyond the edge counts as paper. */
const PLANE = (SIDE + 2 * RADIUS) * ROW;
const BELLS = 0;
const SLOPES = PLANE;

const bell = (t: number) => f32(BELL[RADIUS + t]!);
const slope = (t: number) => f32(SLOPE[RADIUS + t]!);
/** Weighed sums of the middle and of the pairs at distance 1 and 2. */
const symmetric = (middle: string, ones: [string, string], twos: [string, string]) =>
  add(add(mul(middle, bell(0)), mul(add(...ones), bell(1))), mul(add(...twos), bell(2)));
/** Of pairs [before, after]. */
const antisymmetric = (ones: [string, string], twos: [string, string]) =>
  add(mul(sub(ones[1], ones[0]), slope(1)), mul(sub(twos[1], twos[0]), slope(2)));

const pixels = (v: number) => (v < 0 || v >= VECTORS ? f32(0) : get(`p${v}`));
/** The four pixels that begin `by` to the right of vector v. */
const shifted = (v: number, by: number) => {
  const lanes = [0, 1, 2, 3];
  return by > 0
    ? pick(
        lanes.map((lane) => lane + by),
        pixels(v),
        pixels(v + 1),
      )
    : pick(
        lanes.map((lane) => lane + 4 + by),
        pixels(v - 1),
        pixels(v),
      );
};

const row = Array.from({ length: VECTORS }, (_, v) => {
  const at = RADIUS * ROW + 16 * v;
  const pair = (distance: number): [string, string] => [get(`l${distance}`), get(`r${distance}`)];
  return `
      ${set('l2', v === 0 ? shifted(v, -2) : get('r2'))}
      ${set('l1', shifted(v, -1))}
      ${set('r1', shifted(v, 1))}
      ${set('r2', shifted(v, 2))}
      ${store('to', BELLS + at, symmetric(pixels(v), pair(1), pair(2)))}
      ${store('to', SLOPES + at, antisymmetric(pair(1), pair(2)))}`;
});

/** One of the four rows of a place. */
const place = (y: number) => {
  const bells = (t: number) => load('at', BELLS + (RADIUS + y + t) * ROW);
  const slopes = (t: number) => load('at', SLOPES + (RADIUS + y + t) * ROW);
  const collect = (k: number, edge: string) => `
        ${set(`sum${k}`, add(get(`sum${k}`), `(f32x4.pmax ${f32(0)} ${edge})`))}
        ${set(`sum${k + 4}`, sub(get(`sum${k + 4}`), `(f32x4.pmin ${f32(0)} ${edge})`))}`;
  return `
        ${set('dx', symmetric(slopes(0), [slopes(-1), slopes(1)], [slopes(-2), slopes(2)]))}
        ${set('dy', antisymmetric([bells(-1), bells(1)], [bells(-2), bells(2)]))}
        ${set('rising', add(get('dx'), get('dy')))}
        ${set('falling', sub(get('dy'), get('dx')))}
        ${collect(0, get('dx'))}
        ${collect(1, get('rising'))}
        ${collect(2, get('dy'))}
        ${collect(3, get('falling'))}`;
};

/** Of ∂x and ∂y, and of their sum and difference. */
const SCALES = `(v128.const f32x4 ${[STEER[0]!.cos, STEER[1]!.cos, STEER[2]!.sin, STEER[3]!.sin].join(' ')})`;
const SUMS = Array.from({ length: 8 }, (_, k) => `sum${k}`);
const vectors = (...names: string[]) => names.map((name) => `(local $${name} v128)`).join(' ');

const FUNCTIONS = `
  (func $rows (param $picture i32)
    (local $to i32)
    ${vectors(...Array.from({ length: VECTORS }, (_, v) => `p${v}`), 'l1', 'l2', 'r1', 'r2')}
    ${repeat(
      'row',
      'to',
      i32(SIDE * ROW),
      ...Array.from({ length: VECTORS }, (_, v) => set(`p${v}`, greys('picture', 4 * v))),
      ...row,
      step('picture', SIDE),
      step('to', ROW),
    )})

  (func $columns (param $row i32)
    (local $at i32) (local $end i32)
    ${vectors('dx', 'dy', 'rising', 'falling', ...SUMS)}
    ${repeat(
      'down',
      'at',
      i32(SIDE * ROW),
      set('end', `(i32.add ${get('at')} ${i32(ROW)})`),
      repeat(
        'along',
        'at',
        get('end'),
        ...SUMS.map((name) => set(name, f32(0))),
        ...[0, 1, 2, 3].map(place),
        sumsAcross('sum0', 'sum1', 'sum2', 'sum3'),
        sumsAcross('sum4', 'sum5', 'sum6', 'sum7'),
        store('row', 0, mul(get('sum0'), SCALES)),
        store('row', 16, mul(get('sum4'), SCALES)),
        step('row', 32),
        step('at', 16),
      ),
      // The end of one row of pixels is the beginning of the next; three more, and the next places begin.
      step('at', 3 * ROW),
    )})`;

export const MODULE: WatModule = {
  text: featureModule(
    WIDTH,
    2 * PLANE,
    FUNCTIONS,
    `(call $rows ${get('picture')}) (call $columns ${get('row')})`,
  ),
  memory: 'own',
};
