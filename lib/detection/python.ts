/** "The same in Python": the current settings as a program for Ultralytics, for learners to take home. */
import type { NoiseKind } from './noise';
import { blockSide, blurWidth, isCorruption, jpegQuality, severityOf } from './noise';
import { corruptionInPython, type PythonLines } from './python-corruptions';

export interface PythonSettings {
  /** File name of the picture, as the learner would have it on disk. */
  picture: string;
  /** Its size in pixels on the page, which makes large pictures smaller before it disturbs them. */
  width: number;
  height: number;
  kind: NoiseKind;
  scale: number;
  seed: number;
  confidence: number;
  /** Side of the network's input, in pixels. */
  inputSize: number;
  /** Checkpoint file, e.g. `yolo26n.pt`. */
  checkpoint: string;
  /** Numbers of the classes that count; all if null or absent. */
  classes?: readonly number[] | null;
}

/**
 * A complete Python program: loads the picture, makes it as large as the page does and by the same rule (`lib/vision/shrink.ts`),
 * disturbs it in the same way with the same scale, runs the same network and prints the count of detections. Its random numbers
 * are NumPy's, so noise is the same in distribution, not pixel by pixel.
 */
export function pythonExample(settings: PythonSettings): string {
  const { picture, width, height, confidence, inputSize, checkpoint, seed, classes } = settings;
  const only = classes ? `, classes=[${classes.join(', ')}]` : '';
  const { imports, lines, random } = disturbance(settings);
  return `${[
    ...(imports.includes('io') ? ['import io', ''] : []),
    'import numpy as np',
    `from PIL import Image, ${imports.includes('ImageFilter') ? 'ImageFilter, ' : ''}ImageOps`,
    'from ultralytics import YOLO',
    '',
    `picture = ImageOps.exif_transpose(Image.open(${quoted(picture)}))`,
    'if picture.mode.startswith("I"):  # 16 bits a pixel: the upper eight',
    '    picture = Image.fromarray((np.asarray(picture) >> 8).astype(np.uint8))',
    'picture = picture.convert("RGBA")  # what is transparent shows as white',
    'paper = Image.new("RGBA", picture.size, "white")',
    'picture = Image.alpha_composite(paper, picture).convert("RGB")',
    '# Disturbed at the size that the page shows, whatever the file has.',
    `picture = picture.resize((${width}, ${height}), Image.Resampling.BILINEAR)`,
    'image = np.asarray(picture, dtype=np.float32) / 255',
    ...(random ? ['', `rng = np.random.default_rng(${seed})`] : ['']),
    ...lines,
    '',
    `model = YOLO(${quoted(checkpoint)})`,
    'noisy_picture = Image.fromarray((255 * noisy).round().astype(np.uint8))',
    // Ultralytics would cut the grey border short; the page shows the network the whole square.
    `results = model(noisy_picture, imgsz=${inputSize}, rect=False, conf=${number(confidence)}${only})`,
    'print(len(results[0].boxes), "detections")',
    '',
  ].join('\n')}`;
}

function disturbance({ kind, scale, width, height }: PythonSettings): PythonLines {
  const picture = { width, height };
  const s = number(scale);
  const added = (draw: string): PythonLines => ({
    imports: [],
    lines: [`noisy = np.clip(image + ${draw}, 0, 1)`],
    random: true,
  });
  if (scale === 0) return { imports: [], lines: ['noisy = image'], random: false };
  if (isCorruption(kind)) return corruptionInPython(kind, severityOf(scale), picture);
  switch (kind) {
    case 'gaussian':
      return added(`rng.normal(0, ${s}, image.shape)`);
    case 'laplace':
      return added(`rng.laplace(0, ${s} / np.sqrt(2), image.shape)`);
    case 'uniform':
      return added(`${s} * np.sqrt(3) * rng.uniform(-1, 1, image.shape)`);
    case 'salt-and-pepper':
      return {
        imports: [],
        lines: [
          'rank = rng.random(image.shape[:2])',
          'noisy = image.copy()',
          `noisy[rank < ${s} / 2] = 0`,
          `noisy[rank >= 1 - ${s} / 2] = 1`,
        ],
        random: true,
      };
    case 'blur':
      return {
        imports: ['ImageFilter'],
        lines: [
          `blurred = picture.filter(ImageFilter.GaussianBlur(${number(blurWidth(scale, picture))}))`,
          'noisy = np.asarray(blurred, dtype=np.float32) / 255',
        ],
        random: false,
      };
    case 'pixelation':
      return {
        imports: [],
        lines: [
          `side = ${blockSide(scale, picture)}`,
          'noisy = image.copy()',
          'for top in range(0, image.shape[0], side):',
          '    for left in range(0, image.shape[1], side):',
          '        block = noisy[top : top + side, left : left + side]',
          '        block[:] = block.mean(axis=(0, 1))',
        ],
        random: false,
      };
    case 'jpeg':
      return {
        imports: ['io'],
        lines: [
          'file = io.BytesIO()',
          `picture.save(file, "JPEG", quality=${jpegQuality(scale)}, subsampling=0)`,
          'noisy = np.asarray(Image.open(file), dtype=np.float32) / 255',
        ],
        random: false,
      };
  }
}

/** A Python string literal: JSON's escapes are valid in Python too. */
const quoted = (text: string) => JSON.stringify(text);
/** A Python float without a tail of rounding. */
const number = (value: number) => String(Number(value.toPrecision(6)));
