/** Getting weights: from the browser's own storage, from this site, from their publisher, or from any address. */
import { DetectionError } from '../detector';
import { sha256 } from './sha256';
import { servedPath, type WeightSource } from './sources';
import type { WeightStore } from './store';

export interface WeightContext {
  /** `globalThis.fetch` in a page or worker; anything with its form elsewhere. */
  fetch(url: string, init?: { signal?: AbortSignal; headers?: Record<string, string> }): Promise<Response>;
  /** The address of a file of our own, whatever sub-path the site is served from. */
  assetUrl(path: string): string;
  /** Where weights are kept; null where the browser allows no storage. */
  store: WeightStore | null;
  signal?: AbortSignal;
  /** Bytes so far and in all; `loaded` never falls within one call. */
  progress?(loaded: number, total: number): void;
}

export type WeightOrigin = 'storage' | 'site' | 'publisher';

export interface Weights {
  readonly bytes: Uint8Array;
  readonly origin: WeightOrigin;
  /** Whether they are now in the browser's storage. */
  readonly kept: boolean;
}

/** Pieces are kept at this size: small enough to lose little, large enough to be few. */
const PIECE = 512 * 1024;

/**
 * Weights that need nobody's consent, because no other site is asked: those kept before, else those this site serves.
 * @returns null if there are none
 */
export async function weightsAtHand(source: WeightSource, context: WeightContext): Promise<Weights | null> {
  return (await storedWeights(source, context)) ?? (await servedWeights(source, context));
}

/** @returns null if they are not in the browser's storage in full; damaged ones are removed */
export async function storedWeights(
  source: WeightSource,
  { store, signal }: Pick<WeightContext, 'store' | 'signal'>,
): Promise<Weights | null> {
  try {
    if (!(await store?.find(source.sha256))?.complete) return null;
    const bytes = await store!.read(source.sha256);
    signal?.throwIfAborted();
    if (bytes.length === source.bytes && (await sha256(bytes)) === source.sha256)
      return { bytes, origin: 'storage', kept: true };
    await store!.remove(source.sha256);
    return null;
  } catch (error) {
    if (signal?.aborted) throw error;
    return null; // storage that cannot be read is as good as empty
  }
}

/** @returns null if the site does not serve them (it does after `npm run models`) */
export async function servedWeights(source: WeightSource, context: WeightContext): Promise<Weights | null> {
  const url = context.assetUrl(servedPath(source));
  let response: Response;
  try {
    response = await context.fetch(url, init(context));
  } catch {
    context.signal?.throwIfAborted();
    return null; // offline, and not in the site's own cache
  }
  // Some hosts answer every unknown address with their start page.
  if (!response.ok || response.headers.get('content-type')?.startsWith('text/html')) {
    await response.body?.cancel();
    return null;
  }
  const bytes = await readBody(response, url, source.bytes, 0, context);
  await check(bytes, source, url);
  return { bytes, origin: 'site', kept: false };
}

/**
 * Fetches weights from their publisher. Ask first: the address, size and licence are in `source`.
 *
 * What arrives is kept as it comes; after a stop, a lost connection or a closed page the next call goes on from there.
 * The whole is used only if its SHA-256 agrees.
 *
 * @throws DetectionError `download-failed` or `download-corrupt`; the signal's reason after Stop
 */
export async function downloadWeights(source: WeightSource, context: WeightContext): Promise<Weights> {
  const stored = await storedWeights(source, context);
  if (stored) return stored;
  const keeper = new Keeper(source, context.store);
  const before = await keeper.soFar();
  context.signal?.throwIfAborted();
  const { response, start } = await request(source, before.length, context);
  if (start === 0) await keeper.restart();
  const bytes = await readBody(response, source.address, source.bytes, start, context, {
    before,
    arrived: (at, piece) => keeper.keep(at, piece),
  });
  try {
    await check(bytes, source, source.address);
  } catch (error) {
    // A wrong file is not worth going on from.
    await keeper.restart();
    throw error;
  }
  return { bytes, origin: 'publisher', kept: await keeper.finish() };
}

/**
 * Fetches a file from any address that this page may read.
 * @param limit bytes at most, by default 512 MiB
 */
export async function fetchWeights(
  url: string,
  context: Pick<WeightContext, 'fetch' | 'signal' | 'progress'>,
  limit = 512 * 2 ** 20,
): Promise<Uint8Array> {
  const response = await open(url, context, {});
  const length = Number(response.headers.get('content-length')) || null;
  if (length !== null && length > limit) throw tooLong(url, limit);
  // A hint and no more: of an answer packed for the way (gzip), it counts the packed bytes, and pages may not see that.
  return readBody(response, url, limit, 0, context, undefined, length ?? 2 ** 20);
}

/** Asks for the rest after `have` bytes; takes the whole where the server does not give parts. */
async function request(source: WeightSource, have: number, context: WeightContext) {
  if (have > 0 && have < source.bytes) {
    const response = await open(source.address, context, { Range: `bytes=${have}-` }).catch(
      (error: unknown) => {
        context.signal?.throwIfAborted();
        // 416, or a server that allows pages no Range header: ask again without.
        if (error instanceof DetectionError) return null;
        throw error;
      },
    );
    const range = response?.headers.get('content-range');
    // The header is hidden from pages by some servers; a length of exactly the rest says the same.
    const rest = response?.headers.get('content-length') === String(source.bytes - have);
    if (response?.status === 206 && (range ? range.startsWith(`bytes ${have}-`) : rest))
      return { response, start: have };
    if (response?.status === 200) return { response, start: 0 };
    await response?.body?.cancel();
  }
  return { response: await open(source.address, context, {}), start: 0 };
}

async function open(
  url: string,
  context: Pick<WeightContext, 'fetch' | 'signal'>,
  headers: Record<string, string>,
): Promise<Response> {
  let response: Response;
  try {
    response = await context.fetch(url, { ...init(context), headers });
  } catch (cause) {
    context.signal?.throwIfAborted();
    throw new DetectionError(
      'download-failed',
      `${url} could not be fetched: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'There may be no network here, or the server may not allow other sites to read it. Download the file by hand and choose it; until then the built-in detector serves.',
      { cause },
    );
  }
  if (response.ok) return response;
  await response.body?.cancel();
  throw new DetectionError(
    'download-failed',
    `${url} answered ${`${response.status} ${response.statusText}`.trim()}.`,
    'Try again later, or download the file by hand and choose it.',
  );
}

const init = ({ signal }: Pick<WeightContext, 'signal'>) => (signal ? { signal } : {});

interface Resumed {
  before: Uint8Array;
  arrived(at: number, piece: Uint8Array): Promise<void>;
}

/**
 * Reads a body piece by piece into one array of the expected length, so that nothing is held twice.
 * @param total bytes it must have, or may have at most if its length is only guessed
 */
async function readBody(
  response: Response,
  url: string,
  total: number,
  start: number,
  { signal, progress }: Pick<WeightContext, 'signal' | 'progress'>,
  resumed?: Resumed,
  guess?: number,
): Promise<Uint8Array> {
  let bytes = new Uint8Array(guess ?? total);
  if (start > 0) bytes.set(resumed!.before.subarray(0, start));
  let at = start;
  let flushed = start;
  const flush = async (least: number) => {
    if (!resumed || at - flushed < least || at === flushed) return;
    const from = flushed;
    flushed = at;
    await resumed.arrived(from, bytes.slice(from, at));
  };
  const reader = response.body?.getReader();
  const told = () => progress?.(at, guess === undefined ? total : Math.max(guess, at));
  told();
  try {
    while (reader) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > total) throw tooLong(url, total);
      if (at + value.length > bytes.length) {
        const larger = new Uint8Array(Math.min(total, 2 * bytes.length + value.length));
        larger.set(bytes);
        bytes = larger;
      }
      bytes.set(value, at);
      at += value.length;
      told();
      await flush(PIECE);
    }
  } catch (cause) {
    if (cause instanceof DetectionError) throw cause;
    await flush(1);
    signal?.throwIfAborted();
    throw new DetectionError(
      'download-failed',
      `The connection to ${url} broke off after ${at.toLocaleString('en')} of ${total.toLocaleString('en')} bytes.`,
      resumed ? 'Start the download again: it goes on from there.' : 'Try again.',
      { cause },
    );
  } finally {
    reader?.cancel().catch(() => undefined);
  }
  await flush(1);
  if (guess === undefined && at < total)
    throw new DetectionError(
      'download-failed',
      `${url} ended after ${at.toLocaleString('en')} of ${total.toLocaleString('en')} bytes.`,
      resumed ? 'Start the download again: it goes on from there.' : 'Try again.',
    );
  return bytes.subarray(0, at);
}

async function check(bytes: Uint8Array, source: WeightSource, url: string): Promise<void> {
  const found = await sha256(bytes);
  if (bytes.length === source.bytes && found === source.sha256) return;
  throw new DetectionError(
    'download-corrupt',
    `${url} has ${bytes.length.toLocaleString('en')} bytes with SHA-256 ${found}; ${source.sha256} was expected.`,
    'It is not the file that was published, and is not used. Try again; if it stays so, the file at that address has changed.',
  );
}

const tooLong = (url: string, limit: number) =>
  new DetectionError(
    'download-corrupt',
    `${url} is longer than the ${limit.toLocaleString('en')} bytes expected.`,
    'Another file stands in its place. Download it by hand and look what it is.',
  );

/** Storage is a convenience: where it fails (full, forbidden) the download goes on without it. */
class Keeper {
  private works: boolean;
  constructor(
    private readonly source: WeightSource,
    private readonly store: WeightStore | null,
  ) {
    this.works = store !== null;
  }

  async soFar(): Promise<Uint8Array> {
    const bytes = await this.attempt((store) => store.read(this.source.sha256));
    return bytes && bytes.length < this.source.bytes ? bytes : new Uint8Array();
  }

  async restart(): Promise<void> {
    await this.attempt((store) => store.remove(this.source.sha256));
  }

  async keep(at: number, piece: Uint8Array): Promise<void> {
    await this.attempt((store) => store.append(this.source, at, piece));
  }

  async finish(): Promise<boolean> {
    await this.attempt((store) => store.complete(this.source.sha256));
    return this.works;
  }

  private async attempt<T>(action: (store: WeightStore) => Promise<T>): Promise<T | undefined> {
    if (!this.works) return undefined;
    try {
      return await action(this.store!);
    } catch {
      this.works = false;
      return undefined;
    }
  }
}
