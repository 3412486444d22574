/** A browser that hangs must not hang the tests: every call ends, and says what it waited for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { bodyOf, until, within } from '@/tests/other-browsers/driver';
import { serveForeignPage } from '@/tests/other-browsers/foreign-page';
import { openSession } from '@/tests/other-browsers/webdriver';
import { WEBKIT } from '@/tests/other-browsers/webkit';

afterEach(() => void vi.unstubAllEnvs());

test('what never answers is given up, by name', async () => {
  await expect(within(20, 'asking the page', new Promise(() => undefined))).rejects.toThrow(
    'asking the page: no answer in 0.02 s',
  );
  expect(await within(1000, 'asking the page', Promise.resolve(42))).toBe(42);
});

test('what never comes true is given up, with what was there instead', async () => {
  await expect(
    until(
      0,
      'the cell is done',
      async () => false,
      async () => 'preparing',
    ),
  ).rejects.toThrow(/the cell is done.*preparing/);
  let asked = 0;
  await until(5000, 'third time', async () => ++asked === 3);
  expect(asked).toBe(3);
});

test('a function reaches the page with what it was given', () => {
  const body = bodyOf((a: number, b: number) => a + b);
  expect(new Function(body)(40, 2)).toBe(42);
});

test('a driver is told what to open, and what it refuses is an error in its words', async () => {
  const asked: [string, string][] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      asked.push([`${request.method} ${request.url}`, body]);
      if (request.url === '/session')
        response.end(JSON.stringify({ value: { sessionId: 'one', capabilities: { browserVersion: '2' } } }));
      else if (request.url?.endsWith('/url')) {
        response.statusCode = 500;
        response.end(JSON.stringify({ value: { error: 'timeout', message: 'too late' } }));
      } else response.end(JSON.stringify({ value: 42 }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    const { port } = server.address() as AddressInfo;
    const session = await openSession(`http://127.0.0.1:${port}`, { browserName: 'one' });
    expect(session.capabilities.browserVersion).toBe('2');
    expect(await session.ask(() => 42, ['given'])).toBe(42);
    await expect(session.open('http://there/')).rejects.toThrow('timeout: too late');
    await session.end();
    expect(asked.map(([what]) => what)).toEqual([
      'POST /session',
      'POST /session/one/timeouts',
      'POST /session/one/execute/sync',
      'POST /session/one/url',
      'DELETE /session/one',
    ]);
    expect(JSON.parse(asked[2]![1]).args).toEqual(['given']);
  } finally {
    server.close();
  }
});

test('a browser that is not there is called missing, with what to install', () => {
  vi.stubEnv('PATH', '/nowhere');
  vi.stubEnv('WEBKIT_DRIVER_PATH', '/nowhere/driver');
  expect(WEBKIT.missing()).toMatch(/webkit2gtk-driver/);
});

test('the foreign page holds the cell it is asked for, and nothing else that stands in its address', async () => {
  const { address, close } = await serveForeignPage('http://127.0.0.1:1/');
  try {
    const page = await (await fetch(`${address}?cell=embed/a/b/"><script>`)).text();
    expect(page).toContain('src="http://127.0.0.1:1/embed/a/b/script"');
    expect(new URL(address).hostname).toBe('localhost');
  } finally {
    close();
  }
});
