/** The server answers what a web server answers, and outlives every request. */
import { mkdirSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { get, type Server } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { renderUnicodeCompact } from 'uqr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compressFolder } from '@/lib/commands/finish/compress';
import { announcement, lanAddresses, outsideAddresses } from '@/lib/commands/serve/announcement';
import { readPlace } from '@/lib/commands/serve/place';
import { createSiteServer, finishServing } from '@/lib/commands/serve/site-server';
import { ask, askRaw, listen, writeSite } from './support/site';

const HOME = `<!doctype html><title>Home</title>${'<p>words of a page</p>'.repeat(200)}`;
const SCRIPT = `${'export const words = 1;\n'.repeat(100)}`;
const DIGITS = '0123456789';
const FILES = {
  'index.html': HOME,
  '404.html': '<!doctype html><title>Not found</title>',
  'lessons/one/index.html': HOME.replace('Home', 'One'),
  'embed.js': SCRIPT,
  'digits.bin': DIGITS,
  'data/train.bin.gz': 'as it is',
  '_next/static/chunks/a1.js': SCRIPT,
  'empty/nothing.txt': '',
  'a picture (1) 100%.txt': 'a name with everything',
  '.hidden': 'no',
};

let site: ReturnType<typeof writeSite>;
let server: Server;
let port = 0;

async function serve(basePath = ''): Promise<void> {
  site = writeSite(FILES);
  await compressFolder(site.folder);
  server = createSiteServer({ folder: site.folder, basePath, isolated: true });
  port = await listen(server);
}
const end = () => {
  server.closeAllConnections();
  server.close();
  site.remove();
};
const stillServes = async () => expect((await ask(port, '/')).status).toBe(200);

describe('a site at the root', () => {
  beforeAll(() => serve());
  afterAll(end);

  test.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=4-', 206, '456789', 'bytes 4-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=-99', 206, DIGITS, 'bytes 0-9/10'],
    ['bytes=-10', 206, DIGITS, 'bytes 0-9/10'],
    ['bytes=-0', 416, null, 'bytes */10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 416, null, 'bytes */10'],
    ['bytes=5-2', 416, null, 'bytes */10'],
    ['bytes=abc', 200, DIGITS, undefined],
    ['items=0-5', 200, DIGITS, undefined],
    ['bytes=0-1,4-5', 200, DIGITS, undefined],
    ['bytes=-', 200, DIGITS, undefined],
    ['bytes=99999999999999999999-5', 416, null, 'bytes */10'],
  ])('Range: %s', async (range, status, body, contentRange) => {
    const answer = await ask(port, '/digits.bin', { Range: range });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-range']).toBe(contentRange);
    if (body !== null) expect(answer.body.toString()).toBe(body);
    await stillServes();
  });

  test('a range holds only for the file that was begun', async () => {
    const { etag } = (await ask(port, '/digits.bin')).headers;
    expect((await ask(port, '/digits.bin', { Range: 'bytes=0-1', 'If-Range': etag! })).status).toBe(206);
    expect((await ask(port, '/digits.bin', { Range: 'bytes=0-1', 'If-Range': '"another"' })).status).toBe(
      200,
    );
  });

  test.each([
    '/nope',
    '/nope/',
    '/nope.zip',
    '/lab/lessons/zzz/notebook.json',
    '/data/train.bin',
    '/.hidden',
    '/empty/',
    '/empty',
  ])('%s is not there, and says so', async (path) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await ask(port, path, {}, method);
      expect(answer.status).toBe(404);
      expect(answer.body.toString()).toBe(method === 'HEAD' ? '' : FILES['404.html']);
      expect(answer.headers['content-type']).toContain('text/html');
    }
    expect((await ask(port, path, { Range: 'bytes=0-3' })).status).toBe(404);
  });

  test.each([
    '/../package.json',
    '/..%2f..%2fetc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..\\..\\etc\\passwd',
    '/lessons/%2e%2e%5c%2e%2e/x',
    '/%00',
    '/%zz',
    '/%c0%ae%c0%ae/',
    '//evil.example/%2e%2e',
  ])('%s leads nowhere', async (path) => {
    const { status } = await ask(port, path);
    expect([400, 404]).toContain(status);
    await stillServes();
  });

  test('a folder is given its slash, never another host', async () => {
    const answer = await ask(port, '/lessons/one?theme=dark');
    expect([answer.status, answer.headers.location]).toEqual([308, '/lessons/one/?theme=dark']);
    const tricked = await ask(port, '//lessons/one');
    expect(tricked.headers.location ?? '/').not.toMatch(/^[/\\]{2}/);
  });

  test('names are unescaped', async () => {
    const answer = await ask(port, `/${encodeURIComponent('a picture (1) 100%.txt')}?x=1`);
    expect(answer.body.toString()).toBe('a name with everything');
  });

  test.each([
    ['//lessons/one/', '/lessons/one/'],
    ['/lessons//one/?present=1', '/lessons/one/?present=1'],
    ['///', '/'],
    ['//embed.js', '/embed.js'],
  ])('%s is said to be at %s: a page would take its first folder for a host', async (path, location) => {
    const answer = await ask(port, path);
    expect([answer.status, answer.headers.location]).toEqual([308, location]);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const [get, head] = [await ask(port, '/'), await ask(port, '/', {}, 'HEAD')];
    const { date: _date, ...headers } = get.headers;
    expect(head.headers).toMatchObject(headers);
    expect(head.body.length).toBe(0);
  });

  test('HEAD is of the whole file, whatever part is asked for', async () => {
    const { status, headers } = await ask(port, '/digits.bin', { Range: 'bytes=0-3' }, 'HEAD');
    expect([status, headers['content-length'], headers['content-range']]).toEqual([200, '10', undefined]);
  });

  test.each<Record<string, string>>([
    { 'If-Match': '"another"' },
    { 'If-None-Match': '*' },
    { 'If-Unmodified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'If-Modified-Since': 'Thu, 01 Jan 2099 00:00:00 GMT' },
    { 'If-Range': '"another"', Range: 'bytes=0-1' },
  ])('no condition makes something else of a missing page: %o', async (conditions) => {
    expect((await ask(port, '/nope', conditions)).status).toBe(404);
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('%s is refused', async (method) => {
    const answer = await ask(port, '/', {}, method);
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });
  test('OPTIONS lists what there is', async () => {
    const answer = await ask(port, '/', {}, 'OPTIONS');
    expect([answer.status, answer.headers.allow]).toEqual([204, 'GET, HEAD, OPTIONS']);
  });

  test.each([
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0.2', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['zstd', undefined],
  ])('Accept-Encoding: %s', async (accepted, encoding) => {
    const answer = await ask(port, '/', { 'Accept-Encoding': accepted });
    expect(answer.headers['content-encoding']).toBe(encoding);
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(answer.headers.vary).toContain('Accept-Encoding');
    const unpack = encoding === 'br' ? brotliDecompressSync : encoding === 'gzip' ? gunzipSync : String;
    expect(unpack(answer.body).toString()).toBe(HOME);
  });

  test('an unchanged file is not sent again, and each copy has a tag of its own', async () => {
    const plain = await ask(port, '/');
    const packed = await ask(port, '/', { 'Accept-Encoding': 'br' });
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    const again = await ask(port, '/', { 'Accept-Encoding': 'br', 'If-None-Match': packed.headers.etag! });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect(again.headers.vary).toContain('Accept-Encoding');
    const other = await ask(port, '/', { 'If-None-Match': packed.headers.etag! });
    expect(other.status).toBe(200);
  });

  test('a part is of the file itself; a data file that is packed stays as it is', async () => {
    const part = await ask(port, '/embed.js', { Range: 'bytes=0-5', 'Accept-Encoding': 'br' });
    expect([part.status, part.body.toString()]).toEqual([206, SCRIPT.slice(0, 6)]);
    expect(part.headers['content-encoding']).toBeUndefined();
    const data = await ask(port, '/data/train.bin.gz', { 'Accept-Encoding': 'gzip' });
    expect(data.headers['content-encoding']).toBeUndefined();
    expect(data.body.toString()).toBe('as it is');
  });

  test('only what carries its hash in its name is kept without asking', async () => {
    expect((await ask(port, '/_next/static/chunks/a1.js')).headers['cache-control']).toContain('immutable');
    for (const path of ['/', '/embed.js', '/digits.bin'])
      expect((await ask(port, path)).headers['cache-control']).toBe('no-cache');
    expect((await ask(port, '/_next/static/chunks/gone.js')).headers['cache-control']).not.toContain(
      'immutable',
    );
  });

  test('requests that are none are answered, and the server lives', async () => {
    expect(
      await askRaw(port, 'GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=5-2\r\nConnection: close\r\n\r\n'),
    ).toContain('HTTP/1.1 416');
    expect(await askRaw(port, 'rubbish\r\n\r\n')).toContain('HTTP/1.1 400');
    expect(await askRaw(port, `GET /${'a'.repeat(200_000)} HTTP/1.1\r\n\r\n`)).toContain('HTTP/1.1 431');
    expect(
      await askRaw(port, 'GET http://evil.example/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'),
    ).toMatch(/^HTTP\/1\.1 4/);
    expect(await askRaw(port, 'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')).toContain(
      'HTTP/1.1 204',
    );
    await stillServes();
  });

  test('three hundred visitors at once get every byte', async () => {
    const visit = async () => {
      for (const path of ['/lessons/one/', '/embed.js', '/_next/static/chunks/a1.js']) {
        const answer = await ask(port, path, { 'Accept-Encoding': 'br' });
        expect(answer.status).toBe(200);
        brotliDecompressSync(answer.body);
      }
    };
    await Promise.all(Array.from({ length: 300 }, visit));
  });
});

describe('a build under the running server', () => {
  beforeAll(() => serve());
  afterAll(end);

  test('a file that goes is missing, a new one is there, an old copy is not given for a new file', async () => {
    rmSync(join(site.folder, 'digits.bin'));
    expect((await ask(port, '/digits.bin')).status).toBe(404);
    writeFileSync(join(site.folder, 'new.txt'), 'new');
    expect((await ask(port, '/new.txt')).body.toString()).toBe('new');
    writeFileSync(join(site.folder, 'embed.js'), 'changed');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(site.folder, 'embed.js'), later, later);
    expect((await ask(port, '/embed.js', { 'Accept-Encoding': 'br' })).body.toString()).toBe('changed');
  });

  test('files that vanish while they are asked for end nothing', async () => {
    const path = join(site.folder, 'flicker.txt');
    let on = true;
    const flicker = (async () => {
      while (on) {
        // Whole at once, or a reader could see it empty.
        writeFileSync(`${path}.new`, 'here');
        renameSync(`${path}.new`, path);
        await new Promise(setImmediate);
        rmSync(path);
        await new Promise(setImmediate);
      }
    })();
    for (let turn = 0; turn < 60; turn++) {
      const answers = await Promise.all(Array.from({ length: 5 }, () => ask(port, '/flicker.txt')));
      for (const { status } of answers) expect([200, 404]).toContain(status);
    }
    on = false;
    await flicker;
    await stillServes();
  });

  test('an answer that was cut short ends with its connection, and takes no other answer for its rest', async () => {
    const path = join(site.folder, 'shrinks.bin');
    writeFileSync(path, Buffer.alloc(1 << 24));
    const ask = (file: string) => `GET /${file} HTTP/1.1\r\nHost: a\r\n\r\n`;
    const heard = await new Promise<string>((done) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(ask('shrinks.bin') + ask('new.txt')));
      socket.once('data', () => truncateSync(path, 1000));
      socket.on('data', (part) => {
        text += part.toString('latin1').replaceAll('\0', '');
      });
      socket.on('close', () => done(text));
    });
    expect(heard.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200']);
    await stillServes();
  });

  test('while nothing is there it says that it is being built, and afterwards it serves again', async () => {
    rmSync(site.folder, { recursive: true });
    const answer = await ask(port, '/');
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '5']);
    mkdirSync(site.folder);
    writeFileSync(join(site.folder, 'index.html'), 'again');
    expect((await ask(port, '/')).body.toString()).toBe('again');
  });
});

describe('a site below a sub-path', () => {
  beforeAll(() => serve('/privacy'));
  afterAll(end);

  test.each([
    ['/', 308, '/privacy/'],
    ['/privacy', 308, '/privacy/'],
    ['/privacy/', 200, undefined],
    ['/privacy/lessons/one', 308, '/privacy/lessons/one/'],
    ['/privacy/nope', 404, undefined],
    ['/privacyx/', 404, undefined],
    ['/lessons/one/', 404, undefined],
  ])('%s', async (path, status, location) => {
    const answer = await ask(port, path);
    expect([answer.status, answer.headers.location]).toEqual([status, location]);
  });
});

test('told to stop, it lets what is under way arrive and takes nobody new', async () => {
  await serve();
  const big = '0123456789abcdef'.repeat(1 << 20);
  writeFileSync(join(site.folder, 'big.bin'), big);
  const body = await new Promise<number>((done, fail) => {
    get({ host: '127.0.0.1', port, path: '/big.bin', agent: false }, async (response) => {
      const finished = finishServing(server, 60_000);
      await expect(ask(port, '/')).rejects.toThrow();
      let bytes = 0;
      response.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      response.on('end', () => finished.then(() => done(bytes)));
    }).on('error', fail);
  });
  expect(body).toBe(big.length);
  site.remove();
});

test('where it stands is read off the environment, and what is no place is refused in words', () => {
  expect(readPlace({})).toEqual({ host: '127.0.0.1', port: 3000, basePath: '' });
  expect(readPlace({ HOST: '0.0.0.0', PORT: '0', BASE_PATH: '/a/b-c' })).toEqual({
    ...{ host: '0.0.0.0', port: 0, basePath: '/a/b-c' },
  });
  for (const PORT of ['abc', '-1', '65536', '80.5', 'Infinity'])
    expect(() => readPlace({ PORT }), PORT).toThrow('PORT=8080');
  for (const BASE_PATH of ['privacy', '/privacy/', '/', '/a?b', '//a'])
    expect(() => readPlace({ BASE_PATH }), BASE_PATH).toThrow('BASE_PATH=/privacy');
});

test('it tells the phones in the room where it is, and nobody where only this machine is answered', () => {
  const card = { netmask: '', mac: '', cidr: null };
  const addresses = lanAddresses({
    lo: [{ ...card, family: 'IPv4', internal: true, address: '127.0.0.1' }],
    eth0: [
      { ...card, family: 'IPv6', internal: false, address: 'fe80::1', scopeid: 1 },
      { ...card, family: 'IPv4', internal: false, address: '192.168.1.7' },
    ],
  });
  expect(addresses).toEqual(['192.168.1.7']);
  const one = (address: string) => [{ ...card, family: 'IPv4' as const, internal: false, address }];
  const many = {
    docker0: one('172.17.0.1'),
    utun3: one('100.64.0.9'),
    en1: one('169.254.3.4'),
    en0: one('10.0.0.5'),
  };
  expect(lanAddresses(many)).toEqual(['10.0.0.5', '172.17.0.1', '100.64.0.9']);
  const open = announcement({ host: '0.0.0.0', port: 8080, basePath: '/privacy' }, addresses);
  expect(open).toContain('http://192.168.1.7:8080/privacy/');
  expect(open).toContain(renderUnicodeCompact('http://192.168.1.7:8080/privacy/').split('\n')[3]);
  expect(announcement({ host: '127.0.0.1', port: 8080, basePath: '' }, addresses)).not.toMatch(/192|[▀▄█]/);
  expect(announcement({ host: '0.0.0.0', port: 8080, basePath: '' }, [])).toContain('no network');
});

test('it tells a page by which addresses phones open it, and only where they can', async () => {
  const addresses = ['192.168.1.20'];
  expect(outsideAddresses({ host: '0.0.0.0', port: 8080, basePath: '/privacy' }, addresses)).toEqual([
    'http://192.168.1.20:8080/privacy/',
  ]);
  expect(outsideAddresses({ host: '127.0.0.1', port: 8080, basePath: '' }, addresses)).toEqual([]);
  const site = writeSite({ 'index.html': 'home' });
  let there = ['http://192.168.1.20:8080/'];
  const options = { folder: site.folder, basePath: '', isolated: true };
  const telling = createSiteServer({ ...options, addresses: () => there });
  const silent = createSiteServer(options);
  try {
    const asking = async (one: typeof telling) => {
      const port = await listen(one);
      return () => fetch(`http://127.0.0.1:${port}/network.json`);
    };
    const [told, untold] = [await asking(telling), await asking(silent)];
    const first = await told();
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(await first.json()).toEqual({ addresses: there });
    // The laptop has gone to another room.
    there = [];
    expect(await (await told()).json()).toEqual({ addresses: [] });
    expect(await (await untold()).json()).toEqual({ addresses: [] });
  } finally {
    telling.close();
    silent.close();
    site.remove();
  }
});
