/**
 * What a file is that was chosen as a picture and that the browser could not open: told by its first bytes, so that a text, a picture
 * that was cut off and a picture in a form of its own each get the advice that helps.
 */

export interface UnreadPicture {
  /** Completes “x.jpg” is … */
  found: string;
  remedy: string;
}

/** So many bytes of a file tell what it is. */
export const TELLING_BYTES = 512;

const SAVE_AS = 'Save it as JPEG or PNG and choose it again.';
const OPEN_AND_SAVE = 'Open it in a program for pictures, save it as JPEG or PNG, and choose that file.';
const COPY_AGAIN = 'Copy it again from where it came, or choose another one.';
const A_PICTURE = 'Choose a JPEG, PNG, WebP or AVIF file.';

const damaged = (form: string): UnreadPicture => ({
  found: `a ${form} picture that is damaged or cut off`,
  remedy: COPY_AGAIN,
});

/** Of `head`, the first bytes as Latin-1: most telling first. */
const KINDS: readonly [RegExp, UnreadPicture][] = [
  [/^\u00ff\u00d8\u00ff/, damaged('JPEG')],
  [/^\u0089PNG/, damaged('PNG')],
  [/^GIF8/, damaged('GIF')],
  [/^RIFF.{4}WEBP/s, damaged('WebP')],
  [
    /^.{4}ftyp(hei[cxms]|hev[cx]|mif1|msf1)/s,
    {
      found: 'a HEIC picture, as many phones take them: few browsers read those',
      remedy: `${SAVE_AS} Phones have a setting for it: on an iPhone, Camera, Formats, “Most Compatible”.`,
    },
  ],
  [
    /^.{4}ftypavi[fs]/s,
    { found: 'an AVIF picture that is damaged, or that this browser cannot read', remedy: SAVE_AS },
  ],
  [
    /^(.{4}ftyp|.E\u00df\u00a3|RIFF.{4}AVI )/s,
    {
      found: 'a video that this browser cannot play',
      remedy: 'Choose an MP4 (H.264) or WebM file, or a picture.',
    },
  ],
  [/^(II\*\0|MM\0\*)/, { found: 'a TIFF picture: few browsers read those', remedy: OPEN_AND_SAVE }],
  [/^(.{4}JXL |\u00ff\n)/s, { found: 'a JPEG XL picture', remedy: OPEN_AND_SAVE }],
  [/^8BPS/, { found: 'a Photoshop file', remedy: OPEN_AND_SAVE }],
  [/^%PDF/, { found: 'a PDF', remedy: A_PICTURE }],
  [
    /^PK../s,
    {
      found: 'a ZIP archive, or a checkpoint of a detector',
      remedy: 'Unpack it and choose a picture. A checkpoint belongs under Detector.',
    },
  ],
  [
    /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg[^>]*>\s*)?<svg\b/is,
    {
      found: 'an SVG drawing, which has no pixels of its own',
      remedy: 'Save it as PNG from the program that drew it, and choose that file.',
    },
  ],
  [
    /^\s*(<!--.*?-->\s*)?<(!doctype html|html|head|body)\b/is,
    {
      found: 'a web page: often what came in place of the picture',
      remedy: 'Open its address in a browser to see what it says, then save the picture itself.',
    },
  ],
];

/** @returns null where the bytes tell nothing */
export function unreadPicture(bytes: Uint8Array): UnreadPicture | null {
  // Latin-1, so that a byte is a character whatever it is.
  const head = String.fromCharCode(...bytes.subarray(0, TELLING_BYTES));
  const known = KINDS.find(([signature]) => signature.test(head));
  if (known) return known[1];
  if (!/^[\s!-~]+$/.test(head)) return null;
  return { found: `text that begins “${head.trim().replace(/\s+/g, ' ').slice(0, 40)}”`, remedy: A_PICTURE };
}
