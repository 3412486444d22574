/**
 * Keeps the site usable without a network. Bundled after the export (the list of files is known only then) and put at the root.
 *
 * Files under /_next/static/ never change under one name: the kept copy is as good as any. Everything else is asked of
 * the network first, so that nobody is stuck with an old page, and taken from what was kept when nothing answers.
 */
import {
  DATA_CACHE,
  type FromServiceWorker,
  type OfflineList,
  SITE_CACHES,
  siteCache,
  type ToServiceWorker,
} from './protocol';

interface WaitingEvent {
  waitUntil(promise: Promise<unknown>): void;
}
interface FetchingEvent extends WaitingEvent {
  request: Request;
  respondWith(response: Promise<Response>): void;
}
interface MessagedEvent extends WaitingEvent {
  data: ToServiceWorker;
  ports: readonly MessagePort[];
}
interface Scope {
  registration: { scope: string; waiting: unknown; installing: unknown };
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: WaitingEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchingEvent) => void): void;
  addEventListener(type: 'message', listener: (event: MessagedEvent) => void): void;
}
declare const self: Scope;
/** Put in by the build. */
declare const OFFLINE_LIST: OfflineList;

const root = self.registration.scope;
const at = (path: string) => new URL(path, root).href;
const STATIC = at('_next/static/');
const DATA = at('data/');
const SITE = siteCache(OFFLINE_LIST.version);
/** What the build made, and nothing else is kept: an address that is missing has a page on some hosts, too. */
const MADE = new Set([...OFFLINE_LIST.shell, ...OFFLINE_LIST.site].map(at));
/** What Next asks for when it goes from page to page; the list leaves these out, for pages can do without them. */
const PAGE_PART = /^__next\..*\.txt$/;
/** A network that has not answered a page by then is as good as none. */
const PATIENCE_MS = 4000;
const AT_ONCE = 6;

interface Keeping {
  told?: (done: number) => void;
  /** Files to fetch now; all if absent. */
  most?: number;
}

/** Fetches what is not kept yet. @returns whether all is kept now @throws when a file cannot be had */
async function keep(name: string, paths: readonly string[], { told, most }: Keeping = {}): Promise<boolean> {
  const cache = await caches.open(name);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  // Code first: what is open on a page may need more of it, while pages that nobody has opened can wait.
  const isCode = (path: string) => at(path).startsWith(STATIC);
  const missing = [...paths.filter(isCode), ...paths.filter((path) => !isCode(path))].filter(
    (path) => !there.has(at(path)),
  );
  const waiting = missing.slice(0, most);
  const whole = waiting.length === missing.length;
  let done = paths.length - missing.length;
  const one = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const url = at(path);
      // What carries its hash in its name is the same in every build.
      const before = url.startsWith(STATIC) ? await kept(new Request(url)) : undefined;
      const response = before ?? (await fetch(url, { cache: 'no-cache' }));
      if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
      if (!isIt(url, response)) throw new Error(`${url} answered with a page, and is none.`);
      // A browser takes no answer for a page that was led on to another address.
      await cache.put(url, response.redirected ? withoutAddress(response) : response);
      told?.(++done);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return whole;
}

/** Whether an answer is the file that was asked for: some hosts answer for what has gone with a page, and call it good. */
function isIt(url: string, { headers }: Response): boolean {
  const isPage = /(\/|\.html)$/.test(url);
  return isPage || !(headers.get('Content-Type') ?? '').startsWith('text/html');
}

/** Older browsers name it by a DOMException, younger ones by a class of its own; both say the same name. */
const isFull = (error: unknown) => (error as Error | null)?.name === 'QuotaExceededError';

/** Of other builds. */
const otherCaches = async () =>
  (await caches.keys()).filter((name) => name.startsWith(SITE_CACHES) && name !== SITE);

/** What older builds kept. It stays until this one is kept whole: until then it is all there is without a network. */
async function dropOlder(): Promise<void> {
  // Then the other one is newer.
  if (self.registration.waiting || self.registration.installing) return;
  for (const name of await otherCaches()) await caches.delete(name);
}

function isOurs(url: string): boolean {
  if (MADE.has(url)) return true;
  const name = url.slice(url.lastIndexOf('/') + 1);
  return PAGE_PART.test(name) && MADE.has(new URL('.', url).href);
}

/** A page or file that was kept, whatever settings stand in its query. */
async function kept(request: Request): Promise<Response | undefined> {
  const options = { ignoreSearch: true, ignoreVary: true };
  for (const name of [SITE, DATA_CACHE, ...(await otherCaches())]) {
    const found = await (await caches.open(name)).match(request, options);
    if (found) return found;
  }
  return undefined;
}

async function remember(request: Request, response: Response): Promise<void> {
  // Data sets keep their own copies, checked by hash; a part of a file is not the file.
  if (response.status !== 200 || request.url.startsWith(DATA)) return;
  const url = new URL(request.url);
  url.search = '';
  if (!isOurs(url.href) || !isIt(url.href, response)) return;
  await (await caches.open(SITE)).put(url.href, response.clone()).catch(() => undefined);
}

/**
 * A worker reads what it is to do off the end of its address. An answer that was kept has an address of its own, without that end,
 * which would become the worker's; a fresh one has none, and leaves the worker the one that was asked for.
 */
function withoutAddress({ body, status, statusText, headers }: Response): Response {
  return new Response(body, { status, statusText, headers });
}

async function answer(request: Request, event: FetchingEvent): Promise<Response> {
  if (request.url.startsWith(STATIC)) {
    const found = await kept(request);
    if (found) return found;
  }
  const navigating = request.mode === 'navigate';
  try {
    const response = await fetch(request, navigating ? { signal: AbortSignal.timeout(PATIENCE_MS) } : {});
    event.waitUntil(remember(request, response.clone()));
    return response;
  } catch (error) {
    const found = await kept(request);
    if (found) return found;
    const missing = navigating ? await kept(new Request(at('404.html'))) : undefined;
    if (missing) return new Response(missing.body, { status: 404, headers: missing.headers });
    throw error;
  }
}

self.addEventListener('install', (event) => event.waitUntil(keep(SITE, OFFLINE_LIST.shell)));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || !request.url.startsWith(root) || request.headers.has('range')) return;
  const answered = answer(request, event);
  event.respondWith(request.destination === 'worker' ? answered.then(withoutAddress) : answered);
});

self.addEventListener('message', (event) => {
  const port = event.ports[0];
  const say = (message: FromServiceWorker) => port?.postMessage(message);
  const run = async () => {
    const message = event.data;
    if (message.type === 'take-over') return self.skipWaiting();
    if (message.type === 'keep-site') {
      const { site } = OFFLINE_LIST;
      const told = (done: number) => say({ type: 'progress', done, total: site.length });
      const { most } = message;
      if (!(await keep(SITE, site, { told, ...(most === undefined ? {} : { most }) })))
        return say({ type: 'kept-some' });
      await dropOlder();
    } else {
      const set = OFFLINE_LIST.data.find(({ id }) => id === message.id);
      const files = set?.files ?? [];
      if (message.type === 'keep-data')
        await keep(DATA_CACHE, files, {
          told: (done) => say({ type: 'progress', done, total: files.length }),
        });
      else {
        const cache = await caches.open(DATA_CACHE);
        for (const file of files) await cache.delete(at(file));
      }
    }
    say({ type: 'kept' });
  };
  event.waitUntil(
    run().catch((error) =>
      say(
        isFull(error)
          ? { type: 'full' }
          : { type: 'failed', message: error instanceof Error ? error.message : String(error) },
      ),
    ),
  );
});
