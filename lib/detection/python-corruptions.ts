/** The corruptions of ImageNet-C in Python, where a few lines are enough. The parameters are those that the page uses. */
import type { CorruptionKind, Severity } from './noise';
import { DEFOCUS } from './noise/corruptions/blurs';
import { BRIGHTER, CONTRAST, PIXELATED, QUALITY } from './noise/corruptions/digital';
import { GAUSSIAN, HIT, PHOTONS } from './noise/corruptions/noises';
import { at } from './noise/corruptions/severity';

export interface PythonLines {
  imports: readonly ('io' | 'ImageFilter')[];
  lines: readonly string[];
  random: boolean;
}

const drawn = (...lines: string[]): PythonLines => ({ imports: [], lines, random: true });
const plain = (...lines: string[]): PythonLines => ({ imports: [], lines, random: false });

/** From `picture` and `image` to `noisy`. @returns null for those that would take pages */
export function corruptionInPython(kind: CorruptionKind, severity: Severity): PythonLines | null {
  switch (kind) {
    case 'gaussian-noise':
      return drawn(`noisy = np.clip(image + rng.normal(0, ${at(GAUSSIAN, severity)}, image.shape), 0, 1)`);
    case 'shot-noise':
      return drawn(
        `photons = ${at(PHOTONS, severity)}`,
        'noisy = np.clip(rng.poisson(image * photons) / photons, 0, 1)',
      );
    case 'impulse-noise':
      return drawn(
        'rank = rng.random(image.shape)',
        `hit = ${at(HIT, severity)}`,
        'noisy = np.where(rank >= hit, image, np.where(rank < hit / 2, 0, 1))',
      );
    case 'defocus-blur':
      return defocus(...at(DEFOCUS, severity));
    case 'brightness':
      return plain(
        'value = image.max(axis=2, keepdims=True)',
        `raised = np.minimum(value + ${at(BRIGHTER, severity)}, 1)`,
        'noisy = np.where(value > 0, image * raised / np.maximum(value, 1e-9), raised)',
      );
    case 'contrast':
      return plain(
        'mean = image.mean(axis=(0, 1))',
        `noisy = np.clip(mean + (image - mean) * ${at(CONTRAST, severity)}, 0, 1)`,
      );
    case 'pixelate':
      return plain(
        `small = [max(1, int(side * ${at(PIXELATED, severity)})) for side in picture.size]`,
        'blocks = picture.resize(small, Image.Resampling.BOX).resize(picture.size, Image.Resampling.BOX)',
        'noisy = np.asarray(blocks, dtype=np.float32) / 255',
      );
    case 'jpeg-compression':
      return {
        imports: ['io'],
        lines: [
          'file = io.BytesIO()',
          `picture.save(file, "JPEG", quality=${at(QUALITY, severity)})`,
          'noisy = np.asarray(Image.open(file), dtype=np.float32) / 255',
        ],
        random: false,
      };
    default:
      return null;
  }
}

/** A disk with a soft edge, laid over every pixel: as `disk` in `noise/corruptions/blurs.ts`. */
function defocus(radius: number, soft: number): PythonLines {
  const reach = Math.max(8, radius);
  const edge = radius <= 8 ? 1 : 2;
  return plain(
    `y, x = np.mgrid[-${reach}:${reach + 1}, -${reach}:${reach + 1}]`,
    `disk = (x**2 + y**2 <= ${radius} ** 2).astype(float)`,
    `line = np.exp(-np.arange(-${edge}, ${edge + 1}) ** 2 / (2 * ${soft} ** 2))`,
    'for axis in (0, 1):',
    '    disk = np.apply_along_axis(np.convolve, axis, disk, line / line.sum(), "same")',
    'disk /= disk.sum()',
    `wide = np.pad(image, ((${reach}, ${reach}), (${reach}, ${reach}), (0, 0)), mode="reflect")`,
    'rows, columns = image.shape[:2]',
    'noisy = np.zeros_like(image)',
    'for row, column in np.argwhere(disk > 0):',
    '    noisy += disk[row, column] * wide[row : row + rows, column : column + columns]',
    'noisy = np.clip(noisy, 0, 1)',
  );
}
