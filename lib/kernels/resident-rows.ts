/**
 * Rows of numbers that lie in the memory of WebAssembly from the start, so that a kernel reads them where they are. To
 * everybody else they are an ordinary typed array.
 */

const PAGE = 65_536;

export interface Residence {
  readonly memory: WebAssembly.Memory;
  /** Where the rows begin, in bytes. */
  readonly rowsAt: number;
  /** Where room for a kernel's own numbers begins, on a multiple of 16 bytes, and how much of it there is. */
  readonly workAt: number;
  readonly workBytes: number;
}

const residences = new WeakMap<ArrayBufferLike, Residence>();

/** Room beside the rows for what kernels keep: some numbers a row, some a column, and scratch. */
const workFor = (size: number, width: number) => 16 * size + 256 * width + 4 * PAGE;

function allocate(size: number, width: number, numberBytes: number): ArrayBuffer {
  // A kernel reads four numbers at a time: the last row's last read may go beyond its end.
  const workAt = Math.ceil((size * width * numberBytes + 16) / 16) * 16;
  const pages = Math.ceil((workAt + workFor(size, width)) / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  residences.set(memory.buffer, { memory, rowsAt: 0, workAt, workBytes: pages * PAGE - workAt });
  return memory.buffer as ArrayBuffer;
}

/**
 * Zeros, size × width, row by row, in a memory of their own that never grows: views of it stay valid.
 * @throws RangeError where there is not so much memory
 */
export const allocateRows = (size: number, width: number): Float32Array<ArrayBuffer> =>
  new Float32Array(allocate(size, width, 4), 0, size * width);

/** The same of one byte a number. */
export const allocateByteRows = (size: number, width: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(allocate(size, width, 1), 0, size * width);

/** Where such rows lie; null for an array of any other origin, or for a part that is not their beginning. */
export function residenceOf(rows: Float32Array | Uint8Array): Residence | null {
  return rows.byteOffset === 0 ? (residences.get(rows.buffer) ?? null) : null;
}
