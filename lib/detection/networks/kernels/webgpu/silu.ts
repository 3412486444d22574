/** SiLU on WebGPU in one dispatch: tfjs itself takes two (sigmoid, then mul). */
import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu';
import type { KernelBackend, TensorInfo } from '@tensorflow/tfjs-core';

const WORKGROUP = 128;
/** The least any WebGPU device allows along one side of a dispatch. */
const MOST_GROUPS = 65535;

export function siluOnWebgpu(backend: KernelBackend, x: TensorInfo, shortcut?: TensorInfo): TensorInfo {
  const inputs = shortcut ? [x, shortcut] : [x];
  return (backend as WebGPUBackend).runWebGPUProgram(
    program(x.shape, shortcut !== undefined),
    inputs,
    'float32',
  );
}

function program(shape: number[], add: boolean): WebGPUProgram {
  const elements = shape.reduce((product, side) => product * side, 1);
  // Four values a thread where pixels divide evenly, as tfjs' own element-wise programs do.
  const width = shape.at(-1)! % 4 === 0 ? 4 : 1;
  const type = width === 4 ? 'vec4<f32>' : 'f32';
  const groups = Math.ceil(elements / width / WORKGROUP);
  const across = Math.min(groups, MOST_GROUPS);
  const variables = add ? ['A', 'B'] : ['A'];
  return {
    variableNames: variables,
    variableComponents: variables.map(() => width),
    outputComponent: width,
    outputShape: shape,
    workgroupSize: [WORKGROUP, 1, 1],
    dispatchLayout: { x: shape.map((_, axis) => axis) },
    dispatch: [across, Math.ceil(groups / across), 1],
    size: true,
    shaderKey: `epsilon_silu_${width}_${add}`,
    // e^87 is still finite: shaders may do anything with infinities. Below −87 the result is 0 whatever x is exactly.
    getUserCode: () => `
      fn main(index : i32) {
        if (index < uniforms.size) {
          let x = ${type}(getAByOutputIndex(index));
          let silu = max(x, ${type}(-100.0)) / (1.0 + exp(min(-x, ${type}(87.0))));
          setOutputAtIndex(index, silu${add ? ` + ${type}(getBByOutputIndex(index))` : ''});
        }
      }`,
  };
}
