/** A folder of the built site as one zip, piece by piece: it is never in memory whole. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { isCopy } from './compress';
import { filesBelow } from './files-below';

/** Packing these again gains nothing. */
const PACKED = /\.(gz|png|jpg|webp|woff2?|zip)$/;

export interface ZipOptions {
  /** Texts beside the files, by name. */
  notes: Readonly<Record<string, string>>;
  /** Files that do not go in. */
  leaveOut: readonly string[];
}

/** @param write is given piece after piece, in order @returns bytes in all @throws where a file cannot be read */
export function zipFolder(
  folder: string,
  { notes, leaveOut }: ZipOptions,
  write: (piece: Uint8Array) => void,
): number {
  let bytes = 0;
  const zip = new Zip((error, piece) => {
    if (error) throw error;
    bytes += piece.length;
    write(piece);
  });
  const add = (name: string, content: Uint8Array) => {
    const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    zip.add(entry);
    entry.push(content, true);
  };
  for (const [name, text] of Object.entries(notes)) add(name, new TextEncoder().encode(text));
  const files = filesBelow(folder);
  const names = new Set(files);
  // The compressed copies are for servers that know them; the zip is compressed itself.
  for (const name of files)
    if (!leaveOut.includes(name) && !isCopy(name, names)) add(name, readFileSync(join(folder, name)));
  zip.end();
  return bytes;
}
