/** Faults in detection and its figures. */
import type { Fault } from './fault';

export const DETECTION: readonly Fault[] = [
  {
    what: 'head positions off by half a cell',
    file: 'lib/detection/networks/decode.ts',
    from: 'x[at] = column + 0.5;',
    to: 'x[at] = column;',
    seenBy: ['tests/unit/detection/networks/decode.test.ts'],
  },
  {
    what: 'a convolution on the GPU sees a pixel beyond the right edge',
    file: 'lib/detection/networks/kernels/webgpu/convolution-wgsl.ts',
    from: 'return at.x < sizes.inWidth && at.y < sizes.inHeight;',
    to: 'return at.x <= sizes.inWidth && at.y < sizes.inHeight;',
    seenBy: ['tests/unit/detection/networks/convolutions.chromium.test.ts'],
  },
  {
    what: 'a convolution on the GPU with most of its bias',
    file: 'lib/detection/networks/kernels/webgpu/convolution-wgsl.ts',
    from: 'var value = sum + bias[column];',
    to: 'var value = sum + 0.999 * bias[column];',
    seenBy: ['tests/unit/detection/networks/convolutions.chromium.test.ts'],
  },
  {
    what: 'convolutions are tested as if nothing were padded',
    file: 'lib/detection/networks/kernels/convolution-case.ts',
    from: 'const pad = (kernel - 1) / 2;',
    to: 'const pad = 0;',
    seenBy: ['tests/unit/detection/networks/convolution-case.test.ts'],
  },
  {
    what: 'a border of odd width on the wrong side',
    file: 'lib/detection/letterbox.ts',
    from: 'const before = (border: number) => Math.floor(border / 2);',
    to: 'const before = (border: number) => Math.ceil(border / 2);',
    seenBy: ['tests/unit/detection/letterbox.test.ts'],
  },
  {
    what: 'ties of sizes are rounded up',
    file: 'lib/detection/letterbox.ts',
    from: 'return floor % 2 === 0 ? floor : floor + 1;',
    to: 'return floor + 1;',
    seenBy: ['tests/unit/detection/letterbox.test.ts'],
  },
  {
    what: 'pixels without half-pixel centres',
    file: 'lib/detection/letterbox.ts',
    from: '((i + 0.5) * from) / to - 0.5',
    to: '(i * from) / to',
    seenBy: ['tests/unit/detection/letterbox.test.ts'],
  },
  {
    what: 'overlap counts the common area twice',
    file: 'lib/detection/boxes.ts',
    from: 'return intersection / (area(a) + area(b) - intersection);',
    to: 'return intersection / (area(a) + area(b));',
    seenBy: ['tests/unit/detection/boxes.test.ts'],
  },
  {
    what: 'suppression across classes',
    file: 'lib/detection/boxes.ts',
    from: '(other) => other.classId === candidate.classId && iou(other.box, candidate.box) > threshold',
    to: '(other) => iou(other.box, candidate.box) > threshold',
    seenBy: ['tests/unit/detection/boxes.test.ts', 'tests/unit/detection/networks/decode.test.ts'],
  },
  {
    what: 'precision is not made monotone',
    file: 'lib/detection/metrics/average-precision.ts',
    from: 'precision[i] = Math.max(precision[i]!, precision[i + 1]!);',
    to: 'precision[i] = precision[i]! + 0 * precision[i + 1]!;',
    seenBy: ['tests/unit/detection/average-precision.test.ts'],
  },
  {
    what: 'one object is found twice',
    file: 'lib/detection/metrics/average-precision.ts',
    from: 'if (object >= 0) taken.add(object);',
    to: 'if (object > 1e9) taken.add(object);',
    seenBy: ['tests/unit/detection/average-precision.test.ts'],
  },
  {
    what: 'labels are read from their corner',
    file: 'lib/detection/metrics/labels.ts',
    from: 'return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];',
    to: 'return [cx, cy, cx + w / 2, cy + h / 2];',
    seenBy: ['tests/unit/detection/labels.test.ts'],
  },
];
