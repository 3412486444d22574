/** The text of a file that a person's tools wrote: UTF-8, or UTF-16 where its first bytes say so, as Windows' PowerShell writes it. */

export async function textOfFile(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const begins = (first: number, second: number) => bytes[0] === first && bytes[1] === second;
  const encoding = begins(0xff, 0xfe) ? 'utf-16le' : begins(0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes);
}
