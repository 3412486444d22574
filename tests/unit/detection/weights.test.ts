import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { prepareModel } from '@/lib/commands/models';
import {
  downloadWeights,
  fetchWeights,
  servedPath,
  storedWeights,
  WEIGHT_SOURCES,
  type WeightContext,
  type WeightSource,
  WeightStore,
  weightsAtHand,
} from '@/lib/detection';

const FILE = Uint8Array.from({ length: 3_000_000 }, (_, i) => (i * 31 + (i >> 8)) & 255);
const SOURCE: WeightSource = {
  ...WEIGHT_SOURCES[0]!,
  bytes: FILE.length,
  sha256: createHash('sha256').update(FILE).digest('hex'),
  address: 'https://weights.example/yolo.pt',
};

let store: WeightStore;
let names = 0;
beforeEach(async () => {
  store = await WeightStore.open(`test-${names++}`);
});
afterEach(() => store.close());

interface ServerOptions {
  ranges?: boolean;
  /** Breaks off after so many bytes of an answer. */
  breakAfter?: number;
  file?: Uint8Array;
  hideRange?: boolean;
}

/** A server of one file; notes what was asked of it. */
function server({
  ranges = true,
  breakAfter = Number.POSITIVE_INFINITY,
  file = FILE,
  hideRange = false,
}: ServerOptions = {}) {
  const asked: (string | undefined)[] = [];
  const fetch: WeightContext['fetch'] = async (url, init) => {
    if (url !== SOURCE.address) return new Response('not here', { status: 404, statusText: 'Not Found' });
    const range = init?.headers?.Range;
    asked.push(range);
    const start = ranges && range ? Number(/^bytes=(\d+)-$/.exec(range)?.[1]) : 0;
    let at = start;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (init?.signal?.aborted) return controller.error(init.signal.reason);
        if (at - start >= breakAfter) return controller.error(new TypeError('connection lost'));
        if (at >= file.length) return controller.close();
        const piece = file.slice(at, Math.min(at + 64 * 1024, file.length, start + breakAfter));
        at += piece.length;
        controller.enqueue(piece);
      },
    });
    const headers: Record<string, string> = { 'content-length': String(file.length - start) };
    if (start > 0 && !hideRange)
      headers['content-range'] = `bytes ${start}-${file.length - 1}/${file.length}`;
    return new Response(body, { status: start > 0 ? 206 : 200, headers });
  };
  return { fetch, asked };
}

const context = (fetch: WeightContext['fetch'], more: Partial<WeightContext> = {}): WeightContext => ({
  fetch,
  assetUrl: (path) => `/site/${path}`,
  store,
  ...more,
});
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => expect.fail('was accepted'),
    (error: unknown) => error as { code: string; message: string; remedy: string },
  );

describe('the list of addresses', () => {
  it('names the official file', () => {
    const yolo26n = WEIGHT_SOURCES.find(({ id }) => id === 'yolo26n')!;
    expect(yolo26n.bytes).toBe(5_544_453);
    expect(yolo26n.sha256).toBe('9b09cc8bf347f0fc8a5f7657480587f25db09b34bf33b0652110fb03a8ad4fef');
    expect(yolo26n.licence).toBe('AGPL-3.0');
    for (const url of [yolo26n.address, yolo26n.release, yolo26n.licenceUrl])
      expect(new URL(url).protocol).toBe('https:');
    expect(servedPath(yolo26n)).toBe('models/yolo26n.pt');
  });
});

describe('a download', () => {
  it('is checked, kept, and not asked for again', async () => {
    const { fetch, asked } = server();
    const seen: number[] = [];
    const first = await downloadWeights(
      SOURCE,
      context(fetch, { progress: (loaded, total) => void seen.push(loaded, total) }),
    );
    expect(first).toMatchObject({ origin: 'publisher', kept: true });
    expect(Buffer.compare(first.bytes, FILE)).toBe(0);
    const loaded = seen.filter((_, i) => i % 2 === 0);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    expect([loaded[0], loaded.at(-1)]).toEqual([0, FILE.length]);
    expect(new Set(seen.filter((_, i) => i % 2 === 1))).toEqual(new Set([FILE.length]));
    const again = await downloadWeights(SOURCE, context(fetch));
    expect(again.origin).toBe('storage');
    expect(Buffer.compare(again.bytes, FILE)).toBe(0);
    expect(asked).toEqual([undefined]);
    expect(await store.list()).toMatchObject([{ file: 'yolo26n.pt', received: FILE.length, complete: true }]);
  });

  it.each([true, false])('that broke off goes on where it ended (Content-Range shown: %s)', async (shown) => {
    const broken = await failure(downloadWeights(SOURCE, context(server({ breakAfter: 1_300_000 }).fetch)));
    expect(broken.code).toBe('download-failed');
    expect(broken.message).toContain('1,300,000 of 3,000,000');
    expect(await store.list()).toMatchObject([{ received: 1_300_000, complete: false }]);
    expect(await storedWeights(SOURCE, { store })).toBeNull();
    const { fetch, asked } = server({ hideRange: !shown });
    const first: number[] = [];
    const { bytes } = await downloadWeights(
      SOURCE,
      context(fetch, { progress: (loaded) => void first.push(loaded) }),
    );
    expect(asked).toEqual(['bytes=1300000-']);
    expect(first[0]).toBe(1_300_000);
    expect(Buffer.compare(bytes, FILE)).toBe(0);
  });

  it('that was stopped keeps what came, and goes on', async () => {
    const stop = new AbortController();
    const progress = (loaded: number) => void (loaded > 700_000 && stop.abort());
    const { fetch } = server();
    await expect(
      downloadWeights(SOURCE, context(fetch, { signal: stop.signal, progress })),
    ).rejects.toMatchObject({
      name: 'AbortError',
    });
    const [kept] = await store.list();
    expect(kept!.received).toBeGreaterThan(700_000);
    const next = server();
    expect(Buffer.compare((await downloadWeights(SOURCE, context(next.fetch))).bytes, FILE)).toBe(0);
    expect(next.asked).toEqual([`bytes=${kept!.received}-`]);
  });

  it('starts over where the server gives no parts', async () => {
    await failure(downloadWeights(SOURCE, context(server({ breakAfter: 1_300_000 }).fetch)));
    const { bytes, kept } = await downloadWeights(SOURCE, context(server({ ranges: false }).fetch));
    expect(Buffer.compare(bytes, FILE)).toBe(0);
    expect(kept).toBe(true);
    expect(Buffer.compare((await storedWeights(SOURCE, { store }))!.bytes, FILE)).toBe(0);
  });

  it('starts over where a Range header is not allowed', async () => {
    await failure(downloadWeights(SOURCE, context(server({ breakAfter: 1_300_000 }).fetch)));
    const { fetch } = server();
    const picky: WeightContext['fetch'] = (url, init) =>
      init?.headers?.Range ? Promise.reject(new TypeError('CORS')) : fetch(url, init);
    expect(Buffer.compare((await downloadWeights(SOURCE, context(picky))).bytes, FILE)).toBe(0);
  });

  it('of another file is refused and not kept', async () => {
    const file = FILE.slice();
    file[2_999_999]! ^= 1;
    const error = await failure(downloadWeights(SOURCE, context(server({ file }).fetch)));
    expect(error.code).toBe('download-corrupt');
    expect(error.message).toContain(SOURCE.sha256);
    expect(await store.list()).toEqual([]);
  });

  it('that goes on into another file is refused, and then works from the start', async () => {
    await failure(
      downloadWeights(
        SOURCE,
        context(server({ breakAfter: 1_300_000, file: FILE.map((byte) => byte ^ 1) }).fetch),
      ),
    );
    expect((await failure(downloadWeights(SOURCE, context(server().fetch)))).code).toBe('download-corrupt');
    expect(Buffer.compare((await downloadWeights(SOURCE, context(server().fetch))).bytes, FILE)).toBe(0);
  });

  it('that is longer than it should be is given up', async () => {
    const file = new Uint8Array(FILE.length + 10);
    const error = await failure(downloadWeights(SOURCE, context(server({ file }).fetch)));
    expect(error.code).toBe('download-corrupt');
  });

  it('says what to do without a network', async () => {
    const error = await failure(
      downloadWeights(
        SOURCE,
        context(() => Promise.reject(new TypeError('Failed to fetch'))),
      ),
    );
    expect(error.code).toBe('download-failed');
    expect(error.message).toContain('Failed to fetch');
    expect(error.remedy).toMatch(/by hand/);
  });

  it('works where nothing can be stored', async () => {
    const { bytes, kept } = await downloadWeights(SOURCE, context(server().fetch, { store: null }));
    expect(kept).toBe(false);
    expect(Buffer.compare(bytes, FILE)).toBe(0);
  });

  it('goes on when the storage fails halfway', async () => {
    const append = vi
      .spyOn(store, 'append')
      .mockRejectedValue(new DOMException('full', 'QuotaExceededError'));
    const { bytes, kept } = await downloadWeights(SOURCE, context(server().fetch));
    expect(append).toHaveBeenCalledTimes(1);
    expect(kept).toBe(false);
    expect(Buffer.compare(bytes, FILE)).toBe(0);
  });
});

describe('what is kept', () => {
  it('can be removed', async () => {
    await downloadWeights(SOURCE, context(server().fetch));
    await store.remove(SOURCE.sha256);
    expect(await store.list()).toEqual([]);
    expect(await store.read(SOURCE.sha256)).toHaveLength(0);
    expect(await storedWeights(SOURCE, { store })).toBeNull();
  });

  it('is checked again before it is used', async () => {
    await store.append(
      SOURCE,
      0,
      FILE.map((byte) => byte ^ 1),
    );
    await store.complete(SOURCE.sha256);
    expect(await storedWeights(SOURCE, { store })).toBeNull();
    expect(await store.list()).toEqual([]);
  });

  it('does not mix with what another tab downloads meanwhile', async () => {
    await store.append(SOURCE, 0, FILE.slice(0, 1000));
    await expect(store.append(SOURCE, 0, FILE.slice(0, 500))).rejects.toThrow(/1000 bytes are kept/);
    expect(await store.read(SOURCE.sha256)).toHaveLength(1000);
  });
});

describe('weights the site serves', () => {
  const serving =
    (response: () => Response): WeightContext['fetch'] =>
    async (url) => {
      expect(url).toBe('/site/models/yolo26n.pt');
      return response();
    };

  it('are used without asking anyone', async () => {
    const found = await weightsAtHand(SOURCE, context(serving(() => new Response(FILE))));
    expect(found).toMatchObject({ origin: 'site' });
    expect(Buffer.compare(found!.bytes, FILE)).toBe(0);
  });

  it.each([
    ['not there', () => new Response('', { status: 404 })],
    [
      'a start page instead',
      () => new Response('<html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }),
    ],
  ])('are passed over if %s', async (_, response) => {
    expect(await weightsAtHand(SOURCE, context(serving(response)))).toBeNull();
  });

  it('are refused if they are others', async () => {
    const error = await failure(
      weightsAtHand(SOURCE, context(serving(() => new Response(FILE.map((byte) => byte ^ 1))))),
    );
    expect(error.code).toBe('download-corrupt');
  });

  it('are passed over offline', async () => {
    expect(
      await weightsAtHand(
        SOURCE,
        context(() => Promise.reject(new TypeError('offline'))),
      ),
    ).toBeNull();
  });
});

describe('any address', () => {
  it.each([true, false])('gives its bytes (length known: %s)', async (known) => {
    const fetch = async () =>
      new Response(
        new Blob([FILE]).stream(),
        known ? { headers: { 'content-length': String(FILE.length) } } : {},
      );
    expect(Buffer.compare(await fetchWeights('https://x.example/a.pt', { fetch }), FILE)).toBe(0);
  });

  it('gives all bytes of an answer that was packed for the way, whose length counts less', async () => {
    const fetch = async () =>
      new Response(new Blob([FILE]).stream(), { headers: { 'content-length': '1234' } });
    expect(Buffer.compare(await fetchWeights('https://x.example/a.pt', { fetch }), FILE)).toBe(0);
  });

  it.each([true, false])('is given up beyond the limit (length known: %s)', async (known) => {
    const fetch = async () =>
      new Response(
        new Blob([FILE]).stream(),
        known ? { headers: { 'content-length': String(FILE.length) } } : {},
      );
    const error = await failure(fetchWeights('https://x.example/a.pt', { fetch }, 1_000_000));
    expect(error.code).toBe('download-corrupt');
  });

  it('that answers with an error says which', async () => {
    const fetch = async () => new Response('', { status: 403, statusText: 'Forbidden' });
    expect((await failure(fetchWeights('https://x.example/a.pt', { fetch }))).message).toContain(
      '403 Forbidden',
    );
  });
});

describe('npm run models', () => {
  const folder = () => mkdtempSync(join(tmpdir(), 'models-'));
  const quiet = () => {
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    return vi.spyOn(console, 'error').mockImplementation(() => undefined);
  };
  afterEach(() => vi.restoreAllMocks());

  it('fetches, checks and serves; and leaves a sound file alone', async () => {
    quiet();
    const target = folder();
    const { fetch, asked } = server();
    for (let i = 0; i < 2; i++)
      expect(await prepareModel(SOURCE, { folder: target, fetch: fetch as typeof globalThis.fetch })).toBe(
        true,
      );
    expect(Buffer.compare(readFileSync(join(target, 'yolo26n.pt')), FILE)).toBe(0);
    expect(asked).toHaveLength(1);
  });

  it('goes on where it ended', async () => {
    quiet();
    const target = folder();
    const broken = server({ breakAfter: 1_000_000 });
    expect(
      await prepareModel(
        { ...SOURCE, release: SOURCE.address },
        { folder: target, fetch: broken.fetch as typeof globalThis.fetch },
      ),
    ).toBe(false);
    expect(broken.asked).toEqual([undefined, 'bytes=1000000-']);
    const { fetch, asked } = server();
    expect(await prepareModel(SOURCE, { folder: target, fetch: fetch as typeof globalThis.fetch })).toBe(
      true,
    );
    expect(asked).toEqual(['bytes=2000000-']);
  });

  it('says clearly what to do offline', async () => {
    const error = quiet();
    const fetch = () => Promise.reject(new TypeError('fetch failed'));
    const target = folder();
    expect(await prepareModel(SOURCE, { folder: target, fetch })).toBe(false);
    expect(error.mock.calls.flat().join('\n')).toMatch(/built-in face detector.*npm run models -- --from/s);
    expect(existsSync(join(target, 'yolo26n.pt'))).toBe(false);
  });

  it('copies a file that is here already, if it is the right one', async () => {
    const error = quiet();
    const target = folder();
    const from = join(folder(), 'mine.pt');
    writeFileSync(from, FILE.slice(1));
    expect(await prepareModel(SOURCE, { folder: target, from })).toBe(false);
    expect(error.mock.calls.flat().join()).toContain('2999999 bytes instead of 3000000');
    writeFileSync(from, FILE);
    expect(await prepareModel(SOURCE, { folder: target, from })).toBe(true);
    expect(Buffer.compare(readFileSync(join(target, 'yolo26n.pt')), FILE)).toBe(0);
  });
});
