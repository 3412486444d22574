/**
 * WebKitGTK's MiniBrowser on a screen of its own, driven by WebKitWebDriver. Safari is another program around the same engine: what
 * holds here is likely there, and no more than that. `MINIBROWSER_PATH` and `WEBKIT_DRIVER_PATH` name others than the system's.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { type Driver, OPEN_WITHIN_MS, type OtherBrowser, pause } from './driver';
import { openSession, type Session } from './webdriver';

const LIBRARIES = '/usr/lib';
/** The screen, the bus and the driver: all of Debian. */
const PROGRAMS = ['xvfb-run', 'dbus-run-session'];

const onPath = (program: string) =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => folder !== '' && existsSync(join(folder, program)));
const driverProgram = () => process.env.WEBKIT_DRIVER_PATH ?? 'WebKitWebDriver';

/** It lies beside the library, in a folder that names the machine's kind and another that names the version. */
function miniBrowser(): string | undefined {
  if (process.env.MINIBROWSER_PATH) return process.env.MINIBROWSER_PATH;
  if (!existsSync(LIBRARIES)) return undefined;
  for (const kind of readdirSync(LIBRARIES).filter((name) => name.includes('-linux-gnu')))
    for (const version of readdirSync(join(LIBRARIES, kind)).filter((name) => name.startsWith('webkit')))
      if (existsSync(join(LIBRARIES, kind, version, 'MiniBrowser')))
        return join(LIBRARIES, kind, version, 'MiniBrowser');
  return undefined;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    }),
  );
}

/** The driver and all that it starts are one group, and end together. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    try {
      process.kill(-pid, signal);
    } catch {
      return;
    }
    spawnSync('sleep', ['0.5']);
  }
}

async function firstSession(port: number, binary: string): Promise<Session> {
  const end = Date.now() + OPEN_WITHIN_MS;
  for (;;) {
    try {
      return await openSession(`http://127.0.0.1:${port}`, {
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      });
    } catch (error) {
      // The driver does not listen yet.
      if (Date.now() > end || !/fetch failed/.test(String(error))) throw error;
      await pause(250);
    }
  }
}

async function start(): Promise<Driver> {
  const port = await freePort();
  const driver = spawn(
    'xvfb-run',
    ['-a', '-s', '-screen 0 1280x900x24', 'dbus-run-session', '--', driverProgram(), '-p', String(port)],
    {
      detached: true,
      stdio: 'ignore',
      // WebKit's own sandbox does not start for root, nor in many containers. These pages are ours.
      env: { ...process.env, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
    },
  );
  try {
    const session = await firstSession(port, miniBrowser()!);
    const { browserVersion } = session.capabilities;
    return {
      name: `WebKitGTK ${browserVersion ?? ''}`.trim(),
      open: session.open,
      reload: session.reload,
      ask: <Given extends readonly unknown[], Answer>(what: (...given: Given) => Answer, ...given: Given) =>
        session.ask(what, given) as Promise<Answer>,
      async close() {
        await session.end().catch(() => undefined);
        endGroup(driver);
      },
    };
  } catch (error) {
    endGroup(driver);
    throw error;
  }
}

export const WEBKIT: OtherBrowser = {
  name: 'WebKitGTK',
  missing: () =>
    [...PROGRAMS, driverProgram()].every((program) => existsSync(program) || onPath(program)) && miniBrowser()
      ? null
      : 'webkit2gtk-driver xvfb xauth dbus (Debian)',
  start,
};
