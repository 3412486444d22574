/**
 * The headers as public graders read them: the tests of Mozilla's HTTP Observatory (developer.mozilla.org/observatory/docs/tests_and_scoring)
 * and the six headers of securityheaders.com. What they would find fault with must be nothing.
 *
 * Two things are as they are on purpose: inline styles, which formulas, charts and the editor need (the Observatory passes them), and the
 * pages below /embed/, which any site may frame.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePolicies } from '@/lib/commands/finish/policies';
import { createSiteServer } from '@/lib/commands/serve/site-server';
import { ask, listen, writeSite } from './support/site';

const PAGE =
  '<!DOCTYPE html><html><head><meta charSet="utf-8"/><script>inline()</script><script src="/a.js" async=""></script></head><body></body></html>';
/** The Observatory asks for half a year. */
const LEAST_HSTS_SECONDS = 15_768_000;

type Sent = Readonly<Record<string, string | string[] | undefined>>;

interface Asked {
  /** Whether the connection is encrypted: only then has HSTS a meaning. */
  encrypted: boolean;
  /** Whether other sites are meant to frame it. */
  framed: boolean;
}

/** @param sent headers, names in small letters @param html of the page, for scripts from elsewhere @returns what a grader complains of */
function findings(sent: Sent, html: string, { encrypted, framed }: Asked): string[] {
  const header = (name: string) => String(sent[name] ?? '');
  const policy = new Map(
    header('content-security-policy')
      .split(';')
      .map((one) => one.trim().split(/\s+/))
      .map(([name = '', ...values]) => [name, values]),
  );
  const scripts = policy.get('script-src') ?? policy.get('default-src') ?? ['*'];
  const ancestors = policy.get('frame-ancestors');
  const found: string[] = [];
  const wants = (good: boolean, fault: string) => void (good || found.push(fault));
  wants(policy.get('default-src')?.join() === "'none'", 'csp: default-src');
  wants(
    !scripts.some((one) => /^('unsafe-(inline|eval|hashes)'|\*|https?:|data:)$/.test(one)),
    'csp: scripts',
  );
  wants(policy.get('object-src')?.join() === "'none'" || !policy.has('object-src'), 'csp: object-src');
  wants(policy.get('base-uri')?.join() === "'none'" || html === '', 'csp: base-uri');
  wants(policy.has('form-action') || html === '', 'csp: form-action');
  wants(![...policy.values()].flat().some((one) => one.startsWith('http:')), 'csp: plain http');
  if (!framed) {
    wants(ancestors !== undefined && !ancestors.includes('*'), 'frame-ancestors');
    wants(/^(DENY|SAMEORIGIN)$/.test(header('x-frame-options')), 'x-frame-options');
  }
  wants(header('x-content-type-options') === 'nosniff', 'x-content-type-options');
  wants(
    /^(no-referrer|same-origin|strict-origin(-when-cross-origin)?)$/.test(header('referrer-policy')),
    'referrer-policy',
  );
  wants(header('permissions-policy').includes('geolocation=()'), 'permissions-policy');
  wants(header('cross-origin-resource-policy') !== '', 'cross-origin-resource-policy');
  wants(header('cross-origin-opener-policy') === 'same-origin', 'cross-origin-opener-policy');
  wants(html === '' || header('access-control-allow-origin') === '', 'cors: a page open to all');
  wants(sent['set-cookie'] === undefined, 'cookies');
  for (const name of ['server', 'x-powered-by', 'x-aspnet-version']) wants(sent[name] === undefined, name);
  const seconds = Number(/max-age=(\d+)/.exec(header('strict-transport-security'))?.[1] ?? 0);
  wants(!encrypted || seconds >= LEAST_HSTS_SECONDS, 'strict-transport-security');
  wants(!/<script[^>]*src="(https?:)?\/\//.test(html), 'sri: scripts from elsewhere');
  return found;
}

let site: ReturnType<typeof writeSite>;
let server: ReturnType<typeof createSiteServer>;
let port = 0;
beforeAll(async () => {
  site = writeSite({
    ...{ 'index.html': PAGE, '404.html': PAGE, 'ledger/index.html': PAGE, 'embed/one/two/index.html': PAGE },
    'a.js': 'words',
  });
  writePolicies(site.folder, '');
  server = createSiteServer({ folder: site.folder, basePath: '', isolated: true });
  port = await listen(server);
});
afterAll(() => {
  server.close();
  site.remove();
});

test.each(['/', '/ledger/', '/nope', '/embed/one/two/'])('the page %s', async (path) => {
  const { headers, body } = await ask(port, path);
  expect(
    findings(headers, body.toString(), { encrypted: false, framed: path.startsWith('/embed/') }),
  ).toEqual([]);
});

test.each([
  ['a file', '/a.js', 'GET'],
  ['a redirect', '/ledger', 'GET'],
  ['an address that is none', '/%zz', 'GET'],
  ['a method that there is not', '/', 'POST'],
  ['where the server is', '/network.json', 'GET'],
])('%s', async (_what, path, method) => {
  const { headers } = await ask(port, path, {}, method);
  expect(findings(headers, '', { encrypted: false, framed: false })).toEqual([]);
});

describe('other servers, over https', () => {
  const read = (file: string) => readFileSync(join(site.folder, file), 'utf8');

  test('_headers', () => {
    const text = read('_headers');
    const rule = (address: string) => text.split('\n\n').find((one) => one.startsWith(`${address}\n`)) ?? '';
    const sent = Object.fromEntries(
      [...`${rule('/*')}\n${rule('/')}`.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(
        ([, name = '', value = '']) => [name.toLowerCase(), value],
      ),
    );
    expect(findings(sent, PAGE, { encrypted: true, framed: false })).toEqual([]);
  });

  test('nginx', () => {
    const text = read('hosting/nginx.conf');
    const sent = Object.fromEntries(
      [...text.matchAll(/add_header ([\w-]+) (?:"(.*?)"|\$epsilon_(\w+)) always;/g)].map(
        ([, name = '', value, variable]) => [
          name.toLowerCase(),
          value ?? text.split(`$epsilon_${variable} {`)[1]?.match(/"\/index\.html" "(.*?)";/)?.[1] ?? '',
        ],
      ),
    );
    expect(findings(sent, PAGE, { encrypted: true, framed: false })).toEqual([]);
    expect(text).toContain('server_tokens off;');
    expect(text).toContain('return 308 https://');
  });

  test('Caddy', () => {
    const text = read('hosting/Caddyfile');
    const fixed = [...text.matchAll(/^ {4}([A-Z][\w-]+) "(.*)"$/gm)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      value,
    ]);
    const sent = {
      ...Object.fromEntries(fixed),
      'content-security-policy': /"\/" "(.*)"$/m.exec(text)?.[1],
      'x-frame-options': /header @own X-Frame-Options (\w+)/.exec(text)?.[1],
    };
    expect(findings(sent, PAGE, { encrypted: true, framed: false })).toEqual([]);
    expect(text).toContain('    -Server\n');
  });

  test('a grader finds what is missing', () => {
    expect(findings({}, PAGE, { encrypted: true, framed: false }).length).toBeGreaterThan(8);
    expect(
      findings({ 'content-security-policy': "default-src 'none'; script-src 'self' 'unsafe-inline'" }, '', {
        ...{ encrypted: false, framed: true },
      }),
    ).toContain('csp: scripts');
  });
});
