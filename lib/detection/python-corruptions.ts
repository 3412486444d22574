/** The corruptions of ImageNet-C in Python, with NumPy and Pillow alone. The parameters are those that the page uses. */
import type { CorruptionKind, Severity } from './noise';
import { DEFOCUS, GLASS, MOTION, ZOOM } from './noise/corruptions/blurs';
import { BRIGHTER, CONTRAST, PIXELATED, QUALITY } from './noise/corruptions/digital';
import { ELASTIC } from './noise/corruptions/elastic';
import { GAUSSIAN, HIT, PHOTONS } from './noise/corruptions/noises';
import { plasmaSide } from './noise/corruptions/plasma';
import { at } from './noise/corruptions/severity';
import { FOG, FROST, SNOW } from './noise/corruptions/weather';
import { LINE_BLUR, MOVED, PLASMA, ZOOMED } from './python-helpers';

export interface PythonLines {
  imports: readonly ('io' | 'ImageFilter')[];
  lines: readonly string[];
  random: boolean;
}

const drawn = (...lines: string[]): PythonLines => ({ imports: [], lines, random: true });
const plain = (...lines: string[]): PythonLines => ({ imports: [], lines, random: false });

/** From `picture` and `image` to `noisy`. @param size of the picture, in pixels */
export function corruptionInPython(
  kind: CorruptionKind,
  severity: Severity,
  size: { width: number; height: number },
): PythonLines {
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
    case 'glass-blur':
      return glass(...at(GLASS, severity));
    case 'motion-blur': {
      const [radius, deviation] = at(MOTION, severity);
      const line = `noisy = np.clip(moved(image, ${radius}, ${deviation}, rng.uniform(-45, 45)), 0, 1)`;
      return drawn(...MOVED, '', '', line);
    }
    case 'zoom-blur': {
      const [count, step] = at(ZOOM, severity);
      return plain(
        ...[...ZOOMED, '', ''],
        `nearer = [zoomed(image, 1 + ${step} * i) for i in range(${count})]`,
        `noisy = np.clip((image + sum(nearer)) / ${count + 1}, 0, 1)`,
      );
    }
    case 'snow':
      return snow(severity);
    case 'frost': {
      const [picture, ice] = at(FROST, severity);
      return drawn(
        ...[...PLASMA, '', ''],
        '# Drawn: the photographs of frost that its authors used are not ours to give.',
        'rows, columns = image.shape[:2]',
        `rough = plasma(${plasmaSide(size)}, 1.6)[:rows, :columns, None]`,
        `fine = plasma(${plasmaSide(size)}, 1.25)[:rows, :columns, None]`,
        'ridge, needles = 1 - abs(2 * rough - 1), 1 - abs(2 * fine - 1)',
        'ice = np.clip(0.2 + 0.5 * ridge**3 + 0.5 * ridge * needles**2, 0, 1) * [0.85, 0.95, 1]',
        `noisy = np.clip(${picture} * image + ${ice} * ice, 0, 1)`,
      );
    }
    case 'fog': {
      const [amount, decay] = at(FOG, severity);
      return drawn(
        ...[...PLASMA, '', ''],
        'rows, columns = image.shape[:2]',
        `fog = ${amount} * plasma(${plasmaSide(size)}, ${decay})[:rows, :columns, None]`,
        `noisy = np.clip((image + fog) * image.max() / (image.max() + ${amount}), 0, 1)`,
      );
    }
    case 'elastic':
      return elastic(...at(ELASTIC, severity));
  }
}

function glass(blur: number, most: number, rounds: number): PythonLines {
  const reach = Math.max(1, Math.round(4 * blur));
  return drawn(
    ...[...LINE_BLUR, '', ''],
    'rows, columns = image.shape[:2]',
    `down, across = [line_blur(side, ${blur}, ${reach}, mirror=False) for side in (rows, columns)]`,
    '',
    '',
    'def blurred(picture):',
    '    return np.einsum("yv,vxc->yxc", down, np.einsum("xu,yuc->yxc", across, picture))',
    '',
    '',
    'order = list(range(rows * columns))  # which pixel lies where',
    `for _ in range(${rounds}):`,
    `    steps = rng.integers(-${most}, ${most}, (2, rows * columns)).tolist()`,
    `    for y in range(rows - ${most}, ${most}, -1):`,
    `        for x in range(columns - ${most}, ${most}, -1):`,
    '            here = y * columns + x',
    '            there = here + steps[0][here] * columns + steps[1][here]',
    '            order[here], order[there] = order[there], order[here]',
    'torn = blurred(image).reshape(-1, 3)[order].reshape(image.shape)',
    'noisy = np.clip(blurred(torn), 0, 1)',
  );
}

function snow(severity: Severity): PythonLines {
  const { mean, deviation, zoom, threshold, radius, length, colour } = at(SNOW, severity);
  return drawn(
    ...[...ZOOMED, '', '', ...MOVED, '', ''],
    `field = ${mean} + ${deviation} * rng.normal(size=image.shape[:2])`,
    `flakes = zoomed(field[..., None], ${zoom})`,
    `flakes = np.clip(np.where(flakes < ${threshold}, 0, flakes), 0, 1)`,
    `falling = moved(flakes, ${radius}, ${length}, rng.uniform(-135, -45))`,
    'grey = (image @ [0.299, 0.587, 0.114])[..., None]',
    'bleached = np.maximum(image, 1.5 * grey + 0.5)',
    `noisy = ${colour} * image + (1 - ${colour}) * bleached + falling + falling[::-1, ::-1]`,
    'noisy = np.clip(noisy, 0, 1)',
  );
}

/** Without the tail that 244 times a decimal fraction has. */
const short = (value: number) => String(Number(value.toPrecision(10)));

function elastic(reach: number, smooth: number, tilt: number): PythonLines {
  return drawn(
    ...[...ZOOMED, '', '', ...LINE_BLUR, '', ''],
    'rows, columns = image.shape[:2]',
    '# Three points of the middle move, and the whole picture with them.',
    'square, middle = min(rows, columns) // 3, np.array([columns // 2, rows // 2])',
    'before = middle + square * np.array([[1, 1], [1, -1], [-1, -1]])',
    `after = before + rng.uniform(-${short(tilt)}, ${short(tilt)}, (3, 2))`,
    'sides = np.stack([after[1] - after[0], after[2] - after[1]], axis=1)',
    '# Then every place is displaced, smoothly.',
    `blurs = [line_blur(side, ${short(smooth)}, ${Math.ceil(3 * smooth)}, mirror=True) for side in (rows, columns)]`,
    `dx, dy = [${short(reach)} * blurs[0] @ rng.uniform(-1, 1, (rows, columns)) @ blurs[1].T for _ in range(2)]`,
    'y, x = np.mgrid[:rows, :columns]',
    'places = np.stack([x + dx, y + dy]).reshape(2, -1) - after[0][:, None]',
    'u, v = np.linalg.solve(sides, places).reshape(2, rows, columns)',
    'noisy = between(image, before[0][1] - 2 * square * u, before[0][0] - 2 * square * v)',
    'noisy = np.clip(noisy, 0, 1)',
  );
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
