/**
 * The corruptions beside the formulas of ImageNet-C's authors: the same picture, the same mean, spread and distance from it. How the
 * figures came about stands in the fixture.
 */
import { describe, expect, it } from 'vitest';
import { type CorruptionKind, corrupt } from '@/lib/detection';
import { displacements } from '@/lib/detection/noise/corruptions/elastic';
import { SeededRandom } from '@/lib/random';
import { AUTHORS, FIELD_PIXELS, type Figures, figures, PICTURE } from './support/imagenet-c';

const SEVERITIES = [1, 2, 3, 4, 5] as const;

/** Where a direction is drawn, a field, or where flakes fall: how far ours may be from the mean of theirs, and by how many draws. */
const WIDE: Partial<Record<CorruptionKind, { within: number; draws: number }>> = {
  'motion-blur': { within: 0.2, draws: 8 },
  elastic: { within: 0.45, draws: 1 },
  snow: { within: 0.15, draws: 1 },
  fog: { within: 0.5, draws: 1 },
};

describe.each(Object.keys(AUTHORS) as (keyof typeof AUTHORS)[])('%s', (kind) => {
  const wide = WIDE[kind];
  // What takes long and differs little from one severity to the next is tried at the ends.
  const tried = wide ? ([1, 5] as const) : SEVERITIES;
  it.each(tried)('severity %i does what the authors’ formulas do', (severity) => {
    const draws = Array.from({ length: wide?.draws ?? 1 }, (_, i) =>
      figures(corrupt(kind, PICTURE, severity, new SeededRandom(severity + 100 * i)).data),
    );
    const [mean, deviation, change] = [0, 1, 2].map(
      (column) => draws.reduce((sum, row) => sum + row[column]!, 0) / draws.length,
    ) as Figures;
    const [theirMean, theirDeviation, theirChange] = AUTHORS[kind][severity - 1]!;
    expect(Math.abs(change / theirChange - 1)).toBeLessThan(wide?.within ?? 0.025);
    expect(Math.abs(deviation / theirDeviation - 1)).toBeLessThan(wide?.within ?? 0.02);
    expect(Math.abs(mean - theirMean)).toBeLessThan(wide ? 0.12 : 0.007);
  });
});

it.each(SEVERITIES)('elastic, severity %i, displaces places as far as theirs does', (severity) => {
  let sum = 0;
  const draws = 3;
  for (let seed = 0; seed < draws; seed++)
    for (const [i, value] of displacements(PICTURE, severity, new SeededRandom(seed)).entries())
      if (i % 3 < 2) sum += value ** 2 / (draws * 2 * PICTURE.width * PICTURE.height);
  const ratio = Math.sqrt(sum) / FIELD_PIXELS[severity - 1]!;
  // At severity 1 the field is nearly one value for all places: few draws say little of it.
  const within = severity === 1 ? 2.5 : 1.25;
  expect(ratio).toBeGreaterThan(1 / within);
  expect(ratio).toBeLessThan(within);
});
