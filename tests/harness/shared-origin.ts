/**
 * Several pages, workers and browser processes on one origin.
 *
 * `openSuite` has one page in one browser. What two tabs do to the same storage, and what survives when a tab or the
 * whole browser is killed, needs more: any number of pages, workers made from modules of their own, and a profile on
 * disk that a second browser can be started on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { QUIET_FLAGS } from './chromium';
import { chromiumExecutable } from './find-chromium';
import { ROOT } from './root';

const PAGE = `<!doctype html><title>shared origin</title>
<script type="module">import * as suite from '/page.js'; globalThis.suite = suite;</script>`;

export interface SharedOrigin {
  /** A new tab with the page module loaded as `window.suite`. */
  page(): Promise<Page>;
  context(): BrowserContext;
  /** Kills the browser at once (SIGKILL, nothing is tidied up) and starts another on the same profile. */
  killBrowser(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param modules entry points from the repository root, by the path they are served at; `/page.js` is loaded into every
 *   page, others are for `new Worker('/worker.js', { type: 'module' })`
 */
export async function openSharedOrigin(
  modules: Record<string, string>,
  { profileIn = tmpdir() }: { profileIn?: string } = {},
): Promise<SharedOrigin> {
  const scripts = new Map<string, string>();
  for (const [path, entry] of Object.entries(modules)) {
    const result = await build({
      entryPoints: [resolve(ROOT, entry)],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      target: 'es2022',
      write: false,
      tsconfig: join(ROOT, 'tsconfig.json'),
      define: { 'process.env.NODE_ENV': '"test"' },
      logLevel: 'error',
    });
    scripts.set(path, result.outputFiles[0]!.text);
  }
  const { server, origin } = await serve(scripts);
  const profile = mkdtempSync(join(profileIn, 'shared-origin-'));
  let context = await launch(profile);

  return {
    context: () => context,
    page: async () => {
      const page = await context.newPage();
      await page.goto(`${origin}/`);
      await page.waitForFunction(() => 'suite' in globalThis);
      return page;
    },
    killBrowser: async () => {
      const session = await context.browser()!.newBrowserCDPSession();
      const { processInfo } = await session.send('SystemInfo.getProcessInfo');
      const gone = new Promise((done) => context.once('close', done));
      // The browser process is ours: this context started it. Its children go with it.
      process.kill(processInfo.find(({ type }) => type === 'browser')!.id, 'SIGKILL');
      await gone;
      context = await launch(profile);
    },
    close: async () => {
      await context.close();
      server.close();
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

async function launch(profile: string): Promise<BrowserContext> {
  const executablePath = chromiumExecutable();
  return chromium.launchPersistentContext(profile, {
    ...(executablePath ? { executablePath } : {}),
    args: [...QUIET_FLAGS, '--disable-gpu'],
  });
}

function serve(scripts: Map<string, string>): Promise<{ server: Server; origin: string }> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://local').pathname;
    // Isolated, so that a test can freeze a worker by a shared buffer.
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    response.setHeader('Cache-Control', 'no-store');
    const script = scripts.get(path);
    if (script !== undefined) return void response.setHeader('content-type', 'text/javascript').end(script);
    if (path !== '/') response.statusCode = 404;
    response.setHeader('content-type', 'text/html').end(PAGE);
  });
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') throw new Error('no port for the test server');
      done({ server, origin: `http://127.0.0.1:${address.port}` });
    }),
  );
}
