/** A picture's file as a bitmap, with the words that this browser knows for it. */

/**
 * The pixels as the file has them: turned the right way up, but not converted by a colour profile, as the tools that
 * detectors are trained with read them. A profile moved a score by 0.118.
 *
 * `from-image` is a young word: Safari before 17.2, Chrome before 112 and Firefox before 111 refuse it, and turn pictures the
 * right way up without being told. So the words are tried once, on one pixel, and those that are refused are left out.
 */
const WORDS: readonly ImageBitmapOptions[] = [
  { imageOrientation: 'from-image', colorSpaceConversion: 'none' },
  { colorSpaceConversion: 'none' },
  {},
];

let known: Promise<ImageBitmapOptions> | null = null;

export async function openBitmap(file: Blob): Promise<ImageBitmap> {
  known ??= firstKnown();
  return createImageBitmap(file, await known);
}

async function firstKnown(): Promise<ImageBitmapOptions> {
  for (const options of WORDS) {
    try {
      (await createImageBitmap(new ImageData(1, 1), options)).close();
      return options;
    } catch {
      // The next one asks for less.
    }
  }
  return {};
}
