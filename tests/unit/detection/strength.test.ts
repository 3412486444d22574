import { describe, expect, it } from 'vitest';
import { blockSide, blurWidth, jpegQuality, NOISE_KINDS, noiseStrength } from '@/lib/detection';

const PICTURES = [
  { width: 640, height: 427 },
  { width: 300, height: 1280 },
  { width: 1, height: 1 },
];

describe('the strength of noise in the unit of its kind', () => {
  it.each(NOISE_KINDS)('$kind: every value that can be set comes back the same', ({ kind }) => {
    for (const picture of PICTURES) {
      const { min, max, step, integer, fromScale, toScale } = noiseStrength(kind, picture);
      expect(max).toBeGreaterThan(min);
      if (kind === 'pixelation' && blockSide(1, picture) <= 1) continue;
      for (let i = 0; i <= Math.round((max - min) / step); i++) {
        const value = Math.min(max, min + i * step);
        const scale = toScale(value);
        expect(scale).toBeGreaterThanOrEqual(0);
        expect(scale).toBeLessThanOrEqual(1);
        if (integer) expect(fromScale(scale)).toBe(value);
        else expect(fromScale(scale)).toBeCloseTo(value, 4);
      }
    }
  });

  it('is what the noise itself makes of the scale', () => {
    const [picture] = PICTURES;
    expect(noiseStrength('blur', picture!).fromScale(0.5)).toBeCloseTo(blurWidth(0.5, picture!), 4);
    expect(noiseStrength('pixelation', picture!).fromScale(0.5)).toBe(blockSide(0.5, picture!));
    expect(noiseStrength('jpeg', picture!).fromScale(0.5)).toBe(jpegQuality(0.5));
    expect(noiseStrength('salt-and-pepper', picture!).fromScale(0.05)).toBe(5);
    expect(noiseStrength('gaussian', picture!).fromScale(0.1)).toBe(0.1);
  });

  it('brings what is out of range back into it', () => {
    for (const { kind } of NOISE_KINDS)
      for (const value of [-1e9, 1e9]) {
        const scale = noiseStrength(kind, PICTURES[0]!).toScale(value);
        expect([0, 1]).toContain(scale);
      }
  });
});
