/** The common scale of all noise, 0 … 1, in the unit that each kind is thought of in: pixels, per cent, quality. */

import { severityOf } from './corruptions';
import type { NoiseKind } from './kinds';
import { blockSide, blurWidth, jpegQuality } from './kinds';

export interface NoiseStrength {
  readonly label: string;
  readonly unit?: string;
  /** In the unit. */
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly integer: boolean;
  /** @param scale 0 … 1 */
  fromScale(scale: number): number;
  toScale(value: number): number;
}

/** @param picture size in pixels: blur and blocks are measured by its longer side */
export function noiseStrength(kind: NoiseKind, picture: { width: number; height: number }): NoiseStrength {
  switch (kind) {
    case 'gaussian':
    case 'laplace':
    case 'uniform':
      return linear({ label: 'Noise scale', max: 1, step: 0.01 });
    case 'salt-and-pepper':
      return linear({ label: 'Pixels hit', unit: '%', max: 100, step: 1 });
    case 'blur':
      return linear({ label: 'Blur width', unit: 'px', max: tidy(blurWidth(1, picture)), step: 0.1 });
    case 'pixelation': {
      const largest = blockSide(1, picture);
      return {
        label: 'Block side',
        unit: 'px',
        min: 1,
        max: Math.max(2, largest),
        step: 1,
        integer: true,
        fromScale: (scale) => blockSide(scale, picture),
        toScale: (side) => (largest <= 1 ? 0 : clamp((side - 1) / (largest - 1))),
      };
    }
    case 'jpeg':
      return {
        label: 'JPEG quality',
        min: 1,
        max: 100,
        step: 1,
        integer: true,
        fromScale: jpegQuality,
        toScale: (quality) => clamp((100 - quality) / 99),
      };
    // The fifteen of ImageNet-C.
    default:
      return {
        label: 'Severity',
        unit: 'of 5',
        min: 0,
        max: 5,
        step: 1,
        integer: true,
        fromScale: (scale) => (scale === 0 ? 0 : severityOf(scale)),
        toScale: (severity) => clamp(severity / 5),
      };
  }
}

function linear({
  max,
  ...rest
}: {
  label: string;
  unit?: string;
  max: number;
  step: number;
}): NoiseStrength {
  return {
    ...rest,
    min: 0,
    max,
    integer: false,
    fromScale: (scale) => tidy(scale * max),
    toScale: (value) => clamp(value / max),
  };
}

const clamp = (scale: number) => tidy(Math.min(1, Math.max(0, scale)));
/** As many digits as a link carries: a value set in its unit comes back the same. */
const tidy = (value: number) => Number(value.toPrecision(6));
