/** Files of the site that are known by content: weights that were made or checked when the site was prepared. */
import { DetectionError } from './detector';
import { sha256 } from './weights/sha256';

/** A file known by content: it is used only if length and SHA-256 agree. */
export interface PinnedFile {
  /** Path below the site's root. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

export interface LoadOptions {
  /** `globalThis.fetch` in a page or worker; anything with its form elsewhere. */
  fetch(url: string, init?: { signal?: AbortSignal }): Promise<Response>;
  /** The address of a file of our own, whatever sub-path the site is served from. */
  assetUrl(path: string): string;
  signal?: AbortSignal;
  /** Bytes so far and in all; `loaded` never falls. */
  progress?(loaded: number, total: number): void;
}

/**
 * Fetches a file, and gives its bytes only if length and SHA-256 agree.
 * @throws DetectionError `download-failed` or `download-corrupt`; after Stop the signal's reason
 */
export async function fetchPinned(
  file: PinnedFile,
  { fetch, assetUrl, signal }: LoadOptions,
  progress: (loaded: number) => void,
): Promise<Uint8Array> {
  const url = assetUrl(file.path);
  let response: Response;
  try {
    response = await fetch(url, signal ? { signal } : {});
  } catch (cause) {
    signal?.throwIfAborted();
    throw new DetectionError(
      'download-failed',
      `${url} could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Check the connection to this site and try again.',
      { cause },
    );
  }
  if (!response.ok)
    throw new DetectionError(
      'download-failed',
      `${url} answered ${response.status} ${response.statusText}.`.replace(' .', '.'),
      'The site may have been built without its models: run npm run prepare-assets and build again.',
    );
  const bytes = await readBody(response, file.bytes, progress, signal);
  if (bytes.length !== file.bytes)
    throw new DetectionError(
      'download-corrupt',
      `${url} has ${bytes.length} bytes, ${file.bytes} were expected.`,
      'The download was cut short or another file stands in its place. Reload the page to fetch it again.',
    );
  const hash = await sha256(bytes);
  if (hash !== file.sha256)
    throw new DetectionError(
      'download-corrupt',
      `${url} has SHA-256 ${hash}, ${file.sha256} was expected.`,
      'The file is not the one this site was made for. Reload the page, or prepare the site again.',
    );
  return bytes;
}

/** Reads a body piece by piece, so that progress shows and Stop stops; gives up once it is longer than expected. */
async function readBody(
  response: Response,
  expected: number,
  progress: (loaded: number) => void,
  signal: AbortSignal | undefined,
): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let loaded = 0;
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array();
  try {
    while (loaded <= expected) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      loaded += value.length;
      progress(Math.min(loaded, expected));
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
  const bytes = new Uint8Array(loaded);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
