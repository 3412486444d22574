/**
 * Source of the fused step of softmax regression, in WebAssembly text: from the drawn rows to Σᵢ cᵢ gᵢ in one pass, with the
 * clipping of DP-SGD (Abadi et al. 2016, arXiv:1607.00133, algorithm 1) in the middle. Not part of the site: `npm run
 * assemble-kernels` makes `softmax-binary.ts` of it.
 *
 * For one example x of class y, with W by columns w_c and intercepts b:
 *
 *     z_c = w_c · x + b_c        p = softmax(z)        δ = p − e_y
 *
 * Its gradient is the outer product (x, 1) δᵀ, whose length is the product of two lengths (Goodfellow 2015,
 * arXiv:1510.01799): ‖g‖² = ‖δ‖² (‖x‖² + 1). So the factor c = min(1, C / ‖g‖) is known before any gradient is built, and
 * c δ takes the place of δ in the sum. No gradient of one example ever exists.
 *
 * Four rows at a time:
 * 1. `gather` copies them side by side: group k of the scratch holds columns 4k … 4k + 3 of row 0, then of rows 1, 2, 3. Every
 *    load after that is a pointer and a constant.
 * 2. `products` multiplies them with the weights, two rows and five classes at a time (ten running sums fit in the registers),
 *    four columns to a vector; the lanes of a sum are added last, when four rows turn into the four lanes of one vector.
 * 3. `softmax` and `slopes` work on vectors of four rows.
 * 4. `addOuter` adds x (c δ)ᵀ to the sums, two classes at a time: eight numbers c δ stay in registers while x passes by.
 *
 * A second model may learn from the same four rows while they are in the nearest cache.
 *
 * Weights and sums lie in groups as the rows do: four columns of class 0, four of class 1, … Classes are ten; whoever has fewer
 * gives the others an intercept so low that they never get any probability. Sums are exact for at most `ROWS_AT_ONCE` rows a call:
 * beyond that single precision begins to lose the last digits, and the caller adds calls up in double.
 */
import { add, exponential, f32, get, i32, mul, set, step, sub, type WatModule } from '@/lib/kernels/wat';
import { CLASSES, GROUP_BYTES, MODEL, OUT, ROWS_AT_ONCE } from './softmax-layout';

const ROWS = 4;
/** Bytes of a vector. */
const V = 16;
const classes = Array.from({ length: CLASSES }, (_, c) => c);
const rows = [0, 1, 2, 3];

const global = (name: string) => `(global.get $${name})`;
const plus = (pointer: string, bytes: number | string) =>
  `(i32.add ${pointer} ${typeof bytes === 'number' ? i32(bytes) : bytes})`;
const load = (pointer: string, offset = 0) => `(v128.load offset=${offset} ${pointer})`;
const store = (pointer: string, value: string, offset = 0) =>
  `(v128.store offset=${offset} ${pointer} ${value})`;
const locals = (type: string, ...names: string[]) =>
  names.map((name) => `(local $${name} ${type})`).join(' ');
/** Four times the float at an address. */
const splat = (pointer: string, offset: number) => `(v128.load32_splat offset=${offset} ${pointer})`;
const and = (a: string, b: string) => `(v128.and ${a} ${b})`;
/** Lanes of `a` (0 … 3) and of `b` (4 … 7), in the order given. */
const lanes = (a: string, b: string, order: readonly number[]) =>
  `(i8x16.shuffle ${order.flatMap((lane) => [0, 1, 2, 3].map((byte) => 4 * lane + byte)).join(' ')} ${a} ${b})`;

/**
 * A loop over all groups of four columns, two at a time: there is an even number of them. `$x` goes through the scratch, `$w`
 * through weights or sums.
 * @param body statements for the first of two groups, or the second
 */
const overGroups = (body: (k: 0 | 1) => string) => `
    ${set('x', global('scratch'))}
    ${set('end', plus(get('x'), global('scratchBytes')))}
    (loop $next
      ${body(0)}
      ${body(1)}
      ${step('x', 2 * ROWS * V)}
      ${step('w', 2 * GROUP_BYTES)}
      (br_if $next (i32.lt_u ${get('x')} ${get('end')})))`;

/** Where the rows and the numbers that all calls share lie. Set once. `scales` is 0 where rows are floats. */
const GLOBALS = [
  'rows',
  'rowBytes',
  'width',
  'scales',
  'squares',
  'labels',
  'scratch',
  'scratchBytes',
  'facts',
];
/** Of the four rows in the scratch, one vector each: ‖x‖², the class, and all ones where there is a row. */
const FACT = { square: 0, label: V, real: 2 * V, products: 3 * V, slopes: 3 * V + CLASSES * ROWS * V };

/** Through the four rows at `$p0` … `$p3`, a group at a time. */
const copyRows = (bytes: number, value: (r: number) => string) => `
      (loop $next
        ${rows.map((r) => store(get('x'), value(r), r * V)).join('\n        ')}
        ${step('x', ROWS * V)}
        ${rows.map((r) => step(`p${r}`, bytes)).join(' ')}
        (br_if $next (i32.lt_u ${get('x')} ${get('end')})))`;

/** Four bytes as four numbers. */
const widened = (pointer: string) =>
  `(f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero ${pointer}))))`;

const gather = `
  ;; Copies the rows whose numbers stand at $lot into the scratch. Where fewer than four are left the first stands in.
  ;; Rows of 8 bits a number become low + step · code on the way.
  (func $gather (param $lot i32) (param $left i32)
    ${locals('i32', 'i0', 'i1', 'i2', 'i3', 'p0', 'p1', 'p2', 'p3', 'x', 'end')}
    ${locals('v128', 'rest', ...rows.flatMap((r) => [`step${r}`, `low${r}`]))}
    ${rows
      .map((r) =>
        set(
          `i${r}`,
          r === 0
            ? `(i32.load ${get('lot')})`
            : `(select (i32.load offset=${4 * r} ${get('lot')}) ${get('i0')} (i32.gt_u ${get('left')} ${i32(r)}))`,
        ),
      )
      .join('\n    ')}
    ${rows.map((r) => set(`p${r}`, plus(global('rows'), `(i32.mul ${get(`i${r}`)} ${global('rowBytes')})`))).join('\n    ')}
    ${rows.map((r) => `(f32.store offset=${FACT.square + 4 * r} ${global('facts')} (f32.load ${plus(global('squares'), `(i32.shl ${get(`i${r}`)} ${i32(2)})`)}))`).join('\n    ')}
    ${rows.map((r) => `(i32.store offset=${FACT.label + 4 * r} ${global('facts')} (i32.load8_u ${plus(global('labels'), get(`i${r}`))}))`).join('\n    ')}
    ${store(global('facts'), `(i32x4.lt_s (v128.const i32x4 0 1 2 3) (i32x4.splat ${get('left')}))`, FACT.real)}
    ${set('x', global('scratch'))}
    ${set('end', plus(get('x'), `(i32.shl (i32.shr_u ${plus(global('width'), 3)} ${i32(2)}) ${i32(6)})`))}
    (if ${global('scales')} (then
      ${rows
        .map((r) => {
          const scale = plus(global('scales'), `(i32.shl ${get(`i${r}`)} ${i32(3)})`);
          return `${set(`step${r}`, splat(scale, 0))} ${set(`low${r}`, splat(scale, 4))}`;
        })
        .join('\n      ')}
      ${copyRows(4, (r) => add(mul(widened(get(`p${r}`)), get(`step${r}`)), get(`low${r}`)))})
    (else ${copyRows(V, (r) => load(get(`p${r}`)))}))
    ;; What the last group took from beyond the end of a row is no number of it.
    (if (i32.and ${global('width')} ${i32(3)}) (then
      ${set('rest', `(i32x4.lt_s (v128.const i32x4 0 1 2 3) (i32x4.splat (i32.and ${global('width')} ${i32(3)})))`)}
      ${rows.map((r) => store(plus(get('x'), -ROWS * V), and(load(plus(get('x'), -ROWS * V), r * V), get('rest')), r * V)).join('\n      ')})))`;

/** Products of rows r, r + 1 with classes c … c + 4. */
const block = (r: number, c: number) => {
  const five = classes.slice(c, c + 5);
  const name = (row: number, own: number) => `a${row}${own - c}`;
  return `
    ${[0, 1].flatMap((row) => five.map((own) => set(name(row, own), f32(0)))).join(' ')}
    ${set('w', get('model'))}
    ${overGroups(
      (k) => `${set('x0', load(get('x'), (k * ROWS + r) * V))}
      ${set('x1', load(get('x'), (k * ROWS + r + 1) * V))}
      ${five
        .map(
          (own) => `${set('v', load(get('w'), k * GROUP_BYTES + own * V))}
      ${[0, 1].map((row) => set(name(row, own), add(get(name(row, own)), mul(get(`x${row}`), get('v'))))).join(' ')}`,
        )
        .join('\n      ')}`,
    )}
    ${[0, 1].flatMap((row) => five.map((own) => store(global('facts'), get(name(row, own)), FACT.products + (own * ROWS + r + row) * V))).join('\n    ')}`;
};

const products = `
  ;; Sums over columns 0, 4, 8, …, over 1, 5, 9, … and so on, for each row and class.
  (func $products (param $model i32)
    ${locals('i32', 'x', 'end', 'w')} ${locals('v128', 'x0', 'x1', 'v')}
    ${locals('v128', ...[0, 1].flatMap((row) => [0, 1, 2, 3, 4].map((own) => `a${row}${own}`)))}
    ${[0, 2].flatMap((r) => [0, 5].map((c) => block(r, c))).join('\n')})`;

/** z of one class for four rows: a transposing sum of the lanes, and the intercept. */
const logits = (c: number) => {
  const part = (r: number) => load(global('facts'), FACT.products + (c * ROWS + r) * V);
  const pair = (r: number) => `
    ${set('u', part(r))} ${set('v', part(r + 1))}
    ${set(r === 0 ? 'low' : 'high', add(lanes(get('u'), get('v'), [0, 4, 1, 5]), lanes(get('u'), get('v'), [2, 6, 3, 7])))}`;
  return `${pair(0)} ${pair(2)}
    ${set(
      `z${c}`,
      add(
        add(lanes(get('low'), get('high'), [0, 1, 4, 5]), lanes(get('low'), get('high'), [2, 3, 6, 7])),
        splat(plus(get('model'), get('intercepts')), 4 * c),
      ),
    )}`;
};

/** z, less the largest, in `$z0` … `$z9`, the largest in `$top`, and the one of the true class in `$own`. */
const logitsOfAll = `
    ${set('intercepts', `(i32.mul (i32.shr_u ${global('scratchBytes')} ${i32(6)}) ${i32(GROUP_BYTES)})`)}
    ${classes.map(logits).join('\n')}
    ${set('top', get('z0'))}
    ${classes
      .slice(1)
      .map((c) => set('top', `(f32x4.max ${get('top')} ${get(`z${c}`)})`))
      .join('\n    ')}
    ${set('label', load(global('facts'), FACT.label))}
    ${set('own', f32(0))}
    ${classes
      .map(
        (c) => `${set(`z${c}`, sub(get(`z${c}`), get('top')))}
    ${set('own', `(v128.or ${get('own')} ${and(get(`z${c}`), isLabel(c))})`)}`,
      )
      .join('\n    ')}`;

function isLabel(c: number): string {
  return `(i32x4.eq ${get('label')} (v128.const i32x4 ${`${c} `.repeat(4)}))`;
}

/** e^z of class c in `$n`. Beyond −87 single precision has run out of exponents: what is left there is 10⁻³⁸. */
const exp = (c: number) => `
    ${set('r', `(f32x4.pmax ${get(`z${c}`)} ${f32(-87)})`)}
    ${exponential(1)}`;

const SOFTMAX_LOCALS = `(local $intercepts i32)
    ${locals('v128', ...classes.map((c) => `z${c}`), 'u', 'v', 'low', 'high', 'top', 'label', 'own', 'n', 'r', 's', 'total')}`;

const slopes = `
  ;; From products to c δ, and what is told of each row: ‖g‖, Σ e^(z − max z), and z − max z of its class.
  ;; $rule: 0 sums as they are, 1 clips at $clip, 2 brings every gradient to nearly that length (Bu et al. 2023, arXiv:2206.07136).
  ;; $one: 1 where there is an intercept, whose input it is, else 0.
  (func $slopes (param $model i32) (param $rule i32) (param $clip f32) (param $one f32) (param $out i32)
    ${SOFTMAX_LOCALS} ${locals('v128', 'length', 'factor')} (local $sums i32)
    ${logitsOfAll}
    ${set('total', f32(0))}
    ${classes
      .map(
        (c) => `${exp(c)}
    ${set(`z${c}`, get('n'))} ${set('total', add(get('total'), get('n')))}`,
      )
      .join('\n')}
    ${store(get('out'), get('total'), OUT.total)}
    ${store(get('out'), get('own'), OUT.own)}
    ${set('length', f32(0))}
    ${classes
      .map(
        (c) => `${set(`z${c}`, sub(`(f32x4.div ${get(`z${c}`)} ${get('total')})`, and(f32(1), isLabel(c))))}
    ${set('length', add(get('length'), mul(get(`z${c}`), get(`z${c}`))))}`,
      )
      .join('\n    ')}
    ${set('length', `(f32x4.sqrt ${mul(get('length'), add(load(global('facts'), FACT.square), `(f32x4.splat ${get('one')})`))})`)}
    ${store(get('out'), get('length'), OUT.norm)}
    ${set('factor', f32(1))}
    (if (i32.eq ${get('rule')} ${i32(1)}) (then
      ${set('factor', `(f32x4.div (f32x4.splat ${get('clip')}) (f32x4.max ${get('length')} (f32x4.splat ${get('clip')})))`)}))
    (if (i32.eq ${get('rule')} ${i32(2)}) (then
      ${set('factor', `(f32x4.div (f32x4.splat ${get('clip')}) ${add(get('length'), f32(0.01))})`)}))
    ;; A row that only filled up the four gives nothing, whatever its numbers.
    ${set('sums', plus(get('model'), plus(get('intercepts'), MODEL.slopeSums)))}
    ${classes
      .map(
        (c) => `${set('v', and(mul(get(`z${c}`), get('factor')), load(global('facts'), FACT.real)))}
    ${store(global('facts'), get('v'), FACT.slopes + c * V)}
    ${store(get('sums'), add(load(get('sums'), c * V), get('v')), c * V)}`,
      )
      .join('\n    ')})`;

/** Classes c and c + 1. */
const outer = (c: number) => {
  const d = (own: number, r: number) => `d${own}${r}`;
  const sumOf = (own: number, at: number) => {
    const terms = rows.map((r) => mul(get(`x${r}`), get(d(own, r))));
    return add(load(get('w'), at), add(add(terms[0]!, terms[1]!), add(terms[2]!, terms[3]!)));
  };
  return `
    ${[0, 1].flatMap((own) => rows.map((r) => set(d(own, r), splat(global('facts'), FACT.slopes + (c + own) * V + 4 * r)))).join('\n    ')}
    ${set('w', get('sums'))}
    ${overGroups(
      (k) => `${rows.map((r) => set(`x${r}`, load(get('x'), (k * ROWS + r) * V))).join(' ')}
      ${[0, 1]
        .map((own) => {
          const at = k * GROUP_BYTES + (c + own) * V;
          return store(get('w'), sumOf(own, at), at);
        })
        .join('\n      ')}`,
    )}`;
};

const addOuter = `
  (func $addOuter (param $sums i32)
    ${locals('i32', 'x', 'end', 'w')} ${locals('v128', ...rows.map((r) => `x${r}`), ...[0, 1].flatMap((own) => rows.map((r) => `d${own}${r}`)))}
    ${classes
      .filter((c) => c % 2 === 0)
      .map(outer)
      .join('\n')})`;

const learn = `
  (func $learn (param $model i32) (param $sums i32) (param $rule i32) (param $clip f32) (param $one f32) (param $out i32)
    (call $products ${get('model')})
    (call $slopes ${get('model')} ${get('rule')} ${get('clip')} ${get('one')} ${get('out')})
    (call $addOuter ${get('sums')}))

  ;; Adds the rows whose numbers stand at $lot, at most ${ROWS_AT_ONCE}, to the sums of one model, or of two (the second at 0 is none).
  (func (export "step") (param $lot i32) (param $count i32) (param $one f32)
    ${[0, 1].map((m) => `(param $model${m} i32) (param $sums${m} i32) (param $rule${m} i32) (param $clip${m} f32) (param $out${m} i32)`).join('\n    ')}
    (block $done (loop $next
      (br_if $done (i32.le_s ${get('count')} ${i32(0)}))
      (call $gather ${get('lot')} ${get('count')})
      (call $learn ${['model0', 'sums0', 'rule0', 'clip0', 'one', 'out0'].map(get).join(' ')})
      (if ${get('model1')} (then
        (call $learn ${['model1', 'sums1', 'rule1', 'clip1', 'one', 'out1'].map(get).join(' ')})
        ${step('out1', V)}))
      ${step('out0', V)}
      ${step('lot', V)}
      ${set('count', plus(get('count'), -ROWS))}
      (br $next))))`;

const judge = `
  ;; Of each row: its likeliest class (the first of equals), Σ e^(z − max z), and z − max z of its class.
  (func $guess (param $model i32) (param $out i32)
    ${SOFTMAX_LOCALS}
    ${logitsOfAll}
    ${set('total', f32(0))}
    ${set('u', '(v128.const i32x4 0 0 0 0)')}
    ${[...classes]
      .reverse()
      .map(
        (
          c,
        ) => `${set('u', `(v128.bitselect (v128.const i32x4 ${`${c} `.repeat(4)}) ${get('u')} (f32x4.ge ${get(`z${c}`)} ${f32(0)}))`)}
    ${exp(c)}
    ${set('total', add(get('total'), get('n')))}`,
      )
      .join('\n    ')}
    ${store(get('out'), get('u'), OUT.guess)}
    ${store(get('out'), get('total'), OUT.total)}
    ${store(get('out'), get('own'), OUT.own)})

  (func (export "judge") (param $lot i32) (param $count i32)
    (param $model0 i32) (param $out0 i32) (param $model1 i32) (param $out1 i32)
    (block $done (loop $next
      (br_if $done (i32.le_s ${get('count')} ${i32(0)}))
      (call $gather ${get('lot')} ${get('count')})
      (call $products ${get('model0')})
      (call $guess ${get('model0')} ${get('out0')})
      (if ${get('model1')} (then
        (call $products ${get('model1')})
        (call $guess ${get('model1')} ${get('out1')})
        ${step('out1', V)}))
      ${step('out0', V)}
      ${step('lot', V)}
      ${set('count', plus(get('count'), -ROWS))}
      (br $next))))`;

const TEXT = `
(module
  (import "rows" "memory" (memory 1))
  ${GLOBALS.map((name) => `(global $${name} (mut i32) (i32.const 0))`).join('\n  ')}
  (func (export "place") ${GLOBALS.map((name) => `(param $${name} i32)`).join(' ')}
    ${GLOBALS.map((name) => `(global.set $${name} ${get(name)})`).join(' ')})
${[gather, products, slopes, addOuter, learn, judge].join('\n')})
`;

export const MODULE: WatModule = { text: TEXT, memory: 'own' };
