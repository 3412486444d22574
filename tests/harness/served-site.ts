/** The built site behind its own server, and a Chromium beside it, for commands that measure pages. */
import { spawn } from 'node:child_process';
import { type Browser, chromium } from 'playwright';
import { chromiumExecutable } from './find-chromium';
import { ROOT } from './root';

const TRIES = 100;
const BETWEEN_MS = 200;

/**
 * @param port where `out/` is served while `use` runs
 * @param use is given the address of the home page; the server ends with it
 */
export async function withServer(port: number, use: (base: string) => Promise<void>): Promise<void> {
  const base = `http://127.0.0.1:${port}${process.env.BASE_PATH ?? ''}/`;
  const server = spawn('npx', ['tsx', 'lib/commands/serve.ts'], {
    cwd: ROOT,
    env: { ...process.env, PORT: String(port) },
    detached: true,
    stdio: 'ignore',
  });
  try {
    for (let tries = 0; !(await fetch(base).catch(() => null)); tries++) {
      if (tries === TRIES) throw new Error('The server for the built site did not answer.');
      await new Promise((done) => setTimeout(done, BETWEEN_MS));
    }
    await use(base);
  } finally {
    // The server and what npx put around it.
    if (server.pid) process.kill(-server.pid);
  }
}

/**
 * @param port where `out/` is served while `use` runs
 * @param flags of Chromium
 * @param use is given the address of the home page; the browser and the server end with it
 */
export async function withServedSite(
  port: number,
  flags: readonly string[],
  use: (browser: Browser, base: string) => Promise<void>,
): Promise<void> {
  await withServer(port, async (base) => {
    const executablePath = chromiumExecutable();
    const browser = await chromium.launch({
      ...(executablePath ? { executablePath } : {}),
      args: [...flags],
    });
    try {
      await use(browser, base);
    } finally {
      await browser.close();
    }
  });
}
