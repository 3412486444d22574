/**
 * Convolutions in WGSL, each with its bias, its activation and its shortcut in one pass.
 *
 * A convolution is a matrix product without the matrix: a row of it is what one output pixel sees, k · k · inputs numbers, and is read
 * where it lies ("implicit GEMM", Chetlur et al. 2014, "cuDNN", section 3). A thread computes some pixels, one above the other in
 * the list of all pixels, of one group of four channels, and keeps their sums in registers: a number of the filters is read once
 * for all its pixels. Neighbouring threads take neighbouring groups of channels, so that filters are read, and results
 * written, side by side. There is no workgroup memory and there are no barriers, for which software adapters pay dearly.
 *
 * Sizes come in a uniform buffer: one pipeline serves every layer of a kind. Compiling is what a first look waits for, and
 * sizes as constants would gain nothing in the loops, which are long.
 */
import { eachThread } from '@/lib/kernels/shader';
import type { Program } from '@/lib/kernels/webgpu-dispatch';

export interface Kind {
  /**
   * `pointwise`: 1 × 1, a step of one, nothing padded: pixels in are pixels out. `dense`: any other that sums over all inputs.
   * `depthwise`: each channel by itself.
   */
  readonly reach: 'pointwise' | 'dense' | 'depthwise';
  /** How many channels are read at once: four, where their number divides. Depthwise they are as many as the outputs. */
  readonly inputs: 1 | 4;
  /** How many channels a thread computes. */
  readonly outputs: 1 | 4;
  /** How many pixels a thread computes. */
  readonly high: number;
}

/** The uniform buffer, 32 bits each, in this order. Channels are counted in groups as they are read and written. */
export interface Sizes {
  threads: number;
  pixels: number;
  /** Groups of channels of the result. */
  columns: number;
  /** Groups of channels of the input. */
  depth: number;
  outWidth: number;
  outArea: number;
  inWidth: number;
  inHeight: number;
  kernel: number;
  stride: number;
  pad: number;
  silu: 0 | 1;
  shortcut: 0 | 1;
  /** Of negative values, where there is no SiLU. The bits of a float. */
  slope: number;
}

const FIELDS: readonly (keyof Sizes)[] = [
  ...(['threads', 'pixels', 'columns', 'depth', 'outWidth', 'outArea', 'inWidth', 'inHeight'] as const),
  ...(['kernel', 'stride', 'pad', 'silu', 'shortcut', 'slope'] as const),
];

export const inOrder = (sizes: Sizes): number[] => FIELDS.map((field) => sizes[field]);

export const bitsOf = (value: number): number => new Uint32Array(Float32Array.of(value).buffer)[0]!;

export const convolutionProgram = (kind: Kind): Program => ({
  key: `Epsilon convolution ${kind.reach} ${kind.inputs} ${kind.outputs} ${kind.high}`,
  code: () => code(kind),
});

const type = (channels: 1 | 4) => (channels === 4 ? 'vec4f' : 'f32');

function code(kind: Kind): string {
  const [input, output] = [type(kind.inputs), type(kind.outputs)];
  const rows = Array.from({ length: kind.high }, (_, row) => row);
  const each = (line: (row: number) => string) => rows.map((row) => `  ${line(row)}`).join('\n');
  return `
struct Sizes { ${FIELDS.map((field) => `${field}: ${field === 'slope' ? 'f32' : 'u32'}`).join(', ')} }
@group(0) @binding(0) var<storage, read> x: array<${input}>;
@group(0) @binding(1) var<storage, read> filters: array<${output}>;
@group(0) @binding(2) var<storage, read> bias: array<${output}>;
@group(0) @binding(3) var<storage, read> shortcut: array<${output}>;
@group(0) @binding(4) var<storage, read_write> result: array<${output}>;
@group(0) @binding(5) var<uniform> sizes: Sizes;

// Where the square begins that an output pixel sees: column, row, picture.
fn corner(pixel: u32) -> vec3u {
  let place = pixel % sizes.outArea;
  return vec3u(
    place % sizes.outWidth * sizes.stride - sizes.pad, place / sizes.outWidth * sizes.stride - sizes.pad, pixel / sizes.outArea);
}
// Beyond the left or upper edge a number has gone round, and is larger than any side.
fn inside(at: vec3u) -> bool { return at.x < sizes.inWidth && at.y < sizes.inHeight; }
fn place(at: vec3u) -> u32 { return (at.z * sizes.inHeight + at.y) * sizes.inWidth + at.x; }

fn finish(sum: ${output}, pixel: u32, column: u32) {
  if (pixel >= sizes.pixels) { return; }
  let at = pixel * sizes.columns + column;
  var value = sum + bias[column];
  if (sizes.silu == 1u) {
    // e^87 is still finite: shaders may do anything with infinities. Below -87 the result is 0 whatever the value is exactly.
    value = max(value, ${output}(-100.0)) / (1.0 + exp(min(-value, ${output}(87.0))));
  } else {
    value = select(sizes.slope * value, value, value >= ${output}());
  }
  if (sizes.shortcut == 1u) { value += shortcut[at]; }
  result[at] = value;
}

${eachThread('thread', 'sizes.threads')}
  let column = thread % sizes.columns;
  let first = thread / sizes.columns * ${kind.high}u;
${each((r) => `let pixel${r} = min(first + ${r}u, sizes.pixels - 1u);`)}
${each((r) => `var sum${r} = ${output}();`)}
${BODIES[kind.reach](kind, each)}
${each((r) => `finish(sum${r}, first + ${r}u, column);`)}
}`;
}

type Each = (line: (row: number) => string) => string;

/** The sum over the channels of one place, `from<row> + i` in x and `at` on in the filters; `read` gives a row's group of channels. */
function overChannels({ inputs }: Kind, each: Each, read: (row: number) => string): string {
  const parts = inputs === 4 ? ['.x', '.y', '.z', '.w'] : [''];
  return `
  for (var i = 0u; i < sizes.depth; i++) {
${each((r) => `let x${r} = ${read(r)};`)}
${parts.map((part, k) => `  let w${k} = filters[at + ${k}u * sizes.columns];\n${each((r) => `sum${r} += x${r}${part} * w${k};`)}`).join('\n')}
    at += ${inputs}u * sizes.columns;
  }`;
}

/** Goes over the places of the square, from its corner on. */
const overSquare = (each: Each, body: string) => `
${each((r) => `let corner${r} = corner(pixel${r});`)}
  for (var down = 0u; down < sizes.kernel; down++) {
  for (var right = 0u; right < sizes.kernel; right++) {
${each((r) => `let seen${r} = corner${r} + vec3u(right, down, 0u);\n  let inside${r} = inside(seen${r});`)}
${body}
  }
  }`;

const BODIES: Record<Kind['reach'], (kind: Kind, each: Each) => string> = {
  pointwise: (kind, each) => `
${each((r) => `let from${r} = pixel${r} * sizes.depth;`)}
  var at = column;
${overChannels(kind, each, (r) => `x[from${r} + i]`)}`,

  dense: (kind, each) => `
  var at = column;
${overSquare(
  each,
  `${each((r) => `let from${r} = select(0u, place(seen${r}) * sizes.depth, inside${r});`)}
${overChannels(kind, each, (r) => `select(${type(kind.inputs)}(), x[from${r} + i], inside${r})`)}`,
)}`,

  depthwise: (kind, each) =>
    overSquare(
      each,
      `  let weight = filters[(down * sizes.kernel + right) * sizes.columns + column];
${each((r) => `sum${r} += weight * select(${type(kind.outputs)}(), x[select(0u, place(seen${r}) * sizes.columns + column, inside${r})], inside${r});`)}`,
    ),
};
