/** The headers that go with one file of the site. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import {
  ASK_AGAIN,
  EVERYWHERE,
  FILE_HEADERS,
  type Headers,
  ISOLATING,
  KEPT_FOR_EVER,
  NEVER_CHANGES,
  pageHeaders,
} from '../headers/headers';
import { FILE_POLICY, policyOf } from '../headers/policy';

/** A page's policy stands at its very beginning. */
const BEGINNING_BYTES = 8192;

async function beginningOf(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Of every answer, whatever it holds. */
export const headersForAll = (isolated: boolean): Headers => ({
  ...EVERYWHERE,
  ...(isolated ? ISOLATING : {}),
});

/** @param path of the file, from the folder, e.g. `/lessons/index.html` @throws where a page could not be read */
export async function headersForFile(folder: string, path: string): Promise<Headers> {
  const cache = { 'Cache-Control': path.startsWith(NEVER_CHANGES) ? KEPT_FOR_EVER : ASK_AGAIN };
  if (!path.endsWith('.html')) return { ...cache, ...FILE_HEADERS };
  const beginning = await beginningOf(join(folder, path)).catch((error: NodeJS.ErrnoException) => {
    // Gone since it was looked up: what sends it will find the same.
    if (error.code === 'ENOENT') return '';
    // A page with another's policy would show itself and never come to life.
    throw error;
  });
  return { ...cache, ...pageHeaders(path, policyOf(beginning) ?? FILE_POLICY) };
}
