import { describe, expect, it } from 'vitest';
import { CONVOLUTIONS } from '@/lib/detection/nanodet/layers';
import { runSuite } from '@/tests/harness/chromium';
import { hasChromium } from '@/tests/harness/find-chromium';
import type { Compared, Layer } from '@/tests/pages/detection/networks/convolutions';

/** Kernel, inputs, outputs and stride of every layer of YOLO26n; outputs of 0 where it is depthwise. */
const YOLO26N: readonly (readonly [number, number, number, number])[] = [
  ...([3, 16, 32, 64, 128] as const).map((inputs, i) => [3, inputs, [16, 32, 64, 128, 256][i]!, 2] as const),
  ...([64, 128] as const).map((inputs) => [3, inputs, inputs, 2] as const),
  ...[8, 16, 32, 64, 128].flatMap((few) => [
    [3, 2 * few, few, 1] as const,
    [3, few, 2 * few, 1] as const,
    [3, few, few, 1] as const,
  ]),
  ...[64, 128, 256].map((inputs) => [3, inputs, 16, 1] as const),
  ...[
    [32, 16],
    [48, 64],
    [64, 32],
    [96, 128],
    [128, 64],
    [64, 64],
    [192, 128],
    [256, 128],
    [128, 128],
    [384, 256],
    [512, 256],
    [128, 32],
    [128, 256],
    [256, 256],
    [384, 64],
    [256, 32],
    [32, 32],
    [96, 64],
    [192, 64],
    [384, 128],
    [16, 4],
    [64, 80],
    [80, 80],
    [128, 80],
    [256, 80],
  ].map(([inputs, outputs]) => [1, inputs!, outputs!, 1] as const),
  ...[64, 80, 128, 256].map((channels) => [3, channels, 0, 1] as const),
];

/** Sides that no tile divides, one of them odd: the larger ones fill the high tiles. */
const SIZES: readonly Layer['size'][] = [
  [1, 5, 6],
  [2, 3, 5],
  [1, 18, 17],
];

const layer = (
  [kernel, inputs, outputs, stride]: readonly number[],
  i: number,
  activation: Layer['activation'],
): Layer => ({
  ...{ kernel: kernel!, inputs: inputs!, stride: stride!, activation },
  outputs: outputs || inputs!,
  depthwise: outputs === 0,
  shortcut: i % 3 === 0,
  pad: (kernel! - 1) / 2,
  // Large ones with few channels only: what they are compared with takes its time.
  size: SIZES[inputs! * (outputs || 1) * kernel! ** 2 < 5000 ? 2 : i % 2]!,
});

const unusual = (given: Partial<Layer>): Layer => ({
  ...{ kernel: 3, stride: 1, inputs: 8, outputs: 8, depthwise: false, activation: 'linear', shortcut: false },
  ...{ pad: 1, size: [2, 9, 8] },
  ...given,
});

/** Each kind once. */
const NANODET = [
  ...new Map(
    CONVOLUTIONS.map((one) => [`${[one.kernel, one.inputs, one.outputs, one.stride]}`, one]),
  ).values(),
];

const LAYERS: readonly Layer[] = [
  ...YOLO26N.map((one, i) => layer(one, i, i % 4 === 0 ? 'linear' : 'silu')),
  ...NANODET.map(({ kernel, inputs, outputs, stride, leaky }, i) =>
    layer([kernel, inputs, outputs, stride], i, leaky ? 'leaky' : 'linear'),
  ),
  // As the face detector has them: nothing padded, and outputs that do not come in fours.
  unusual({ inputs: 3, outputs: 16, pad: 0, activation: 'leaky' }),
  unusual({ kernel: 1, inputs: 64, outputs: 25, pad: 0 }),
  unusual({ inputs: 64, outputs: 64, depthwise: true }),
  // As others bring them.
  unusual({ inputs: 5, outputs: 7, activation: 'relu', shortcut: true }),
  unusual({ inputs: 6, outputs: 6, depthwise: true, stride: 2, activation: 'silu' }),
  unusual({ kernel: 1, pad: 0, stride: 2, activation: 'silu' }),
  unusual({ kernel: 6, pad: 2, stride: 2, inputs: 3, outputs: 16, size: [1, 16, 14] }),
  unusual({ kernel: 5, pad: 2, activation: 'relu' }),
  unusual({ kernel: 7, pad: 3, size: [1, 2, 3] }),
];

describe.skipIf(!hasChromium()).each(['webgpu', 'wasm'] as const)(
  'convolutions of our own on %s',
  (backend) => {
    it('compute what the plain JavaScript backend does, on WebGPU in one dispatch each', async () => {
      const { errors, dispatches, leaked, refused } = await runSuite<Compared>(
        'tests/pages/detection/networks/convolutions.ts',
        { backend, layers: LAYERS },
        { timeout: 600_000 },
      );
      expect(refused).toEqual([]);
      const wrong = LAYERS.map((one, i) => ({ error: errors[i]!, ...one })).filter(
        ({ error }) => !(error < 1e-5),
      );
      expect(wrong).toEqual([]);
      expect(errors).toHaveLength(LAYERS.length);
      if (backend === 'webgpu') expect(dispatches).toBe(LAYERS.length);
      expect(leaked).toBe(0);
    }, 600_000);
  },
);
