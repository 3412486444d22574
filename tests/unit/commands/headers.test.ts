/** The policy of a page names its own scripts and no others; servers of every kind are told the same. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writePolicies } from '@/lib/commands/finish/policies';
import { inlineScripts, pagePolicy, policyOf, withPolicy } from '@/lib/commands/headers/policy';
import { createSiteServer } from '@/lib/commands/serve/site-server';
import sources from '@/lib/detection/weights/sources.json';
import { SANDBOX_PAGE } from '@/lib/sandbox/sandbox-page';
import { ask, listen, writeSite } from './support/site';

const page = (script: string) =>
  `<!DOCTYPE html><html><head><meta charSet="utf-8"/><script>${script}</script><script src="/a.js" async=""></script>` +
  `<script type="application/json">{"a":1}</script></head><body><script id="_R_">last("</p>")</script></body></html>`;
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const directive = (policy: string, name: string) =>
  policy
    .split('; ')
    .find((one) => one.startsWith(`${name} `))
    ?.slice(name.length + 1)
    .split(' ');

describe('the policy of a page', () => {
  const policy = pagePolicy(page('first("ü")'));

  test('names the scripts that stand in the page, byte for byte, and not its data', () => {
    expect(inlineScripts(page('first("ü")'))).toEqual(['first("ü")', 'last("</p>")']);
    expect(directive(policy, 'script-src')).toEqual([
      "'self'",
      "'wasm-unsafe-eval'",
      hash('first("ü")'),
      hash('last("</p>")'),
    ]);
  });

  test('loosens nothing else', () => {
    expect(policy).not.toMatch(/unsafe-eval'(?<!wasm-unsafe-eval')|\*(?!\.)|http:/);
    expect(policy.replace(/style-src [^;]*/, '')).not.toContain('unsafe-inline');
    expect(directive(policy, 'default-src')).toEqual(["'none'"]);
    for (const name of ['object-src', 'base-uri']) expect(directive(policy, name)).toEqual(["'none'"]);
  });

  test('lets pages speak to their own host and to the publishers of models that a learner may ask for', () => {
    const [own, ...others] = directive(policy, 'connect-src')!;
    expect(own).toBe("'self'");
    for (const { address } of sources) expect(others).toContain(new URL(address).origin);
    expect(others.filter((origin) => !/^https:\/\/(huggingface\.co|\*\.hf\.co)$/.test(origin))).toEqual([]);
  });

  test('is put into the page once, after the character set', () => {
    const once = withPolicy(page('x'));
    expect(policyOf(once)).toBe(pagePolicy(page('x')));
    expect(withPolicy(once)).toBe(once);
    expect(once.indexOf('Content-Security-Policy')).toBeLessThan(once.indexOf('<script'));
    expect(once.indexOf('charSet')).toBeLessThan(once.indexOf('Content-Security-Policy'));
    expect(() => withPolicy('<html></html>')).toThrow('character set');
  });
});

test("the sandbox's document runs its own two scripts and what it is given, and reaches nothing", () => {
  const policy = policyOf(SANDBOX_PAGE)!;
  expect(withPolicy(SANDBOX_PAGE)).toBe(SANDBOX_PAGE);
  expect(directive(policy, 'default-src')).toEqual(["'none'"]);
  expect(directive(policy, 'connect-src')).toBeUndefined();
  expect(directive(policy, 'script-src')).toContain(hash(inlineScripts(SANDBOX_PAGE)[0]!));
  expect(policy).not.toContain('unsafe-inline');
});

describe.each(['', '/privacy'])('a build for “%s”', (basePath) => {
  let site: ReturnType<typeof writeSite>;
  let port = 0;
  let server: ReturnType<typeof createSiteServer>;
  const read = (file: string) => readFileSync(join(site.folder, file), 'utf8');
  beforeAll(async () => {
    site = writeSite({
      'index.html': page('home'),
      '404.html': page('missing'),
      'ledger/index.html': page('ledger'),
      'embed/one/two/index.html': page('embed'),
      'embed.js': 'words',
    });
    expect(writePolicies(site.folder, basePath)).toBe(4);
    server = createSiteServer({ folder: site.folder, basePath, isolated: true });
    port = await listen(server);
  });
  afterAll(() => {
    server.close();
    site.remove();
  });

  test.each([
    ['/', 'home', true],
    ['/ledger/', 'ledger', true],
    ['/embed/one/two/', 'embed', false],
    ['/nope', 'missing', true],
  ])(
    '%s is sent with the policy that stands in it, and who may frame it',
    async (address, script, closed) => {
      const { headers } = await ask(port, basePath + address);
      const policy = pagePolicy(page(script));
      expect(headers['content-security-policy']).toBe(closed ? `${policy}; frame-ancestors 'self'` : policy);
      expect(headers['x-frame-options']).toBe(closed ? 'SAMEORIGIN' : undefined);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'cross-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=(self)');
      expect(headers['permissions-policy']).toContain('geolocation=()');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test('a file may be read from anywhere, and holds the worker that starts from it', async () => {
    const { headers } = await ask(port, `${basePath}/embed.js`);
    expect(headers['access-control-allow-origin']).toBe('*');
    expect(headers['content-security-policy']).toContain("script-src 'self' 'wasm-unsafe-eval' blob:");
  });

  test('other servers are told the same for every page', () => {
    const [listed, nginx, caddy] = [read('_headers'), read('hosting/nginx.conf'), read('hosting/Caddyfile')];
    for (const [address, file, script] of [
      ['/', '/index.html', 'home'],
      ['/ledger/', '/ledger/index.html', 'ledger'],
      ['/embed/one/two/', '/embed/one/two/index.html', 'embed'],
    ] as const) {
      const policy = pagePolicy(page(script));
      const sent = address.startsWith('/embed/') ? policy : `${policy}; frame-ancestors 'self'`;
      expect(listed).toContain(`\n${basePath}${address}\n  Content-Security-Policy: ${sent}\n`);
      expect(nginx).toContain(`"${basePath}${file}" "${sent}";`);
      expect(caddy).toContain(`"${basePath}${address}" "${sent}"\n`);
    }
    for (const text of [listed, nginx, caddy])
      for (const name of [
        'Referrer-Policy',
        'Permissions-Policy',
        'Cross-Origin-Embedder-Policy',
        'Strict-Transport-Security',
      ])
        expect(text).toContain(name);
    // Cloudflare reads no longer lines, and no more rules.
    expect(Math.max(...listed.split('\n').map((line) => line.length))).toBeLessThan(2000);
  });
});
