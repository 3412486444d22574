/**
 * Source of the two loops that the federated lesson spends its time in, in WebAssembly text, in double. Not part of the site:
 * `npm run assemble-kernels` makes `vectors-binary.ts` of it.
 *
 * Pointers and lengths are in bytes; lengths are multiples of 64 and not 0. Eight numbers at a time, so eight sums: one alone would
 * wait for itself at every number. `vectors.ts` adds in the same order where there is no SIMD.
 */
import { get, set, step, type WatModule } from '@/lib/kernels/wat';

const load = (pointer: string, pair: number) => `(v128.load offset=${16 * pair} ${get(pointer)})`;
const add = (a: string, b: string) => `(f64x2.add ${a} ${b})`;
const mul = (a: string, b: string) => `(f64x2.mul ${a} ${b})`;
const PAIRS = [0, 1, 2, 3];

/** Repeats until `$end`, 64 bytes further each time. */
const walk = (first: string, second: string, ...statements: string[]) => `
  ${set('end', `(i32.add ${get(first)} ${get('length')})`)}
  (loop $next
    ${statements.join('\n')}
    ${step(first, 64)}
    ${step(second, 64)}
    (br_if $next (i32.lt_u ${get(first)} ${get('end')})))`;

const TEXT = `
(module
  (memory (export "memory") 1)

  (func (export "dot") (param $a i32) (param $b i32) (param $length i32) (result f64)
    (local $end i32) ${PAIRS.map((p) => `(local $sum${p} v128)`).join(' ')}
    ${walk('a', 'b', ...PAIRS.map((p) => set(`sum${p}`, add(get(`sum${p}`), mul(load('a', p), load('b', p))))))}
    ${set('sum0', add(add(get('sum0'), get('sum1')), add(get('sum2'), get('sum3'))))}
    (f64.add (f64x2.extract_lane 0 ${get('sum0')}) (f64x2.extract_lane 1 ${get('sum0')})))

  ;; a ← a + factor b
  (func (export "addTimes") (param $a i32) (param $factor f64) (param $b i32) (param $length i32)
    (local $end i32) (local $f v128)
    ${set('f', `(f64x2.splat ${get('factor')})`)}
    ${walk('a', 'b', ...PAIRS.map((p) => `(v128.store offset=${16 * p} ${get('a')} ${add(load('a', p), mul(get('f'), load('b', p)))})`))})
)
`;

export const MODULE: WatModule = { text: TEXT, memory: 'own' };
