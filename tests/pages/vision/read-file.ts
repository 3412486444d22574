/** A picture's file as the page reads it, in Chromium; and in browsers that do not know the word `from-image`. */
import { readFile } from '@/components/vision/picture';

export interface Question {
  url: string;
  limit: number;
  /** What this browser's `createImageBitmap` refuses, as older ones do. */
  refused?: 'from-image' | 'options';
}

const native = globalThis.createImageBitmap.bind(globalThis);

/** Refuses as an unknown word of WebIDL is refused: by a promise that rejects. */
function refuse(what: Question['refused']): void {
  globalThis.createImageBitmap = (async (source: ImageBitmapSource, options?: ImageBitmapOptions) => {
    const unknown =
      what === 'from-image' ? options?.imageOrientation === 'from-image' : options?.colorSpaceConversion;
    if (what && unknown) throw new TypeError('not a valid enum value');
    return native(source, options);
  }) as typeof createImageBitmap;
}

export async function run({ url, limit, refused }: Question) {
  refuse(refused);
  const file = await (await fetch(url)).blob();
  const { rgba } = await readFile(file, url, limit);
  let binary = '';
  for (let i = 0; i < rgba.data.length; i += 4096)
    binary += String.fromCharCode(...rgba.data.subarray(i, i + 4096));
  return { width: rgba.width, height: rgba.height, base64: btoa(binary) };
}
