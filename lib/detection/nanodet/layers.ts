/**
 * The 34 convolutions of NanoDet-g in the order in which they run, and what they look like. Which one feeds which is said
 * in `network.ts`. From the configuration `nanodet-g` of RangiLyu/nanodet: a CSPNet backbone (Wang et al. 2020, "CSPNet"), a
 * path aggregation network (Liu et al. 2018, section 3.1) and a head of its own for each of three scales.
 */

export interface NanoDetConvolution {
  /** `conv0` … `conv33`, as its tensors are named. */
  readonly name: string;
  readonly kernel: 1 | 3;
  readonly stride: 1 | 2;
  readonly inputs: number;
  readonly outputs: number;
  /** Leaky ReLU behind it, or nothing. */
  readonly leaky: boolean;
}

export const CLASS_COUNT = 80;
/** A side's distance is told as a distribution over 0 … 10 (Li et al. 2020, "Generalized Focal Loss", section 3.2). */
export const BINS = 11;
/** Values a cell: 80 class logits, then 11 logits each for the left, top, right and bottom side. */
export const VALUES_PER_CELL = CLASS_COUNT + 4 * BINS;

/** Pixels from one cell to the next, finest scale first. */
export const STRIDES = [8, 16, 32] as const;

type Shape = readonly [kernel: 1 | 3, inputs: number, outputs: number, stride?: 1 | 2];

/** A stage of the backbone: an entry, so many pairs of convolutions on half its channels, and a way out. */
const stage = (channels: number, pairs: number, stride: 1 | 2): Shape[] => [
  [3, channels, channels, stride],
  ...Array.from({ length: pairs }, (): Shape[] => [
    [3, channels, channels / 2],
    [3, channels / 2, channels / 2],
  ]).flat(),
  [3, channels, channels],
];

const HEAD: Shape[] = [
  [3, 128, 128],
  [1, 128, VALUES_PER_CELL],
];

const BACKBONE: Shape[] = [
  [3, 3, 32, 2],
  ...stage(32, 1, 1),
  ...stage(64, 2, 2),
  ...stage(128, 2, 2),
  ...stage(256, 3, 2),
];

const LATERAL: Shape[] = [
  [1, 128, 128],
  [1, 256, 128],
  [1, 512, 128],
];

export const CONVOLUTIONS: readonly NanoDetConvolution[] = [
  ...BACKBONE,
  ...LATERAL,
  ...HEAD,
  ...HEAD,
  ...HEAD,
].map(([kernel, inputs, outputs, stride = 1], i) => ({
  ...{ name: `conv${i}`, kernel, stride, inputs, outputs },
  // The 1 × 1 convolutions pass on what they have: into the neck, and out of the head.
  leaky: kernel === 3,
}));
