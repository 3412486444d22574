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
  /** A folder was asked for without its slash, or an address with a slash too many: where it is. */
  | { kind: 'elsewhere'; path: string }
  | { kind: 'missing' }
  /** No address at all: a bad escape, a null byte. */
  | { kind: 'malformed' };

const MISSING: Found = { kind: 'missing' };

/** What the system calls an address that names nothing to be given. Any other trouble says nothing about what is there. */
const NOTHING_THERE = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EACCES', 'EPERM']);

/** @throws where the machine could not look, e.g. for lack of file handles */
async function look(path: string) {
  return stat(path).catch((error: NodeJS.ErrnoException) => {
    if (NOTHING_THERE.has(error.code ?? '')) return null;
    throw error;
  });
}

/**
 * @param pathname as it stands in the request, still escaped, without its query
 * @throws where the machine could not look
 */
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
  // A page that begins with two slashes takes its first folder for a host when it writes its own address.
  const slashed = pathname.replace(/\/{2,}/g, '/');
  if (found?.isFile())
    return slashed === pathname
      ? { kind: 'file', path, mtimeMs: found.mtimeMs, bytes: found.size }
      : { kind: 'elsewhere', path: slashed };
  if (found?.isDirectory() && (await look(join(folder, path, 'index.html'))))
    return { kind: 'elsewhere', path: `${slashed}/` };
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
