/**
 * From the address that was asked for to the file that answers it, and to the smallest copy that the browser can read. Looked
 * up anew for every request: a build under a running server changes what there is.
 */
import { stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join, posix } from 'node:path';
import Negotiator from 'negotiator';

/** Endings of the copies that the build has compressed, the smallest first. */
const COPIES = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const;

export type Found =
  | {
      kind: 'file' /** From the folder, beginning with a slash. */;
      path: string;
      mtimeMs: number;
      bytes: number;
    }
  /** A folder was asked for without its slash. */
  | { kind: 'folder'; path: string }
  | { kind: 'missing' }
  /** No address at all: a bad escape, a null byte. */
  | { kind: 'malformed' };

const MISSING: Found = { kind: 'missing' };

async function look(path: string) {
  return stat(path).catch(() => null);
}

/** @param pathname as it stands in the request, still escaped, without its query */
export async function findFile(folder: string, pathname: string): Promise<Found> {
  let asked: string;
  try {
    asked = decodeURIComponent(pathname);
  } catch {
    return { kind: 'malformed' };
  }
  if (asked.includes('\0') || !asked.startsWith('/')) return { kind: 'malformed' };
  // Nothing above the folder, and nothing hidden: `..` counts as hidden.
  if (asked.split(/[/\\]/).some((part) => part.startsWith('.'))) return MISSING;
  const path = posix.normalize(asked.endsWith('/') ? `${asked}index.html` : asked);
  const found = await look(join(folder, path));
  if (found?.isFile()) return { kind: 'file', path, mtimeMs: found.mtimeMs, bytes: found.size };
  if (found?.isDirectory() && (await look(join(folder, path, 'index.html')))) return { kind: 'folder', path };
  return MISSING;
}

interface Copy {
  path: string;
  encoding: string;
}

/**
 * The last so many bytes, where the file has fewer, are all of it (RFC 9110, section 14.1.2); `send` takes them for a range outside.
 * @param range a `Range` header @param bytes of the file
 */
export function withinFile(range: string | undefined, bytes: number): string | undefined {
  const last = /^ *bytes=-(\d+)$/.exec(range ?? '')?.[1];
  return last !== undefined && Number(last) > bytes ? 'bytes=0-' : range;
}

/** The compressed copies beside a file, the smallest first. One older than its file belongs to an earlier build. */
export async function copiesOf(
  folder: string,
  { path, mtimeMs }: { path: string; mtimeMs: number },
): Promise<Copy[]> {
  const copies: Copy[] = [];
  for (const { encoding, ending } of COPIES) {
    const found = await look(join(folder, path + ending));
    if (found?.isFile() && found.mtimeMs >= mtimeMs) copies.push({ path: path + ending, encoding });
  }
  return copies;
}

/** The smallest copy that the browser can read. Parts are given of the file itself: a part of a compressed file is of use to nobody. */
export function chooseCopy(copies: readonly Copy[], request: IncomingMessage): Copy | null {
  if (request.headers.range !== undefined) return null;
  const readable = new Negotiator(request).encodings(copies.map(({ encoding }) => encoding));
  return copies.find(({ encoding }) => readable.includes(encoding)) ?? null;
}
