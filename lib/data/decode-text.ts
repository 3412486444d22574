/** Bytes as text: UTF-8, or UTF-16 where the first two bytes say so, as Excel's "Unicode text" and Windows' PowerShell write it. */

/** @param options.fatal whether bytes that are no text throw a TypeError; else they become signs for it */
export function decodeText(bytes: Uint8Array, options: { fatal?: boolean } = {}): string {
  const begins = (first: number, second: number) => bytes[0] === first && bytes[1] === second;
  const encoding = begins(0xff, 0xfe) ? 'utf-16le' : begins(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, options).decode(bytes);
}
