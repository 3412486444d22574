/**
 * Source of the kernel for the head of the scene detector, in WebAssembly text: what the head gives at every place of one
 * scene, and the gradient of that scene alone. Not part of the site: `npm run assemble-kernels` makes
 * `scene-head-binary.ts` of it.
 *
 * A scene is A, places × features; the head is W, features × outputs, and a bias b. Outputs are yes-or-no answers, one a class,
 * and the four sides of a box, which matter only at the few places that hold an object.
 *
 *   look      Z = A W + b for the answers; their slopes as if every right answer were no, D = σ(Z); what their loss needs
 *   reach     Z for the box at one place
 *   learn     G = Aᵀ D for the answers, the sum of outer products over the places; the box's part of G is zero
 *   learnBox  adds one place's outer product to the box's part
 *   square    ‖G‖², bias and all: what clipping asks of a scene (Abadi et al. 2016, arXiv:1607.00133)
 *   add       S ← S + c G in double
 *
 * Between `look` and `learn` its user writes the slopes of the few answers that are yes, and of the boxes. Both large products
 * are the same loop: splats of the left matrix times rows of the right one, with eight groups of four sums in registers.
 */
import { add, exponential, f32, get, i32, mul, set, step, type WatModule } from '@/lib/kernels/wat';
import { AT, BOX, BYTES_IN_ALL, CLASSES, FEATURES, OUTPUTS, PLACES } from './scene-head-layout';

const ROW = 4 * OUTPUTS;
const PAGE = 65_536;
/** Groups of four answers, and where the box stands in a row. */
const ANSWERS = Array.from({ length: BOX / 4 }, (_, group) => group);
const BOX_AT = 4 * BOX;

const load = (pointer: string, offset: number) => `(v128.load offset=${offset} ${get(pointer)})`;
const store = (pointer: string, offset: number, value: string) =>
  `(v128.store offset=${offset} ${get(pointer)} ${value})`;
const splat = (pointer: string, offset: number) => `(v128.load32_splat offset=${offset} ${get(pointer)})`;
/** Repeats until the pointer has come to the end. */
const until = (pointer: string, end: string, ...statements: string[]) => `
  (loop $${pointer}
    ${statements.join('\n')}
    (br_if $${pointer} (i32.lt_u ${get(pointer)} ${end})))`;

interface Product {
  /** Bytes from one row of the left matrix to the next, and from one of its columns to the next. */
  row: number;
  column: number;
  rows: number;
  columns: number;
  /** The right matrix, columns × outputs. */
  right: number;
  /** What the sums begin with; zero if absent. */
  start?: number;
  out: number;
}

/** Of `high` rows and some groups of four answers, all at once: their sums stay in registers. */
function tiles({ row, column, rows, columns, right, start, out }: Product, high: number, groups: number[]) {
  const sum = (i: number, g: number) => `sum${i * groups.length + g}`;
  const each = (one: (i: number, g: number) => string) =>
    Array.from({ length: high }, (_, i) => groups.map((_, g) => one(i, g)).join('\n')).join('\n');
  const begin = (group: number) => (start === undefined ? f32(0) : `(v128.load ${i32(start + 16 * group)})`);
  return `
  ${set('rows', i32(AT.features))}
  ${set('out', i32(out))}
  ${until(
    'rows',
    i32(AT.features + rows * row),
    each((i, g) => set(sum(i, g), begin(groups[g]!))),
    set('left', get('rows')),
    set('right', i32(right)),
    until(
      'right',
      i32(right + columns * ROW),
      ...groups.map((group, g) => set(`right${g}`, load('right', 16 * group))),
      ...Array.from({ length: high }, (_, i) =>
        [
          set('splat', splat('left', i * row)),
          ...groups.map((_, g) => set(sum(i, g), add(get(sum(i, g)), mul(get('splat'), get(`right${g}`))))),
        ].join('\n'),
      ),
      step('left', column),
      step('right', ROW),
    ),
    each((i, g) => store('out', i * ROW + 16 * groups[g]!, get(sum(i, g)))),
    step('rows', high * row),
    step('out', high * ROW),
  )}`;
}

/** Two groups for four rows at a time, then the third for eight: eight sums each, enough to hide the time that adding takes. */
const product = (what: Product) => tiles(what, 4, [0, 1]) + tiles(what, 8, [2]);

const PRODUCT_LOCALS = `
    (local $rows i32) (local $left i32) (local $right i32) (local $out i32)
    (local $splat v128) (local $right0 v128) (local $right1 v128)
    ${Array.from({ length: 8 }, (_, i) => `(local $sum${i} v128)`).join(' ')}`;

/** Ones for classes and zeros for what is left over of the last group: that learns nothing. */
const isClass = (group: number) =>
  `(v128.const i32x4 ${[0, 1, 2, 3].map((lane) => (4 * group + lane < CLASSES ? -1 : 0)).join(' ')})`;

/**
 * Slopes σ(z) of one group of answers at all places, and the parts of log(1 + e^z) = max(z, 0) + log(1 + e^−|z|): the
 * logarithms of many factors are that of their product, which 64 factors of at most 2 do not overflow. With e = e^−|z| no
 * exponential is of a positive number, and σ is 1 / (1 + e) or e / (1 + e). Beyond 87 single precision has run out of exponents.
 */
const answer = (group: number) => `
  ${set('at', i32(0))}
  ${set('product', f32(1))}
  ${set('positive', f32(0))}
  ${until(
    'at',
    i32(PLACES * ROW),
    set('z', load('at', AT.outputs + 16 * group)),
    set('r', `(f32x4.pmin (f32x4.abs ${get('z')}) ${f32(87)})`),
    exponential(-1),
    set('s', add(f32(1), get('n'))),
    set('product', mul(get('product'), get('s'))),
    set('positive', add(get('positive'), `(f32x4.max ${get('z')} ${f32(0)})`)),
    set('r', `(v128.bitselect ${f32(1)} ${get('n')} (f32x4.ge ${get('z')} ${f32(0)}))`),
    store('at', AT.slopes + 16 * group, `(v128.and ${isClass(group)} (f32x4.div ${get('r')} ${get('s')}))`),
    step('at', ROW),
  )}
  (v128.store ${i32(AT.products + 16 * group)} ${get('product')})
  (v128.store ${i32(AT.positives + 16 * group)} ${get('positive')})`;

/** The gradient of the bias for one group of answers: their slopes, added over the places. */
const biasGradient = (group: number) => `
  ${set('at', i32(0))}
  ${set('sum0', f32(0))}
  ${until('at', i32(PLACES * ROW), set('sum0', add(get('sum0'), load('at', AT.slopes + 16 * group))), step('at', ROW))}
  (v128.store ${i32(AT.biasGradient + 16 * group)} ${get('sum0')})`;

/** Locals `$features` and `$end`: where the features of a place begin and end. */
const featuresOfPlace = `
  ${set('features', `(i32.add ${i32(AT.features)} (i32.mul ${get('place')} ${i32(4 * FEATURES)}))`)}
  ${set('end', `(i32.add ${get('features')} ${i32(4 * FEATURES)})`)}`;

const half = (of: 'low' | 'high') =>
  `(f64x2.promote_low_f32x4 ${of === 'low' ? get('g') : `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${get('g')} ${get('g')})`})`;
const addHalf = (of: 'low' | 'high') => {
  const offset = AT.sums + (of === 'low' ? 0 : 16);
  return store('to', offset, `(f64x2.add ${load('to', offset)} (f64x2.mul ${get('c')} ${half(of)}))`);
};

const TEXT = `
(module
  (memory (export "memory") ${Math.ceil(BYTES_IN_ALL / PAGE)})

  (func (export "look")
    ${PRODUCT_LOCALS}
    (local $at i32) (local $product v128) (local $positive v128)
    (local $z v128) (local $n v128) (local $r v128) (local $s v128)
    ${product({
      ...{ row: 4 * FEATURES, column: 4, rows: PLACES, columns: FEATURES },
      ...{ right: AT.weights, start: AT.bias, out: AT.outputs },
    })}
    ${ANSWERS.map(answer).join('\n')})

  (func (export "reach") (param $place i32)
    (local $features i32) (local $end i32) (local $right i32) (local $even v128) (local $odd v128)
    ${featuresOfPlace}
    ${set('even', `(v128.load ${i32(AT.bias + BOX_AT)})`)}
    ${set('right', i32(AT.weights + BOX_AT))}
    ${until(
      'features',
      get('end'),
      set('even', add(get('even'), mul(splat('features', 0), load('right', 0)))),
      set('odd', add(get('odd'), mul(splat('features', 4), load('right', ROW)))),
      step('features', 8),
      step('right', 2 * ROW),
    )}
    (v128.store offset=${AT.outputs + BOX_AT} (i32.mul ${get('place')} ${i32(ROW)}) ${add(get('even'), get('odd'))}))

  (func (export "learn")
    ${PRODUCT_LOCALS}
    (local $at i32)
    ${product({
      ...{ row: 4, column: 4 * FEATURES, rows: FEATURES, columns: PLACES },
      ...{ right: AT.slopes, out: AT.gradient },
    })}
    ${ANSWERS.map(biasGradient).join('\n')}
    ${set('at', i32(0))}
    ${until('at', i32((FEATURES + 1) * ROW), store('at', AT.gradient + BOX_AT, f32(0)), step('at', ROW))})

  (func (export "learnBox") (param $place i32)
    (local $features i32) (local $end i32) (local $out i32) (local $slope v128)
    ${featuresOfPlace}
    ${set('slope', `(v128.load offset=${AT.slopes + BOX_AT} (i32.mul ${get('place')} ${i32(ROW)}))`)}
    ${set('out', i32(AT.gradient + BOX_AT))}
    ${until(
      'features',
      get('end'),
      store('out', 0, add(load('out', 0), mul(splat('features', 0), get('slope')))),
      step('features', 4),
      step('out', ROW),
    )}
    ${store('out', 0, add(load('out', 0), get('slope')))})

  (func (export "square") (result f32)
    (local $at i32) (local $even v128) (local $odd v128)
    ${until(
      'at',
      i32((FEATURES + 1) * ROW),
      set('even', add(get('even'), mul(load('at', AT.gradient), load('at', AT.gradient)))),
      set('odd', add(get('odd'), mul(load('at', AT.gradient + 16), load('at', AT.gradient + 16)))),
      step('at', 32),
    )}
    ${set('even', add(get('even'), get('odd')))}
    (f32.add
      (f32.add (f32x4.extract_lane 0 ${get('even')}) (f32x4.extract_lane 1 ${get('even')}))
      (f32.add (f32x4.extract_lane 2 ${get('even')}) (f32x4.extract_lane 3 ${get('even')}))))

  (func (export "add") (param $factor f64)
    (local $at i32) (local $to i32) (local $g v128) (local $c v128)
    ${set('c', `(f64x2.splat ${get('factor')})`)}
    ${until(
      'at',
      i32((FEATURES + 1) * ROW),
      set('g', load('at', AT.gradient)),
      addHalf('low'),
      addHalf('high'),
      step('at', 16),
      step('to', 32),
    )})
)
`;

export const MODULE: WatModule = { text: TEXT, memory: 'own' };
