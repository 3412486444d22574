/**
 * Three small passes of a dense step in WGSL, each a loop in registers over a row or a column. tfjs makes its sums by steps
 * through workgroup memory, over columns after a transposition, and a softmax with its slopes in a dozen dispatches.
 */
import { eachThread, type Shader } from '@/lib/kernels/shader';

const INPUT = '@group(0) @binding(0) var<storage, read>';

/** Σᵢ aᵢ over rows. Inputs: a, rows × columns. Outputs: [columns]. */
export const columnSumsShader = (rows: number, columns: number): Shader => ({
  threads: columns,
  code: `
${INPUT} a: array<f32, ${rows * columns}>;
@group(0) @binding(1) var<storage, read_write> sums: array<f32, ${columns}>;
${eachThread('column', columns)}
  var sum = 0.0;
  for (var row = 0u; row < ${rows}u; row++) { sum += a[row * ${columns}u + column]; }
  sums[column] = sum;
}`,
});

/** ‖aᵢ‖² of each row. Inputs: a, rows × columns. Outputs: [rows]. */
export function squaredLengthsShader(rows: number, columns: number): Shader {
  const wide = columns % 4 === 0 ? 4 : 1;
  const perRow = columns / wide;
  return {
    threads: rows,
    code: `
${INPUT} a: array<${wide === 4 ? 'vec4f' : 'f32'}, ${rows * perRow}>;
@group(0) @binding(1) var<storage, read_write> squares: array<f32, ${rows}>;
${eachThread('row', rows)}
  var sum = 0.0;
  for (var i = 0u; i < ${perRow}u; i++) {
    let x = a[row * ${perRow}u + i];
    sum += ${wide === 4 ? 'dot(x, x)' : 'x * x'};
  }
  squares[row] = sum;
}`,
  };
}

/**
 * Softmax cross-entropy and its slopes, shifted by the row's largest logit: exp of a large one overflows.
 * Inputs: logits, rows × classes; labels, [rows], integers. Outputs: losses in nats, [rows]; softmax − onehot, rows × classes.
 */
export const softmaxShader = (rows: number, classes: number): Shader => ({
  threads: rows,
  code: `
${INPUT} logits: array<f32, ${rows * classes}>;
@group(0) @binding(1) var<storage, read> labels: array<i32, ${rows}>;
@group(0) @binding(2) var<storage, read_write> losses: array<f32, ${rows}>;
@group(0) @binding(3) var<storage, read_write> slopes: array<f32, ${rows * classes}>;
${eachThread('row', rows)}
  let first = row * ${classes}u;
  var largest = logits[first];
  for (var c = 1u; c < ${classes}u; c++) { largest = max(largest, logits[first + c]); }
  var sum = 0.0;
  for (var c = 0u; c < ${classes}u; c++) { sum += exp(logits[first + c] - largest); }
  let label = u32(labels[row]);
  losses[row] = log(sum) - (logits[first + label] - largest);
  for (var c = 0u; c < ${classes}u; c++) {
    slopes[first + c] = exp(logits[first + c] - largest) / sum - select(0.0, 1.0, c == label);
  }
}`,
});
