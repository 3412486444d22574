/** The service worker, called as a browser calls it: what it keeps, what it gives without a network, and what it says. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FromServiceWorker, OfflineList, ToServiceWorker } from '@/lib/offline/protocol';

const ROOT = 'https://site.test/';
const LIST: OfflineList = {
  version: 'new',
  shell: ['', '404.html'],
  site: ['', '404.html', 'lessons/one/', '_next/static/a.js', '_next/static/b.js'],
  siteBytes: 5,
  data: [{ id: 'digits', title: 'Digits', files: ['data/mnist/images.gz'], bytes: 1 }],
};

/** As much of a browser's cache as is asked for. A full one refuses whatever is put in. */
class FakeCache {
  readonly entries = new Map<string, Response>();
  constructor(readonly disk: { full: boolean }) {}
  async keys() {
    return [...this.entries.keys()].map((url) => ({ url }));
  }
  async match(request: { url: string } | string) {
    const url = new URL(typeof request === 'string' ? request : request.url);
    url.search = '';
    return this.entries.get(url.href)?.clone();
  }
  async put(url: string, response: Response) {
    if (this.disk.full) throw new DOMException('No room.', 'QuotaExceededError');
    this.entries.set(url, response);
  }
  async delete(url: string) {
    return this.entries.delete(url);
  }
}

interface Browser {
  caches: Map<string, FakeCache>;
  disk: { full: boolean };
  network: { answers: (url: string) => Response | null; asked: string[] };
  registration: { scope: string; waiting: unknown; installing: unknown };
  tookOver: number;
  fire(type: string, event?: object): Promise<unknown>;
}
let browser: Browser;

const page = (text: string, status = 200) => new Response(text, { status });
const kept = (name = 'epsilon-site-new') =>
  [...(browser.caches.get(name)?.entries.keys() ?? [])].map((url) => url.slice(ROOT.length)).sort();

beforeEach(async () => {
  const listeners = new Map<string, (event: unknown) => void>();
  const disk = { full: false };
  browser = {
    caches: new Map(),
    disk,
    network: { answers: (url) => page(`of ${url}`), asked: [] },
    registration: { scope: ROOT, waiting: null, installing: null },
    tookOver: 0,
    async fire(type, event = {}) {
      const waits: Promise<unknown>[] = [];
      let answer: Promise<Response> | undefined;
      listeners.get(type)!({
        waitUntil: (one: Promise<unknown>) => waits.push(one),
        respondWith: (one: Promise<Response>) => {
          answer = one;
        },
        ...event,
      });
      const given = await answer;
      await Promise.all(waits);
      return given;
    },
  };
  vi.stubGlobal('OFFLINE_LIST', LIST);
  vi.stubGlobal('caches', {
    open: async (name: string) => {
      if (!browser.caches.has(name)) browser.caches.set(name, new FakeCache(disk));
      return browser.caches.get(name)!;
    },
    keys: async () => [...browser.caches.keys()],
    delete: async (name: string) => browser.caches.delete(name),
  });
  vi.stubGlobal('self', {
    registration: browser.registration,
    skipWaiting: async () => {
      browser.tookOver += 1;
    },
    clients: { claim: async () => undefined },
    addEventListener: (type: string, listener: (event: unknown) => void) => listeners.set(type, listener),
  });
  vi.stubGlobal('fetch', async (asked: { url: string } | string) => {
    const url = typeof asked === 'string' ? asked : asked.url;
    browser.network.asked.push(url);
    const answer = browser.network.answers(url);
    if (answer === null) throw new TypeError('no network');
    return answer;
  });
  vi.resetModules();
  await import('@/lib/offline/service-worker');
});
afterEach(() => void vi.unstubAllGlobals());

const open = (path: string, mode = 'navigate') =>
  browser.fire('fetch', {
    request: { url: ROOT + path, method: 'GET', mode, destination: '', headers: new Headers() },
  }) as Promise<Response>;

async function say(message: ToServiceWorker): Promise<FromServiceWorker[]> {
  const said: FromServiceWorker[] = [];
  await browser.fire('message', {
    data: message,
    ports: [{ postMessage: (one: FromServiceWorker) => said.push(one) }],
  });
  return said;
}

describe('what is kept', () => {
  test('pages and code that were asked for', async () => {
    await open('lessons/one/?theme=dark');
    await open('_next/static/a.js', 'no-cors');
    expect(kept()).toEqual(['_next/static/a.js', 'lessons/one/']);
  });

  test.each([404, 410, 500, 206, 301])('no answer of %i, of whatever address', async (status) => {
    browser.network.answers = () => page('no', status);
    for (const path of ['lessons/one/', 'nope/', '_next/static/a.js'])
      expect((await open(path)).status).toBe(status);
    expect(kept()).toEqual([]);
  });

  test('nothing that the build did not make, though the host answers it with a page', async () => {
    for (const path of ['nope/', 'nope.zip', 'data/mnist/images.gz', 'cards/one.jpg'])
      expect((await open(path)).status).toBe(200);
    expect(kept()).toEqual([]);
  });

  test('no page in the place of code that has gone, though the host calls it good', async () => {
    const soft = () =>
      new Response('<h1>Home</h1>', { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    browser.network.answers = soft;
    await open('_next/static/a.js', 'no-cors');
    await open('lessons/one/');
    expect(kept()).toEqual(['lessons/one/']);
    expect((await say({ type: 'keep-site' })).at(-1)).toMatchObject({ type: 'failed' });
    expect(kept().filter((path) => path.endsWith('.js'))).toEqual([]);
  });

  test('a page that another address gave, as one of its own: browsers take no other', async () => {
    browser.network.answers = (url) =>
      Object.defineProperty(page(`of ${url}`), 'redirected', { value: true });
    await say({ type: 'keep-site' });
    const stored = browser.caches.get('epsilon-site-new')!.entries.get(`${ROOT}lessons/one/`)!;
    expect([stored.redirected, await stored.text()]).toEqual([false, `of ${ROOT}lessons/one/`]);
  });

  test('the whole site when asked, code first; what an older build kept goes only then', async () => {
    (await caches.open('epsilon-site-old')) as unknown;
    expect((await say({ type: 'keep-site', most: 2 })).at(-1)).toEqual({ type: 'kept-some' });
    expect(kept()).toEqual(['_next/static/a.js', '_next/static/b.js']);
    expect(browser.caches.has('epsilon-site-old')).toBe(true);
    expect((await say({ type: 'keep-site' })).at(-1)).toEqual({ type: 'kept' });
    expect(kept()).toEqual([...LIST.site].sort());
    expect(browser.caches.has('epsilon-site-old')).toBe(false);
  });

  test('an older build stays while a newer one waits: that one may be the older', async () => {
    (await caches.open('epsilon-site-other')) as unknown;
    browser.registration.waiting = {};
    await say({ type: 'keep-site' });
    expect(browser.caches.has('epsilon-site-other')).toBe(true);
  });

  test('a missing file of the site is said, and the rest stays', async () => {
    browser.network.answers = (url) => (url.endsWith('one/') ? page('gone', 404) : page('here'));
    const said = await say({ type: 'keep-site' });
    expect(said).toContainEqual({ type: 'failed', message: `${ROOT}lessons/one/ answered 404.` });
    expect(kept()).not.toContain('lessons/one/');
  });
});

describe('a full disk', () => {
  test('is said, for the site and for data', async () => {
    browser.disk.full = true;
    expect((await say({ type: 'keep-site' })).at(-1)).toEqual({ type: 'full' });
    expect((await say({ type: 'keep-data', id: 'digits' })).at(-1)).toEqual({ type: 'full' });
  });

  test('changes nothing for whoever reads online, and loses nothing that was kept', async () => {
    await open('lessons/one/');
    browser.disk.full = true;
    expect(await (await open('')).text()).toBe(`of ${ROOT}`);
    expect(kept()).toEqual(['lessons/one/']);
  });
});

describe('a newer version', () => {
  test('waits: nothing but the reader’s word puts it in place', async () => {
    await browser.fire('install');
    await open('');
    await say({ type: 'keep-site' });
    expect(browser.tookOver).toBe(0);
    await say({ type: 'take-over' });
    expect(browser.tookOver).toBe(1);
  });
});

describe('without a network', () => {
  test('what was kept is given, whatever its settings; what was not is called missing', async () => {
    await browser.fire('install');
    await open('lessons/one/');
    browser.network.answers = () => null;
    expect(await (await open('lessons/one/?present=1')).text()).toBe(`of ${ROOT}lessons/one/`);
    const missing = await open('lessons/two/');
    expect(missing.status).toBe(404);
    await expect(open('data/other.json', 'cors')).rejects.toThrow('no network');
  });
});
