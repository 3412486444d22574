/**
 * The networks once more, as plainly as possible: loops over NCHW arrays in double precision, batch norm unfolded, straight
 * from the modules' definitions. Slow, and independent of everything it is used to check.
 */
import type { Spec, TensorSpec } from '../../checkpoint/support/architecture';

export interface Map3 {
  channels: number;
  height: number;
  width: number;
  data: Float64Array;
}

const empty = (channels: number, height: number, width: number): Map3 => ({
  channels,
  height,
  width,
  data: new Float64Array(channels * height * width),
});

export interface OraclePredictions {
  /** Results of every layer but the head. */
  layers: Map3[];
  /** Positions × 4 · regMax and positions × classes. */
  boxes: number[][];
  logits: number[][];
  /** Decoded: x1, y1, x2, y2 in input pixels. */
  xyxy: number[][];
}

/** @param list the Sequential of layers @param pixels S × S × 3 (NHWC) */
export function oracle(list: Spec, pixels: Float32Array, size: number): OraclePredictions {
  const image = empty(3, size, size);
  for (let p = 0; p < size * size; p++)
    for (let c = 0; c < 3; c++) image.data[c * size * size + p] = pixels[p * 3 + c]!;
  const layers: Map3[] = [];
  for (const [i, layer] of Object.values(list.modules).entries()) {
    const from = layer.attributes.f as number | number[];
    const inputs = (Array.isArray(from) ? from : [from]).map((f) => {
      const index = f < 0 ? i + f : f;
      return index < 0 ? image : layers[index]!;
    });
    if (name(layer) === 'Detect') return { layers, ...head(layer, inputs, size) };
    layers.push(name(layer) === 'Concat' ? concat(inputs) : forward(layer, inputs[0]!));
  }
  throw new Error('no head');
}

const name = (spec: Spec) => spec.type.split('.').at(-1)!;
const part = (spec: Spec, key: string) => spec.modules[key]!;
const all = (spec: Spec) => Object.values(spec.modules);
const chain = (parts: readonly Spec[], x: Map3) => parts.reduce((y, inner) => forward(inner, y), x);

function forward(m: Spec, x: Map3): Map3 {
  switch (name(m)) {
    case 'Conv':
    case 'DWConv': {
      const y = normalise(part(m, 'bn'), convolve(part(m, 'conv'), x));
      return name(part(m, 'act')) === 'SiLU' ? map(y, (v) => v / (1 + Math.exp(-v))) : y;
    }
    case 'Conv2d':
      return convolve(m, x);
    case 'Sequential':
      return chain(all(m), x);
    case 'Bottleneck': {
      const y = forward(part(m, 'cv2'), forward(part(m, 'cv1'), x));
      return m.attributes.add ? add(x, y) : y;
    }
    case 'C2f':
    case 'C3k2': {
      const y = forward(part(m, 'cv1'), x);
      const parts = [channels(y, 0, y.channels / 2), channels(y, y.channels / 2, y.channels / 2)];
      for (const inner of all(part(m, 'm'))) parts.push(forward(inner, parts.at(-1)!));
      return forward(part(m, 'cv2'), concat(parts));
    }
    case 'C3k': {
      const a = chain(all(part(m, 'm')), forward(part(m, 'cv1'), x));
      return forward(part(m, 'cv3'), concat([a, forward(part(m, 'cv2'), x)]));
    }
    case 'SPPF': {
      const stages = [forward(part(m, 'cv1'), x)];
      for (let i = 0; i < 3; i++) stages.push(maxPool5(stages.at(-1)!));
      const y = forward(part(m, 'cv2'), concat(stages));
      return m.attributes.add ? add(x, y) : y;
    }
    case 'C2PSA': {
      const y = forward(part(m, 'cv1'), x);
      const half = y.channels / 2;
      return forward(
        part(m, 'cv2'),
        concat([channels(y, 0, half), chain(all(part(m, 'm')), channels(y, half, half))]),
      );
    }
    case 'PSABlock': {
      const y = add(x, attend(part(m, 'attn'), x));
      return add(y, forward(part(m, 'ffn'), y));
    }
    case 'Upsample': {
      const y = empty(x.channels, 2 * x.height, 2 * x.width);
      for (let c = 0; c < y.channels; c++)
        for (let h = 0; h < y.height; h++)
          for (let w = 0; w < y.width; w++)
            y.data[(c * y.height + h) * y.width + w] =
              x.data[(c * x.height + (h >> 1)) * x.width + (w >> 1)]!;
      return y;
    }
    default:
      throw new Error(`the oracle does not know ${m.type}`);
  }
}

function convolve(m: Spec, x: Map3): Map3 {
  const [k] = m.attributes.kernel_size as unknown as [number];
  const [s] = m.attributes.stride as unknown as [number];
  const [p] = m.attributes.padding as unknown as [number];
  const groups = m.attributes.groups as number;
  const outputs = m.attributes.out_channels as number;
  const perFilter = x.channels / groups;
  const weight = m.parameters.weight!.values!;
  const bias = m.parameters.bias?.values;
  const y = empty(
    outputs,
    Math.floor((x.height + 2 * p - k) / s) + 1,
    Math.floor((x.width + 2 * p - k) / s) + 1,
  );
  for (let o = 0; o < outputs; o++) {
    const first = Math.floor(o / (outputs / groups)) * perFilter;
    for (let h = 0; h < y.height; h++)
      for (let w = 0; w < y.width; w++) {
        let sum = bias ? bias[o]! : 0;
        for (let i = 0; i < perFilter; i++)
          for (let a = 0; a < k; a++) {
            const row = h * s + a - p;
            if (row < 0 || row >= x.height) continue;
            for (let b = 0; b < k; b++) {
              const column = w * s + b - p;
              if (column < 0 || column >= x.width) continue;
              sum +=
                weight[((o * perFilter + i) * k + a) * k + b]! *
                x.data[((first + i) * x.height + row) * x.width + column]!;
            }
          }
        y.data[(o * y.height + h) * y.width + w] = sum;
      }
  }
  return y;
}

function normalise(bn: Spec, x: Map3): Map3 {
  const of = (tensor: TensorSpec | null | undefined) => tensor!.values!;
  const [gamma, beta] = [of(bn.parameters.weight), of(bn.parameters.bias)];
  const [mean, variance] = [of(bn.buffers.running_mean), of(bn.buffers.running_var)];
  const eps = bn.attributes.eps as number;
  const area = x.height * x.width;
  const y = empty(x.channels, x.height, x.width);
  for (let i = 0; i < y.data.length; i++) {
    const c = Math.floor(i / area);
    y.data[i] = ((x.data[i]! - mean[c]!) / Math.sqrt(variance[c]! + eps)) * gamma[c]! + beta[c]!;
  }
  return y;
}

function attend(m: Spec, x: Map3): Map3 {
  const heads = m.attributes.num_heads as number;
  const headDim = m.attributes.head_dim as number;
  const keyDim = m.attributes.key_dim as number;
  const scale = m.attributes.scale as number;
  const qkv = forward(part(m, 'qkv'), x);
  const count = x.height * x.width;
  const out = empty(x.channels, x.height, x.width);
  const values = empty(x.channels, x.height, x.width);
  const at = (channel: number, position: number) => qkv.data[channel * count + position]!;
  for (let head = 0; head < heads; head++) {
    const start = head * (2 * keyDim + headDim);
    for (let d = 0; d < headDim; d++)
      for (let n = 0; n < count; n++)
        values.data[(head * headDim + d) * count + n] = at(start + 2 * keyDim + d, n);
    for (let query = 0; query < count; query++) {
      const scores = Array.from({ length: count }, (_, key) => {
        let sum = 0;
        for (let d = 0; d < keyDim; d++) sum += at(start + d, query) * at(start + keyDim + d, key);
        return sum * scale;
      });
      const weights = softmax(scores);
      for (let d = 0; d < headDim; d++)
        out.data[(head * headDim + d) * count + query] = weights.reduce(
          (sum, weight, key) => sum + weight * at(start + 2 * keyDim + d, key),
          0,
        );
    }
  }
  return forward(part(m, 'proj'), add(out, forward(part(m, 'pe'), values)));
}

function softmax(scores: readonly number[]): number[] {
  const largest = Math.max(...scores);
  const exponentials = scores.map((score) => Math.exp(score - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

function head(m: Spec, inputs: readonly Map3[], size: number) {
  const regMax = m.attributes.reg_max as number;
  const prefix = m.modules.one2one_cv2 ? 'one2one_' : '';
  const boxes: number[][] = [];
  const logits: number[][] = [];
  const xyxy: number[][] = [];
  for (const [level, x] of inputs.entries()) {
    const box = forward(part(part(m, `${prefix}cv2`), String(level)), x);
    const scores = forward(part(part(m, `${prefix}cv3`), String(level)), x);
    const stride = size / x.width;
    for (let h = 0; h < x.height; h++)
      for (let w = 0; w < x.width; w++) {
        const column = (y: Map3) =>
          Array.from({ length: y.channels }, (_, c) => y.data[(c * y.height + h) * y.width + w]!);
        const raw = column(box);
        const distance = (side: number) => {
          if (regMax === 1) return raw[side]!;
          const weights = softmax(raw.slice(side * regMax, (side + 1) * regMax));
          return weights.reduce((sum, weight, bin) => sum + weight * bin, 0);
        };
        boxes.push(raw);
        logits.push(column(scores));
        xyxy.push([
          (w + 0.5 - distance(0)) * stride,
          (h + 0.5 - distance(1)) * stride,
          (w + 0.5 + distance(2)) * stride,
          (h + 0.5 + distance(3)) * stride,
        ]);
      }
  }
  return { boxes, logits, xyxy };
}

function map(x: Map3, f: (value: number) => number): Map3 {
  return { ...x, data: x.data.map(f) };
}

function add(a: Map3, b: Map3): Map3 {
  return { ...a, data: a.data.map((value, i) => value + b.data[i]!) };
}

function channels(x: Map3, from: number, count: number): Map3 {
  const area = x.height * x.width;
  return { ...x, channels: count, data: x.data.slice(from * area, (from + count) * area) };
}

function concat(inputs: readonly Map3[]): Map3 {
  const { height, width } = inputs[0]!;
  const y = empty(
    inputs.reduce((sum, input) => sum + input.channels, 0),
    height,
    width,
  );
  let at = 0;
  for (const { data } of inputs) {
    y.data.set(data, at);
    at += data.length;
  }
  return y;
}

function maxPool5(x: Map3): Map3 {
  const y = empty(x.channels, x.height, x.width);
  for (let c = 0; c < x.channels; c++)
    for (let h = 0; h < x.height; h++)
      for (let w = 0; w < x.width; w++) {
        let largest = Number.NEGATIVE_INFINITY;
        for (let a = Math.max(0, h - 2); a <= Math.min(x.height - 1, h + 2); a++)
          for (let b = Math.max(0, w - 2); b <= Math.min(x.width - 1, w + 2); b++)
            largest = Math.max(largest, x.data[(c * x.height + a) * x.width + b]!);
        y.data[(c * x.height + h) * x.width + w] = largest;
      }
  return y;
}
