/**
 * YOLO26, YOLO11 and YOLOv8 as trees of modules with random weights, as a trainer would build them: from the published
 * layer lists with their depth and width multipliers. Written from the description of the networks, not from the library.
 */
import type { RandomSource } from '@/lib/random';

export interface TensorSpec {
  readonly shape: readonly number[];
  readonly kind: 'weight' | 'gamma' | 'beta' | 'mean' | 'variance' | 'bias' | 'count' | 'bins';
  /** Made on first use: the large scales are only counted. */
  values: Float32Array | undefined;
}

export interface Spec {
  readonly type: string;
  readonly attributes: Record<
    string,
    number | boolean | string | null | number[] | readonly [number, number]
  >;
  readonly parameters: Record<string, TensorSpec | null>;
  readonly buffers: Record<string, TensorSpec>;
  readonly modules: Record<string, Spec>;
}

export type FamilyName = 'yolo26' | 'yolo11' | 'yolov8';

export interface Size {
  depth: number;
  width: number;
  maxChannels: number;
  /** All C3k2 blocks hold C3k blocks. */
  large: boolean;
}

const size = (depth: number, width: number, maxChannels: number, large = false): Size => ({
  depth,
  width,
  maxChannels,
  large,
});

export const SIZES: Record<FamilyName, Record<string, Size>> = {
  yolo26: {
    n: size(0.5, 0.25, 1024),
    s: size(0.5, 0.5, 1024),
    m: size(0.5, 1, 512, true),
    l: size(1, 1, 512, true),
    x: size(1, 1.5, 512, true),
  },
  yolo11: {
    n: size(0.5, 0.25, 1024),
    s: size(0.5, 0.5, 1024),
    m: size(0.5, 1, 512, true),
    l: size(1, 1, 512, true),
    x: size(1, 1.5, 512, true),
  },
  yolov8: {
    n: size(0.33, 0.25, 1024),
    s: size(0.33, 0.5, 1024),
    m: size(0.67, 0.75, 768),
    l: size(1, 1, 512),
    x: size(1, 1.25, 512),
  },
};

/** Far narrower than any published one, for quick tests. */
export const TINY: Size = size(0.33, 1 / 16, 1024);

type Row = readonly [from: number | number[], repeats: number, type: string, ...rest: unknown[]];

const DOWN_11 = (c3k: boolean): Row[] => [
  [-1, 1, 'Upsample'],
  [[-1, 6], 1, 'Concat'],
  [-1, 2, 'C3k2', 512, c3k],
  [-1, 1, 'Upsample'],
  [[-1, 4], 1, 'Concat'],
  [-1, 2, 'C3k2', 256, c3k],
  [-1, 1, 'Conv', 256],
  [[-1, 13], 1, 'Concat'],
  [-1, 2, 'C3k2', 512, c3k],
  [-1, 1, 'Conv', 512],
  [[-1, 10], 1, 'Concat'],
];
const BACKBONE_11: Row[] = [
  [-1, 1, 'Conv', 64],
  [-1, 1, 'Conv', 128],
  [-1, 2, 'C3k2', 256, false, 0.25],
  [-1, 1, 'Conv', 256],
  [-1, 2, 'C3k2', 512, false, 0.25],
  [-1, 1, 'Conv', 512],
  [-1, 2, 'C3k2', 512, true],
  [-1, 1, 'Conv', 1024],
  [-1, 2, 'C3k2', 1024, true],
];
const LISTS: Record<FamilyName, Row[]> = {
  yolo26: [
    ...BACKBONE_11,
    [-1, 1, 'SPPF', 1024, true],
    [-1, 2, 'C2PSA', 1024],
    ...DOWN_11(true),
    [-1, 1, 'C3k2', 1024, true, 0.5, true],
    [[16, 19, 22], 1, 'Detect'],
  ],
  yolo11: [
    ...BACKBONE_11,
    [-1, 1, 'SPPF', 1024, false],
    [-1, 2, 'C2PSA', 1024],
    ...DOWN_11(false),
    [-1, 2, 'C3k2', 1024, true],
    [[16, 19, 22], 1, 'Detect'],
  ],
  yolov8: [
    [-1, 1, 'Conv', 64],
    [-1, 1, 'Conv', 128],
    [-1, 3, 'C2f', 128, true],
    [-1, 1, 'Conv', 256],
    [-1, 6, 'C2f', 256, true],
    [-1, 1, 'Conv', 512],
    [-1, 6, 'C2f', 512, true],
    [-1, 1, 'Conv', 1024],
    [-1, 3, 'C2f', 1024, true],
    [-1, 1, 'SPPF', 1024, false],
    [-1, 1, 'Upsample'],
    [[-1, 6], 1, 'Concat'],
    [-1, 3, 'C2f', 512, false],
    [-1, 1, 'Upsample'],
    [[-1, 4], 1, 'Concat'],
    [-1, 3, 'C2f', 256, false],
    [-1, 1, 'Conv', 256],
    [[-1, 12], 1, 'Concat'],
    [-1, 3, 'C2f', 512, false],
    [-1, 1, 'Conv', 512],
    [[-1, 9], 1, 'Concat'],
    [-1, 3, 'C2f', 1024, false],
    [[15, 18, 21], 1, 'Detect'],
  ],
};

/** The list of layers (a Sequential). */
export function buildLayers(
  family: FamilyName,
  { depth, width, maxChannels, large }: Size,
  classCount: number,
): Spec {
  const layers: Record<string, Spec> = {};
  const channels: number[] = [];
  const strides: number[] = [];
  for (const [i, [from, repeats, type, ...rest]] of LISTS[family].entries()) {
    const sources = (Array.isArray(from) ? from : [from]).map((f) => (f < 0 ? i + f : f));
    const input = (j: number) => (sources[j]! < 0 ? 3 : channels[sources[j]!]!);
    const inStride = sources[0]! < 0 ? 1 : strides[sources[0]!]!;
    const n = repeats > 1 ? Math.max(Math.round(repeats * depth), 1) : repeats;
    const out = divisible(Math.min((rest[0] as number) || 0, maxChannels) * width);
    let layer: Spec;
    let made = out;
    let stride = inStride;
    switch (type) {
      case 'Conv':
        layer = conv(input(0), out, 3, 2);
        stride *= 2;
        break;
      case 'C3k2': {
        const [, c3k, e = 0.5, attention = false] = rest as [number, boolean, number?, boolean?];
        layer = c3k2(input(0), out, n, c3k || large, e, attention);
        break;
      }
      case 'C2f':
        layer = c2f(input(0), out, n, rest[1] as boolean);
        break;
      case 'SPPF':
        layer = sppf(input(0), out, rest[1] as boolean);
        break;
      case 'C2PSA':
        layer = c2psa(out, n);
        break;
      case 'Upsample':
        layer = node(
          'torch.nn.modules.upsampling.Upsample',
          {},
          { size: null, scale_factor: 2, mode: 'nearest' },
        );
        made = input(0);
        stride /= 2;
        break;
      case 'Concat':
        layer = node('ultralytics.nn.modules.conv.Concat', {}, { d: 1 });
        made = sources.reduce((sum, _, j) => sum + input(j), 0);
        break;
      default:
        layer = detect(
          family,
          sources.map((_, j) => input(j)),
          classCount,
        );
        layer.attributes.strides_for_test = sources.map((source) => strides[source]!);
    }
    Object.assign(layer.attributes, { i, f: from, type: layer.type });
    layers[String(i)] = layer;
    channels.push(made);
    strides.push(stride);
  }
  return node('torch.nn.modules.container.Sequential', layers);
}

function node(type: string, modules: Record<string, Spec>, attributes: Spec['attributes'] = {}): Spec {
  return { type, attributes, parameters: {}, buffers: {}, modules };
}

const tensor = (kind: TensorSpec['kind'], ...shape: number[]): TensorSpec => ({
  shape,
  kind,
  values: undefined,
});
const pair = (value: number) => [value, value] as const;
const list = (items: readonly Spec[]) => Object.fromEntries(items.map((item, i) => [String(i), item]));
const sequential = (...items: Spec[]) => node('torch.nn.modules.container.Sequential', list(items));
const moduleList = (items: readonly Spec[]) => node('torch.nn.modules.container.ModuleList', list(items));
const repeat = (n: number, make: () => Spec) => Array.from({ length: n }, make);
const divisible = (x: number) => Math.ceil(x / 8) * 8;

function conv2d(inputs: number, outputs: number, k: number, s: number, groups: number, bias: boolean): Spec {
  return {
    type: 'torch.nn.modules.conv.Conv2d',
    attributes: {
      in_channels: inputs,
      out_channels: outputs,
      kernel_size: pair(k),
      stride: pair(s),
      padding: pair(k >> 1),
      dilation: pair(1),
      transposed: false,
      groups,
      padding_mode: 'zeros',
    },
    parameters: {
      weight: tensor('weight', outputs, inputs / groups, k, k),
      bias: bias ? tensor('bias', outputs) : null,
    },
    buffers: {},
    modules: {},
  };
}

function conv(inputs: number, outputs: number, k = 1, s = 1, { groups = 1, act = true } = {}): Spec {
  const bn: Spec = {
    type: 'torch.nn.modules.batchnorm.BatchNorm2d',
    attributes: {
      num_features: outputs,
      eps: 0.001,
      momentum: 0.03,
      affine: true,
      track_running_stats: true,
    },
    parameters: { weight: tensor('gamma', outputs), bias: tensor('beta', outputs) },
    buffers: {
      running_mean: tensor('mean', outputs),
      running_var: tensor('variance', outputs),
      num_batches_tracked: tensor('count'),
    },
    modules: {},
  };
  const activation = act
    ? node('torch.nn.modules.activation.SiLU', {}, { inplace: true })
    : node('torch.nn.modules.linear.Identity', {});
  const type = groups > 1 ? 'DWConv' : 'Conv';
  return node(`ultralytics.nn.modules.conv.${type}`, {
    conv: conv2d(inputs, outputs, k, s, groups, false),
    bn,
    act: activation,
  });
}

const block = (name: string, modules: Record<string, Spec>, attributes: Spec['attributes'] = {}) =>
  node(`ultralytics.nn.modules.block.${name}`, modules, attributes);

function bottleneck(c: number, hidden: number, add: boolean): Spec {
  return block('Bottleneck', { cv1: conv(c, hidden, 3), cv2: conv(hidden, c, 3) }, { add });
}

function c3k(c: number): Spec {
  const h = c / 2;
  return block('C3k', {
    cv1: conv(c, h),
    cv2: conv(c, h),
    cv3: conv(2 * h, c),
    m: sequential(...repeat(2, () => bottleneck(h, h, true))),
  });
}

function c3k2(
  inputs: number,
  outputs: number,
  n: number,
  deep: boolean,
  e: number,
  attention: boolean,
): Spec {
  const c = Math.trunc(outputs * e);
  const inner = () =>
    attention ? sequential(bottleneck(c, c / 2, true), psa(c)) : deep ? c3k(c) : bottleneck(c, c / 2, true);
  return block(
    'C3k2',
    { cv1: conv(inputs, 2 * c), cv2: conv((2 + n) * c, outputs), m: moduleList(repeat(n, inner)) },
    { c },
  );
}

function c2f(inputs: number, outputs: number, n: number, add: boolean): Spec {
  const c = outputs / 2;
  return block(
    'C2f',
    {
      cv1: conv(inputs, 2 * c),
      cv2: conv((2 + n) * c, outputs),
      m: moduleList(repeat(n, () => bottleneck(c, c, add))),
    },
    { c },
  );
}

function sppf(inputs: number, outputs: number, newer: boolean): Spec {
  const hidden = inputs / 2;
  const pool = node(
    'torch.nn.modules.pooling.MaxPool2d',
    {},
    { kernel_size: 5, stride: 1, padding: 2, dilation: 1 },
  );
  // The older block had neither a shortcut nor these attributes.
  const attributes: Spec['attributes'] = newer ? { n: 3, add: inputs === outputs } : {};
  return block(
    'SPPF',
    { cv1: conv(inputs, hidden, 1, 1, { act: !newer }), cv2: conv(hidden * 4, outputs), m: pool },
    attributes,
  );
}

function psa(c: number): Spec {
  const heads = Math.max(Math.floor(c / 64), 1);
  const headDim = c / heads;
  const keyDim = headDim / 2;
  const attn = block(
    'Attention',
    {
      qkv: conv(c, c + 2 * keyDim * heads, 1, 1, { act: false }),
      proj: conv(c, c, 1, 1, { act: false }),
      pe: conv(c, c, 3, 1, { groups: c, act: false }),
    },
    { num_heads: heads, head_dim: headDim, key_dim: keyDim, scale: keyDim ** -0.5 },
  );
  const ffn = sequential(conv(c, 2 * c), conv(2 * c, c, 1, 1, { act: false }));
  return block('PSABlock', { attn, ffn }, { add: true });
}

function c2psa(channels: number, n: number): Spec {
  const c = channels / 2;
  return block(
    'C2PSA',
    { cv1: conv(channels, 2 * c), cv2: conv(2 * c, channels), m: sequential(...repeat(n, () => psa(c))) },
    { c },
  );
}

function detect(family: FamilyName, inputs: readonly number[], classCount: number): Spec {
  const regMax = family === 'yolo26' ? 1 : 16;
  const c2 = Math.max(16, Math.floor(inputs[0]! / 4), regMax * 4);
  const c3 = Math.max(inputs[0]!, Math.min(classCount, 100));
  const box = (x: number) =>
    sequential(conv(x, c2, 3), conv(c2, c2, 3), conv2d(c2, 4 * regMax, 1, 1, 1, true));
  const classes = (x: number) =>
    family === 'yolov8'
      ? sequential(conv(x, c3, 3), conv(c3, c3, 3), conv2d(c3, classCount, 1, 1, 1, true))
      : sequential(
          sequential(conv(x, x, 3, 1, { groups: x }), conv(x, c3)),
          sequential(conv(c3, c3, 3, 1, { groups: c3 }), conv(c3, c3)),
          conv2d(c3, classCount, 1, 1, 1, true),
        );
  const modules: Record<string, Spec> = {
    cv2: moduleList(inputs.map(box)),
    cv3: moduleList(inputs.map(classes)),
  };
  if (regMax > 1) {
    const bins = conv2d(regMax, 1, 1, 1, 1, false);
    bins.parameters.weight = tensor('bins', 1, regMax, 1, 1);
    modules.dfl = block('DFL', { conv: bins });
  } else {
    modules.dfl = node('torch.nn.modules.linear.Identity', {});
    modules.one2one_cv2 = moduleList(inputs.map(box));
    modules.one2one_cv3 = moduleList(inputs.map(classes));
  }
  return node('ultralytics.nn.modules.head.Detect', modules, {
    nc: classCount,
    nl: inputs.length,
    reg_max: regMax,
    no: classCount + 4 * regMax,
  });
}

/** All tensors by their dotted name, in PyTorch's order. */
export function* tensorsOf(
  spec: Spec,
  path = '',
): Iterable<[name: string, tensor: TensorSpec, trained: boolean]> {
  const at = (name: string) => (path ? `${path}.${name}` : name);
  for (const [name, value] of Object.entries(spec.parameters)) if (value) yield [at(name), value, true];
  for (const [name, value] of Object.entries(spec.buffers)) yield [at(name), value, false];
  for (const [name, inner] of Object.entries(spec.modules)) yield* tensorsOf(inner, at(name));
}

export const elements = ({ shape }: TensorSpec) => shape.reduce((product, side) => product * side, 1);

/** Weights that keep activations of order one through the depth, rounded to half precision as checkpoints are. */
export function fillRandom(spec: Spec, random: RandomSource): void {
  for (const [, tensor] of tensorsOf(spec)) {
    const [, perFilter = 1, k = 1] = tensor.shape;
    const spread = Math.sqrt(2.2 / (perFilter * k * k));
    const draw = {
      weight: () => spread * random.gaussian(),
      gamma: () => 0.8 + 0.4 * random.uniform(),
      variance: () => 0.5 + random.uniform(),
      beta: () => 0.2 * random.gaussian(),
      mean: () => 0.2 * random.gaussian(),
      bias: () => random.gaussian(),
      count: () => 0,
      bins: () => 0,
    }[tensor.kind];
    tensor.values = Float32Array.from({ length: elements(tensor) }, (_, i) =>
      tensor.kind === 'bins' ? i : roundToHalf(draw()),
    );
  }
}

/** The nearest number with 11 bits of precision, which half precision holds exactly (in its normal range). */
export function roundToHalf(value: number): number {
  if (Math.abs(value) < 2 ** -14) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / unit) * unit;
}
