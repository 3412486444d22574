/** Who pays: the ranking, and when it may be said that one group pays more than another. */
import { describe, expect, test } from 'vitest';
import type { GroupError } from '@/components/lessons/healthcare/experiments/subgroups';
import { ranked, toldApart } from '@/components/lessons/healthcare/subgroups/groups';

const share = (mean: number) => ({ mean, low: mean, high: mean });
const group = (plain: number, dp: number, error: number | null): GroupError => ({
  patients: 10,
  plain: share(plain),
  private: share(dp),
  price: { mean: dp - plain, error },
});
const NOBODY: GroupError = { patients: 0, plain: null, private: null, price: null };

describe('who pays', () => {
  test('most points first, a gain last, and nobody where nobody was tested', () => {
    const paid = ranked([group(0.2, 0.25, 0.01), group(0.02, 0.08, 0.01), NOBODY, group(0.08, 0.05, 0.01)]);
    expect(paid.map(({ name }) => name)).toEqual([
      'malignant, large nuclei',
      'malignant, small nuclei',
      'benign, large nuclei',
    ]);
    expect(paid[0]!.times).toBeCloseTo(4, 12);
    expect(paid[2]!.price.mean).toBeCloseTo(-0.03, 12);
    expect(ranked([group(0, 0.1, 0.01)])[0]!.times).toBeNull();
  });

  test('two prices are told apart only beyond the scatter of the draws', () => {
    expect(toldApart({ mean: 0.1, error: 0.01 }, { mean: 0.05, error: 0.01 })).toBe(true);
    expect(toldApart({ mean: 0.05, error: 0.01 }, { mean: 0.1, error: 0.01 })).toBe(true);
    // 2 · √(0.01² + 0.01²) is 0.0283.
    expect(toldApart({ mean: 0.1, error: 0.01 }, { mean: 0.073, error: 0.01 })).toBe(false);
    expect(toldApart({ mean: 0.1, error: 0.01 }, { mean: 0.071, error: 0.01 })).toBe(true);
    expect(toldApart({ mean: 0.1, error: null }, { mean: 0, error: 0.01 })).toBe(false);
  });
});
