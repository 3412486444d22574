/** Turns what a learner brings (a file, a camera's frame) into pixels. All of it stays on the device. */
import type { RgbaPicture } from '@/lib/vision/pictures';
import { shrink } from '@/lib/vision/shrink';
import { TELLING_BYTES, unreadPicture } from '@/lib/vision/unread-picture';
import { openBitmap } from './open-bitmap';

export interface SourcePicture {
  /** Names these pixels, for the worker that is sent them once. */
  key: string;
  /** For a person: "An astronaut", "holiday.jpg", "Camera". */
  title: string;
  /** What is in it, for those who do not see it; of a learner's own pictures we know nothing. */
  alt: string;
  rgba: RgbaPicture;
  origin: 'sample' | 'file' | 'camera' | 'video' | 'scene';
  /** Of a frame: when it was taken, on the page's clock. */
  takenAt?: number;
  /** Of a file: what it was read from, and how, to read it again for a network that sees more. */
  read?: { file: Blob; id: string; limit: number; longerSide: number };
}

/** What went wrong with a picture or the camera, and what to do about it. */
export interface PictureProblem {
  message: string;
  remedy: string;
}

export class PictureError extends Error implements PictureProblem {
  override readonly name = 'PictureError';
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

/** @param what could not be loaded, if it is nothing that we know of */
export const toPictureProblem = (error: unknown, what: string, remedy: string): PictureProblem =>
  error instanceof PictureError
    ? error
    : {
        message: `${what} could not be loaded${error instanceof Error ? ` (${error.message})` : ''}.`,
        remedy: `Check the connection and try again${remedy}.`,
      };

/** Pixels on the longer side, unless a detector looks at more. Noise is drawn for every one of them. */
export const MAX_SIDE = 640;
const MAX_BYTES = 60e6;

let count = 0;
export const freshKey = (kind: string) => `${kind}:${++count}`;

/** A canvas of this size that shows what is transparent as white, as it would be on paper. */
function whiteCanvas(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context)
    throw new PictureError(
      'no-canvas',
      'This browser gave no canvas to read the picture with.',
      'Close other tabs and try again.',
    );
  context.fillStyle = '#ffffff';
  return context;
}

/** The size of a picture made no longer than `limit`. */
function sizeWithin(limit: number, width: number, height: number) {
  if (!(width > 0 && height > 0))
    throw new PictureError('picture-empty', 'This picture has no pixels.', 'Choose another one.');
  const scale = Math.min(1, limit / Math.max(width, height));
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
}

/** Draws what moves no longer than `limit` and reads it back: 8-bit RGBA in sRGB, made smaller as the browser likes. */
export function readPixels(
  source: CanvasImageSource,
  width: number,
  height: number,
  limit: number = MAX_SIDE,
): RgbaPicture {
  const size = sizeWithin(limit, width, height);
  const context = whiteCanvas(size.width, size.height);
  context.fillRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, size.width, size.height);
  const { data } = context.getImageData(0, 0, size.width, size.height);
  return { ...size, data };
}

/** Lets the page answer. */
const breathe = () => new Promise<void>((resume) => setTimeout(resume));

/** A picture no longer than `limit`: 8-bit RGBA in sRGB, made smaller by a rule that Python's Pillow has too. */
async function readBitmap(bitmap: ImageBitmap, limit: number = MAX_SIDE): Promise<RgbaPicture> {
  const { width, height } = bitmap;
  const size = sizeWithin(limit, width, height);
  if (size.width === width && size.height === height) return readPixels(bitmap, width, height, limit);
  let context: CanvasRenderingContext2D | null = null;
  const rows = (top: number, count: number) => {
    context ??= whiteCanvas(width, count);
    context.fillRect(0, 0, width, count);
    context.drawImage(bitmap, 0, top, width, count, 0, 0, width, count);
    return context.getImageData(0, 0, width, count).data;
  };
  return shrink({ width, height, rows }, size.width, size.height, breathe);
}

async function unreadable(file: Blob, name: string): Promise<PictureError> {
  const head = await file
    .slice(0, TELLING_BYTES)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  const what = unreadPicture(new Uint8Array(head));
  return what
    ? new PictureError('picture-unreadable', `“${name}” is ${what.found}.`, what.remedy)
    : new PictureError(
        'picture-unreadable',
        `This browser cannot read “${name}”.`,
        'Save it as JPEG or PNG and choose it again.',
      );
}

/** @param id names the file; the same file at another limit has the same */
export async function readFile(
  file: Blob,
  name: string,
  limit: number = MAX_SIDE,
  id: string = freshKey('file'),
): Promise<SourcePicture> {
  if (!/^(|image\/.*|application\/octet-stream)$/.test(file.type))
    throw new PictureError(
      'not-a-picture',
      `“${name}” is not a picture (${file.type}).`,
      'Choose a JPEG, PNG, WebP or AVIF file.',
    );
  if (file.size === 0)
    throw new PictureError(
      'picture-empty',
      `“${name}” is an empty file.`,
      'Copy it again from where it came, or choose another one.',
    );
  if (file.size > MAX_BYTES)
    throw new PictureError(
      'picture-too-large',
      `“${name}” has ${Math.round(file.size / 1e6)} MB.`,
      `Choose a file of at most ${MAX_BYTES / 1e6} MB; it is made smaller anyway.`,
    );
  let bitmap: ImageBitmap;
  try {
    bitmap = await openBitmap(file);
  } catch {
    throw await unreadable(file, name);
  }
  try {
    const { width, height } = bitmap;
    return {
      ...{ key: `${id}@${limit}`, title: name, alt: `Your picture “${name}”.`, origin: 'file' },
      rgba: await readBitmap(bitmap, limit),
      read: { file, id, limit, longerSide: Math.max(width, height) },
    };
  } finally {
    bitmap.close();
  }
}

export async function readSample(
  sample: { id: string; file: string; title: string; alt: string },
  address: string,
  signal: AbortSignal,
): Promise<SourcePicture> {
  const remedy = 'Check the connection and reload the page, or use a picture of your own.';
  const response = await fetch(address, { signal });
  if (!response.ok)
    throw new PictureError(
      'sample-missing',
      `The picture “${sample.title}” could not be loaded (${response.status}).`,
      remedy,
    );
  const bitmap = await openBitmap(await response.blob());
  try {
    const rgba = await readBitmap(bitmap);
    return { key: `sample:${sample.id}`, title: sample.title, alt: sample.alt, rgba, origin: 'sample' };
  } finally {
    bitmap.close();
  }
}
