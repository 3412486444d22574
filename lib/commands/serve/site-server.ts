/**
 * The server of the exported site: a folder of static files, and the headers that go with them.
 *
 * `send`, which Express stands on, gives a file out: ranges, entity tags, conditions, and files that vanish while they are read. What is
 * here is what a site needs around it: which file an address means, which compressed copy, which headers, and which methods.
 */
import type { ReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { basename } from 'node:path';
import { contentType } from 'mime-types';
import send from 'send';
import { NETWORK_FILE, type NetworkAnswer } from '@/lib/notebook/phone-link';
import { WORDS_HEADERS } from '../headers/headers';
import { chooseCopy, copiesOf, type Found, findFile, withinFile } from './find-file';
import { headersForAll, headersForFile } from './headers-for';

const METHODS = ['GET', 'HEAD', 'OPTIONS'];
const NOT_FOUND = '/404.html';
const CONDITIONS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'if-range',
  'range',
] as const;
/**
 * So many may wait to be let in. Three hundred phones that open a page at once knock 1,800 times, for a browser takes six connections; of
 * Node's own 511 the rest is turned away, some with a reset.
 */
export const BACKLOG = 4096;
/** Who has neither asked nor read anything for so long has gone without a word. */
const SILENCE_MS = 120_000;
/** While a build puts the folder in place anew, there is not even a page that says so. */
const RETRY_AFTER_SECONDS = '5';

export interface SiteServerOptions {
  folder: string;
  /** The sub-path the site was built for, e.g. `/lessons-on-privacy`; empty for the root. */
  basePath: string;
  /** Send the headers that isolate a page from others, so that WASM may use threads. */
  isolated: boolean;
  /** Of the home page, as other machines open it; asked anew each time, for networks come and go. Without it there are none. */
  addresses?: () => string[];
}

/** Not yet listening. It outlives every request: whatever goes wrong with one is answered, and the next one served. */
export function createSiteServer(options: SiteServerOptions): Server {
  const server = createServer((request, response) => {
    answer(options, request, response).catch((error: unknown) => {
      console.error(error);
      if (response.headersSent) response.destroy();
      else plain(response, 500, 'The server could not answer this.');
    });
  });
  server.setTimeout(SILENCE_MS);
  return server;
}

/** Takes no new visitors and lets what is under way arrive. @param withinMs what has not arrived by then is cut off */
export function finishServing(server: Server, withinMs: number): Promise<void> {
  const cut = setTimeout(() => server.closeAllConnections(), withinMs);
  return new Promise((done) => {
    server.close(() => {
      clearTimeout(cut);
      done();
    });
    server.closeIdleConnections();
  });
}

function setAll(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

function plain(response: ServerResponse, status: number, words: string): void {
  const body = response.req.method === 'HEAD' ? '' : `${words}\n`;
  setAll(response, WORDS_HEADERS);
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(body);
}

/** For a page that shows phones where it is: it may itself have been opened at an address that no other machine knows. */
function network({ addresses }: SiteServerOptions, response: ServerResponse): void {
  const said: NetworkAnswer = { addresses: addresses?.() ?? [] };
  setAll(response, WORDS_HEADERS);
  response
    .writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' })
    .end(response.req.method === 'HEAD' ? '' : JSON.stringify(said));
}

/** @param to within this host: two slashes at the start would name another one */
function redirect(response: ServerResponse, to: string): void {
  response.setHeader('Location', to.replace(/^[/\\]+/, '/'));
  plain(response, 308, `This page is at ${to}`);
}

async function answer(
  options: SiteServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { folder, basePath, isolated } = options;
  setAll(response, headersForAll(isolated));

  if (!METHODS.includes(request.method ?? '')) {
    response.setHeader('Allow', METHODS.join(', '));
    return plain(response, 405, 'This server only gives files out.');
  }
  if (request.method === 'OPTIONS') {
    response.writeHead(204, { Allow: METHODS.join(', ') }).end();
    return;
  }
  const [address = '/', ...rest] = (request.url ?? '/').split('?');
  const query = rest.length > 0 ? `?${rest.join('?')}` : '';
  if (address === basePath || (basePath && address === '/'))
    return redirect(response, `${basePath}/${query}`);
  if (address === `${basePath}/${NETWORK_FILE}`) return network(options, response);
  const inside = basePath ? address.startsWith(`${basePath}/`) : true;
  const found = inside
    ? await findFile(folder, address.slice(basePath.length))
    : { kind: 'missing' as const };
  switch (found.kind) {
    case 'malformed':
      return plain(response, 400, 'This is no address.');
    case 'elsewhere':
      return redirect(response, `${basePath}${found.path}${query}`);
    case 'file':
      return giveFile(options, found, request, response);
    case 'missing':
      return giveNotFound(options, request, response);
  }
}

async function giveFile(
  { folder }: SiteServerOptions,
  file: Extract<Found, { kind: 'file' }>,
  request: IncomingMessage,
  response: ServerResponse,
  status = 200,
): Promise<void> {
  const whole = status === 200;
  forgetConditions(request, whole);
  const copies = await copiesOf(folder, file);
  const copy = chooseCopy(copies, request);
  const range = withinFile(request.headers.range, file.bytes);
  if (range !== undefined) request.headers.range = range;
  setAll(response, await headersForFile(folder, file.path));
  if (copies.length > 0) response.setHeader('Vary', 'Accept-Encoding');
  if (copy) response.setHeader('Content-Encoding', copy.encoding);
  // By the file's own name: a copy would be taken for an archive.
  response.setHeader('Content-Type', contentType(basename(file.path)) || 'application/octet-stream');
  response.statusCode = status;
  const stream = send(request, encodeURI(copy?.path ?? file.path), {
    root: folder,
    index: false,
    dotfiles: 'ignore',
    cacheControl: false,
    // An error page is sent whole: there is nothing to resume or to compare.
    acceptRanges: whole,
    etag: whole,
    lastModified: whole,
  });
  stream.on('error', (error: Error & { status?: number; headers?: Record<string, string> }) => {
    // Gone since it was looked up, a range that is outside, a condition that does not hold.
    if (response.headersSent) return void response.destroy();
    for (const name of ['Content-Encoding', 'ETag', 'Last-Modified', 'Content-Length', 'Content-Type'])
      response.removeHeader(name);
    setAll(response, error.headers ?? {});
    plain(response, error.status ?? 500, error.message);
  });
  stream.on('stream', (content: ReadStream) => {
    // It was cut short under the reader's hands: an answer that ends before its length would take the next one for its rest.
    content.once('end', () => {
      if (content.bytesRead < Number(response.getHeader('Content-Length'))) response.destroy();
    });
  });
  stream.pipe(response);
}

/** What the answer to a missing page, and to HEAD, does not depend on (RFC 9110, sections 13.2.1 and 14.2). */
function forgetConditions({ headers, method }: IncomingMessage, whole: boolean): void {
  if (method !== 'GET') delete headers.range;
  if (whole) return;
  for (const name of CONDITIONS) delete headers[name];
}

async function giveNotFound(
  options: SiteServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const page = await findFile(options.folder, NOT_FOUND);
  if (page.kind === 'file') return giveFile(options, page, request, response, 404);
  response.setHeader('Retry-After', RETRY_AFTER_SECONDS);
  plain(response, 503, 'The site is being built. Try again in a moment.');
}
