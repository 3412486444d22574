/**
 * Source of what the perceptron's step (`perceptron.ts`) does with many numbers at a time, in WebAssembly text, on memory of its
 * own: the matrix product, and tanh with its slope. Not part of the site: `npm run assemble-kernels` makes `perceptron-binary.ts`
 * of it.
 */
import {
  add,
  exponential,
  FUSED,
  f32,
  get,
  load,
  type MultiplyAdd,
  mul,
  SEPARATE,
  set,
  step,
  store,
  sub,
  type WatModule,
} from '@/lib/kernels/wat';
import { multiply, PRODUCT_PARAMETERS, product } from './product-words';

/** A loop over four numbers at a time, from `$at` until `$end`. The last four may go beyond it. */
const overAll = (...body: string[]) => `
    (block $done (loop $next
      (br_if $done (i32.ge_u ${get('at')} ${get('end')}))
      ${body.join('\n      ')}
      ${step('at', 16)}
      (br $next)))`;

const text = (multiplyAdd: MultiplyAdd) => `
(module
  (import "own" "memory" (memory 1))
${product(multiplyAdd)}

  (func (export "multiply") ${PRODUCT_PARAMETERS} (param $add i32)
    ${multiply(get('add'))})

  ;; tanh z = 2 / (1 + e^−2z) − 1, in place. Beyond ±43 it is ±1 to the last digit.
  (func (export "tanh") (param $at i32) (param $end i32)
    (local $n v128) (local $r v128) (local $s v128)
    ${overAll(
      set('r', mul(load('at', 0), f32(2))),
      set('r', `(f32x4.pmin (f32x4.pmax ${get('r')} ${f32(-86)}) ${f32(86)})`),
      exponential(-1),
      store('at', 0, sub(`(f32x4.div ${f32(2)} ${add(f32(1), get('n'))})`, f32(1))),
    )})

  ;; Slopes at an output t = tanh z, in place, from those behind it: δ (1 − t²).
  (func (export "tanhSlopes") (param $at i32) (param $end i32) (param $output i32)
    (local $t v128)
    ${overAll(
      set('t', load('output', 0)),
      store('at', 0, mul(load('at', 0), sub(f32(1), mul(get('t'), get('t'))))),
      step('output', 16),
    )}))
`;

export const MODULE: WatModule = { text: text(SEPARATE), relaxed: text(FUSED), memory: 'own' };
