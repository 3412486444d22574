/** Every page keeps to its content policy, and the policy holds: what does not is a failure, not a line in a console. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { filesBelow } from '@/lib/commands/finish/files-below';
import { policyOf } from '@/lib/commands/headers/policy';
import { ROOT } from '@/tests/harness/root';
import { CellPage } from './cells';

const OUT = join(ROOT, 'out');
const PAGES = filesBelow(OUT).filter((file) => file.endsWith('.html'));
const addressOf = (file: string) => `./${file.replace(/(^|\/)index\.html$/, '$1')}`;

/** What the policies of a page and of everything in it refused. */
function refusals(page: Page): string[] {
  const found: string[] = [];
  const about = (text: string) =>
    /content.security.policy|permissions.policy|unrecognized feature/i.test(text);
  page.on('console', (message) => {
    if (about(message.text())) found.push(`${page.url()}: ${message.text().slice(0, 300)}`);
  });
  page.on('worker', (worker) =>
    worker.on('console', (message) => {
      if (about(message.text())) found.push(`${worker.url()}: ${message.text().slice(0, 300)}`);
    }),
  );
  page.on('pageerror', (error) => found.push(`${page.url()}: ${error.message}`));
  return found;
}

for (const part of ['lessons', 'embed', 'present', 'lab', ''])
  test(`pages below /${part} load without a refusal`, { tag: '@once' }, async ({ page }) => {
    const mine = PAGES.filter((file) =>
      part === '' ? !/^(lessons|embed|present|lab)\//.test(file) : file.startsWith(`${part}/`),
    );
    expect(mine.length).toBeGreaterThan(0);
    const found = refusals(page);
    for (const file of mine) {
      const response = await page.goto(addressOf(file), { waitUntil: 'networkidle' });
      // What the server sends, and what stands in the page for servers that send nothing.
      const [sent, stands] = [
        response!.headers()['content-security-policy'],
        policyOf(readFileSync(join(OUT, file), 'utf8')),
      ];
      expect(stands, file).not.toBeNull();
      expect(sent?.startsWith(stands!), file).toBe(true);
      if (file === 'embed/sandbox.html') continue;
      const scripts = /script-src ([^;]*)/.exec(stands!)![1]!;
      expect(scripts, file).toMatch(/^'self' 'wasm-unsafe-eval'( 'sha256-[\w+/=]{44}')+$/);
      // It came to life: a page whose scripts are refused shows itself all the same.
      await expect(page.locator('html')).toHaveAttribute('data-theme-choice', /./);
      await page.waitForFunction(() => Object.keys(document.body).some((key) => key.startsWith('__react')));
    }
    expect(found).toEqual([]);
  });

test('a script that was slipped into a page does not run, and nothing may be sent elsewhere', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./');
  const outcome = await page.evaluate(async () => {
    // The browser lets a debugger's own call evaluate: what is tried here must come after it.
    await new Promise((done) => setTimeout(done));
    const refused: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => refused.push(event.effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.slipped = true';
    document.body.append(script);
    const link = document.createElement('a');
    link.setAttribute('onclick', 'window.slipped = true');
    document.body.append(link);
    link.click();
    const base = document.createElement('base');
    base.href = 'https://evil.example/';
    document.head.append(base);
    let evaluated = true;
    try {
      new Function('window.slipped = true')();
    } catch {
      evaluated = false;
    }
    const sent = await fetch('https://evil.example/').then(
      () => true,
      () => false,
    );
    const pictured = await new Promise<boolean>((done) => {
      const picture = new Image();
      picture.onload = () => done(true);
      picture.onerror = () => done(false);
      picture.src = 'https://evil.example/pixel.png';
    });
    return { slipped: 'slipped' in window, evaluated, sent, pictured, base: document.baseURI, refused };
  });
  expect(outcome).toMatchObject({ slipped: false, evaluated: false, sent: false, pictured: false });
  expect(outcome.base).not.toContain('evil');
  for (const directive of [
    'script-src-elem',
    'script-src-attr',
    'script-src',
    'connect-src',
    'img-src',
    'base-uri',
  ])
    expect(outcome.refused).toContain(directive);
});

test('a worker is held by the same policy', { tag: '@once' }, async ({ page }) => {
  await page.goto('./lessons/a-budget-across-runs/');
  const starting = page.waitForEvent('worker');
  const cell = new CellPage(page, 'ask');
  await cell.button('Ask').or(cell.frame.locator('[data-command="run"]')).first().click();
  const worker = await starting;
  expect(
    await worker.evaluate(() => fetch('https://evil.example/').then(String, (error) => error.message)),
  ).toMatch(/fetch/);
  expect(
    await worker.evaluate(async () => {
      await new Promise((done) => setTimeout(done));
      try {
        return new Function('return 1')();
      } catch {
        return 'refused';
      }
    }),
  ).toBe('refused');
});

test('threads of WebAssembly start under the policy', { tag: '@once' }, async ({ page }) => {
  // As on a machine with eight cores: then tfjs starts threads.
  const found = refusals(page);
  await page.goto('./lessons/training-with-dp-sgd/#v=1&eps=8&steps=20&noise=seeded');
  const [cores, isolated] = await page.evaluate(
    () => [navigator.hardwareConcurrency, crossOriginIsolated] as const,
  );
  expect(isolated).toBe(true);
  expect(cores).toBeGreaterThan(0);
  const train = new CellPage(page, 'train');
  await train.button('Run').click();
  await train.reaches('done');
  expect(found).toEqual([]);
});

test('only embeds may stand in frames of others', { tag: '@once' }, async ({ request }) => {
  for (const address of ['./', './ledger/', './lab/', './lessons/telemetry/']) {
    const headers = (await request.get(address)).headers();
    expect(headers['content-security-policy'], address).toMatch(/; frame-ancestors 'self'$/);
    expect(headers['x-frame-options'], address).toBe('SAMEORIGIN');
  }
  for (const address of ['./embed/training-with-dp-sgd/train/', './embed/sandbox.html']) {
    const headers = (await request.get(address)).headers();
    expect(headers['content-security-policy'], address).not.toContain('frame-ancestors');
    expect(headers['x-frame-options'], address).toBeUndefined();
  }
});
