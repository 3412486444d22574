/**
 * Sums and multiples of long rows of numbers in double: what the federated lesson spends its time in. By a kernel of our own, and where
 * WebAssembly has no SIMD by plain loops that add in the same order, so that a seeded run is the same to the bit.
 */
import { moduleBytes } from '@/lib/kernels/bytes';
import { BYTES } from './kernels/vectors-binary';

/** Rows begin and end at multiples of so many numbers; the rest of a row is zeros. */
const AT_ONCE = 8;
const PAGE = 65_536;

/** How far apart rows of some numbers lie. */
export const strideOf = (numbers: number): number => Math.ceil(numbers / AT_ONCE) * AT_ONCE;

/** Rows in one space of numbers, named by where they begin. Lengths are multiples of 8 above 0. */
export interface Vectors {
  /** Zeros, at least so many. What was in it is gone, and older spaces are no longer valid. */
  space(numbers: number): Float64Array;
  /** Σ aⱼ bⱼ */
  dot(a: number, b: number, length: number): number;
  /** a ← a + factor · b */
  addTimes(a: number, factor: number, b: number, length: number): void;
}

interface Exports {
  memory: WebAssembly.Memory;
  dot(a: number, b: number, length: number): number;
  addTimes(a: number, factor: number, b: number, length: number): void;
}

function compiled(): Vectors | null {
  let wasm: Exports;
  try {
    const module = new WebAssembly.Module(moduleBytes(BYTES));
    wasm = new WebAssembly.Instance(module).exports as unknown as Exports;
  } catch {
    return null;
  }
  const { memory, dot, addTimes } = wasm;
  return {
    space(numbers) {
      const missing = Math.ceil((numbers * 8 - memory.buffer.byteLength) / PAGE);
      if (missing > 0) memory.grow(missing);
      return new Float64Array(memory.buffer, 0, numbers).fill(0);
    },
    dot: (a, b, length) => dot(8 * a, 8 * b, 8 * length),
    addTimes: (a, factor, b, length) => addTimes(8 * a, factor, 8 * b, 8 * length),
  };
}

export function plainVectors(): Vectors {
  let numbers = new Float64Array();
  const sums = new Float64Array(AT_ONCE);
  return {
    space(count) {
      numbers = new Float64Array(count);
      return numbers;
    },
    dot(a, b, length) {
      sums.fill(0);
      for (let j = 0; j < length; j += AT_ONCE)
        for (let k = 0; k < AT_ONCE; k++) sums[k]! += numbers[a + j + k]! * numbers[b + j + k]!;
      const half = (k: number) => sums[k]! + sums[k + 2]! + (sums[k + 4]! + sums[k + 6]!);
      return half(0) + half(1);
    },
    addTimes(a, factor, b, length) {
      for (let j = 0; j < length; j++) numbers[a + j]! += factor * numbers[b + j]!;
    },
  };
}

let chosen: Vectors | null = null;

/** The quickest that are right. Shared: use a space up before anything waits. */
export function vectors(): Vectors {
  if (!chosen) {
    const [own, plain] = [compiled(), plainVectors()];
    chosen = own && sample(own) === sample(plain) ? own : plain;
  }
  return chosen;
}

/** A little of everything, as one number: of any two that are right the same one. */
function sample({ space, dot, addTimes }: Vectors): number {
  space(64).forEach((_, i, numbers) => {
    numbers[i] = Math.sin(i);
  });
  addTimes(0, 0.7, 32, 24);
  return dot(0, 40, 24);
}
