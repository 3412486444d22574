/** Cells inside pages of another origin: plain, sandboxed and isolated. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page, test } from '@playwright/test';
import { CELLS } from '@/components/lessons/cells';

let server: Server;
let host = '';

const PAGES: Record<string, { headers?: Record<string, string>; frame: string }> = {
  plain: { frame: 'allow="camera"' },
  sandboxed: { frame: 'sandbox="allow-scripts"' },
  'sandboxed-same-origin': { frame: 'sandbox="allow-scripts allow-same-origin"' },
  isolated: {
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
    frame: '',
  },
};

test.beforeAll(async ({ baseURL }) => {
  server = createServer((request, response) => {
    const url = new URL(request.url!, 'http://host');
    const kind = url.pathname.slice(1);
    const cell = `${baseURL}embed/a-budget-across-runs/compose/`;
    response.setHeader('Content-Type', 'text/html');
    if (kind === 'element') {
      response.end(
        `<!doctype html><title>A page</title><script async src="${baseURL}embed.js"></script>` +
          `<epsilon-playground src="${cell}" title="Compose"></epsilon-playground>`,
      );
      return;
    }
    const known = PAGES[kind];
    if (!known) {
      response.statusCode = 404;
      response.end();
      return;
    }
    const { headers = {}, frame } = known;
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    response.end(
      `<!doctype html><title>A page</title><iframe id="cell" src="${cell}${url.search}" style="width: 100%; height: 400px" ${frame}></iframe>` +
        `<script>window.heard = []; addEventListener('message', (event) => heard.push({ ...event.data, from: event.origin }));</script>`,
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
test.afterAll(() => server.close());

interface Heard {
  type: string;
  from: string;
  [key: string]: unknown;
}
const heard = (page: Page, type: string) =>
  page.evaluate(
    (wanted) => (window as unknown as { heard: Heard[] }).heard.filter((message) => message.type === wanted),
    type,
  );
const say = (page: Page, body: object) =>
  page.evaluate((message) => {
    const frame = document.getElementById('cell') as HTMLIFrameElement;
    frame.contentWindow!.postMessage({ source: 'dp-playground-host', v: 1, ...message }, '*');
  }, body);

for (const kind of ['plain', 'isolated', 'sandboxed', 'sandboxed-same-origin'])
  test(`in a ${kind} page it shows itself, runs when told, and reports`, { tag: '@once' }, async ({
    page,
  }) => {
    await page.goto(`${host}/${kind}`);
    const frame = page.frameLocator('#cell');
    await expect(frame.getByRole('button', { name: 'Start' })).toBeEnabled();
    await expect(frame.getByRole('navigation')).toHaveCount(0);
    await expect.poll(() => heard(page, 'height')).not.toEqual([]);
    // Nothing of its state before it is greeted.
    expect(await heard(page, 'state')).toEqual([]);
    await say(page, { type: 'hello' });
    await expect.poll(async () => (await heard(page, 'ready')).some((message) => message.greeted)).toBe(true);
    const low = (await heard(page, 'height')).at(-1)!.height as number;
    await say(page, { type: 'run' });
    await expect.poll(async () => (await heard(page, 'done')).length).toBeGreaterThan(0);
    await expect(frame.locator('[data-cell="compose"]')).toHaveAttribute('data-state', 'done');
    await expect
      .poll(async () => (await heard(page, 'height')).at(-1)!.height as number)
      .toBeGreaterThan(low + 100);
    await say(page, { type: 'getState', request: 'q1' });
    await expect
      .poll(async () => (await heard(page, 'state')).find((message) => message.request === 'q1'))
      .toMatchObject({ state: 'done', stale: false });
  });

test('settings that the teacher hides are not there, and never means never', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${host}/plain?run=never&hide=menu,title`);
  const frame = page.frameLocator('#cell');
  await expect(frame.locator('[data-cell="compose"]')).toHaveAttribute('data-state', 'idle');
  await expect(frame.getByText('Nothing runs in this embed.')).toBeVisible();
  await expect(frame.locator('[data-cell-menu]')).toBeHidden();
  await page.waitForTimeout(1000);
  await expect(frame.locator('[data-cell="compose"]')).toHaveAttribute('data-state', 'idle');
});

test('the element grows with the cell and passes on what it says', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${host}/element`);
  const element = page.locator('epsilon-playground');
  const frame = page.frameLocator('epsilon-playground iframe');
  await expect(frame.getByRole('button', { name: 'Start' })).toBeEnabled();
  const done = element.evaluate(
    (node) => new Promise<string>((resolve) => node.addEventListener('done', () => resolve('done'))),
  );
  await frame.getByRole('button', { name: 'Start' }).click();
  expect(await done).toBe('done');
  await expect
    .poll(() => frame.locator('body').evaluate((body) => window.innerHeight - body.scrollHeight))
    .toBeGreaterThanOrEqual(-6);
  const state = await element.evaluate((node) =>
    (node as unknown as { getState(): Promise<{ state: string }> }).getState(),
  );
  expect(state.state).toBe('done');
});

test('the builder previews a cell; without its address a build has no oEmbed answer', {
  tag: '@once',
}, async ({ page, request }) => {
  await page.goto('./embed/');
  await page.getByLabel('Cell', { exact: true }).selectOption('training-with-dp-sgd/train');
  await page.getByLabel('Settings: a link copied from a cell').fill('#v=1&eps=1');
  await expect(page.locator('pre').first()).toContainText('/embed/training-with-dp-sgd/train/#v=1&amp;eps=1');
  await expect(page.frameLocator('iframe').getByRole('button', { name: 'Start' })).toBeEnabled();
  if (process.env.SITE_URL) return;
  expect((await request.get('./embed/training-with-dp-sgd/train/oembed.json')).status()).toBe(404);
  await page.goto('./embed/training-with-dp-sgd/train/');
  await expect(page.locator('link[type="application/json+oembed"]')).toHaveCount(0);
});

/** They wait for files of the learner's own, or take longer than anybody would record. */
const WITHOUT_RECORD = ['accuracy', 'detector-noise', 'sweep'];

test('without a script every embed says what it is, and shows what a real run found', {
  tag: '@once',
}, async ({ browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    viewport: { width: 480, height: 640 },
  });
  const page = await context.newPage();
  for (const { lesson, id, title, summary } of CELLS) {
    await page.goto(`./embed/${lesson}/${id}/`);
    const poster = page.locator('[data-embed-poster]');
    await expect(poster.getByRole('heading', { name: title })).toBeVisible();
    await expect(poster).toContainText(summary);
    await expect(poster.getByText(/needs JavaScript/)).toBeVisible();
    if (WITHOUT_RECORD.includes(id)) continue;
    expect(await poster.getByRole('row').count(), id).toBeGreaterThan(1);
  }
  await context.close();
});
