/**
 * Features by a WebAssembly kernel of our own (kernels/), where it agrees with the plain code it stands for; else by that.
 * A kernel works in a small memory of its own: pictures are copied in, rows are copied out.
 */
import { moduleBytes } from '@/lib/kernels/bytes';
import type { FeatureExtractor } from './features';

const PIXELS = 28 * 28;

interface KernelExports {
  memory: WebAssembly.Memory;
  /** From this byte on the memory is ours. */
  free: WebAssembly.Global<'i32'>;
  extract(picture: number, row: number, count: number): void;
}

class FeatureKernel {
  private readonly pictures: Uint8Array;
  private readonly rows: Float32Array;
  /** Pictures that go in at once. */
  private readonly room: number;
  private readonly exports: KernelExports;

  constructor(
    bytes: Uint8Array<ArrayBuffer>,
    private readonly width: number,
  ) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
    this.exports = exports as unknown as KernelExports;
    const { memory, free } = this.exports;
    this.room = Math.floor((memory.buffer.byteLength - free.value) / (PIXELS + 4 * width));
    this.pictures = new Uint8Array(memory.buffer, free.value, this.room * PIXELS);
    this.rows = new Float32Array(memory.buffer, free.value + this.room * PIXELS, this.room * width);
  }

  extract(images: Uint8Array, from: number, to: number, out: Float32Array, at: number): void {
    const { width, room, pictures, rows, exports } = this;
    for (let first = from; first < to; first += room) {
      const count = Math.min(room, to - first);
      pictures.set(images.subarray(first * PIXELS, (first + count) * PIXELS));
      exports.extract(pictures.byteOffset, rows.byteOffset, count);
      out.set(rows.subarray(0, count * width), at + (first - from) * width);
    }
  }
}

/** Rows have length 5; a kernel that is in order is off by some millionths. */
const TOLERANCE = 1e-4;

/** Paper, ink everywhere, a slope, and blots of every grey up to the edges. */
function trialPictures(): Uint8Array {
  const inks: ((i: number) => number)[] = [
    () => 0,
    () => 255,
    (i) => 3 * (i % 28) + 5 * Math.floor(i / 28),
    (i) => (i * i * 31 + i * 17) % 256,
  ];
  const pictures = new Uint8Array(inks.length * PIXELS);
  for (const [n, ink] of inks.entries()) for (let i = 0; i < PIXELS; i++) pictures[n * PIXELS + i] = ink(i);
  return pictures;
}

/** Whether it gives what plain code gives. */
function agrees(kernel: FeatureKernel, plain: FeatureExtractor): boolean {
  const pictures = trialPictures();
  const count = pictures.length / PIXELS;
  const ours = new Float32Array(count * plain.width);
  kernel.extract(pictures, 0, count, ours, 0);
  const theirs = new Float32Array(ours.length);
  for (let i = 0; i < count; i++) plain.extract(pictures, i, theirs, i * plain.width);
  return ours.every((value, i) => Math.abs(value - theirs[i]!) <= TOLERANCE);
}

/** One a kernel and worker, tried at first use; null where there is no WebAssembly with SIMD, or the trial fails. */
const opened = new Map<string, FeatureKernel | null>();

function open(base64: string, plain: FeatureExtractor): FeatureKernel | null {
  let kernel = opened.get(base64);
  if (kernel !== undefined) return kernel;
  try {
    kernel = new FeatureKernel(moduleBytes(base64), plain.width);
    if (!agrees(kernel, plain)) kernel = null;
  } catch {
    kernel = null;
  }
  opened.set(base64, kernel);
  return kernel;
}

export class KernelExtractor implements FeatureExtractor {
  readonly width: number;

  /**
   * @param plain the same features, in plain code
   * @param base64 of the kernel's module
   */
  constructor(
    private readonly plain: FeatureExtractor,
    private readonly base64: string,
  ) {
    this.width = plain.width;
  }

  /** False where the plain code does the work. */
  get byKernel(): boolean {
    return open(this.base64, this.plain) !== null;
  }

  extract(images: Uint8Array, index: number, out: Float32Array, at: number): void {
    this.extractMany(images, index, index + 1, out, at);
  }

  extractMany(images: Uint8Array, from: number, to: number, out: Float32Array, at: number): void {
    const kernel = open(this.base64, this.plain);
    if (kernel) kernel.extract(images, from, to, out, at);
    else for (let i = from; i < to; i++) this.plain.extract(images, i, out, at + (i - from) * this.width);
  }
}
