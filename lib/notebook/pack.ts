/** Long texts in links: deflated, then written in letters that an address may hold (base64url, RFC 4648, section 5). */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';

/** Of the way of packing, so that old links stay readable when it changes. */
const VERSION = '1.';
/** A small link can unfold into gigabytes: no text of ours is longer. */
const LONGEST = 200_000;

export function packText(text: string): string {
  const bytes = deflateSync(strToU8(text), { level: 9 });
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return VERSION + btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** @returns null for what `packText` has not written. Never throws. */
export function unpackText(packed: string): string | null {
  if (!packed.startsWith(VERSION)) return null;
  try {
    const letters = atob(packed.slice(VERSION.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    // Into a buffer of a fixed size: what does not fit is refused, not unfolded.
    const out = new Uint8Array(LONGEST);
    return strFromU8(inflateSync(bytes, { out }));
  } catch {
    return null;
  }
}
