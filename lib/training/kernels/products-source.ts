/**
 * Source of the matrix product on the memory of tfjs, in WebAssembly text. Not part of the site: `npm run assemble-kernels` makes
 * `products-binary.ts` of it. What it does: `product-words.ts`.
 */
import { i32, SEPARATE, TFJS_MEMORY, type WatModule } from '@/lib/kernels/wat';
import { multiply, PRODUCT_PARAMETERS, product } from './product-words';
import { SCRATCH_BYTES } from './tiles';

const TEXT = `
(module
  ${TFJS_MEMORY}

  ;; What multiply wants for itself.
  (global (export "scratchBytes") i32 ${i32(SCRATCH_BYTES)})
${product(SEPARATE)}

  (func (export "multiply") ${PRODUCT_PARAMETERS}
    ${multiply(i32(0))}))
`;

export const MODULE: WatModule = { text: TEXT, memory: 'tfjs' };
