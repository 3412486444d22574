/**
 * Cells in the pages of a really foreign site: `localhost` around 127.0.0.1, two sites to a browser. Chromium then lets the frame store
 * nothing, as it does for everybody in private windows.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type FrameLocator, type Page, test } from '@playwright/test';

let server: Server;
let host = '';

const SANDBOXES = {
  'no sandbox': '',
  'allow-scripts': 'sandbox="allow-scripts"',
  'allow-scripts allow-same-origin': 'sandbox="allow-scripts allow-same-origin"',
};

test.beforeAll(async ({ baseURL }) => {
  server = createServer((request, response) => {
    const query = new URL(request.url!, 'http://host').searchParams;
    const cell = `${baseURL}${query.get('cell')}`.replaceAll('"', '');
    response.setHeader('Content-Type', 'text/html');
    const frame = query.has('element')
      ? `<script type="module">import '${baseURL}embed.js'; document.body.dataset.loaded = '';</script><div id="here"><epsilon-playground src="${cell}"></epsilon-playground></div><div id="there"></div>`
      : `<iframe src="${cell}" style="width: 100%; height: 900px" ${query.get('sandbox')}></iframe>`;
    response.end(`<!doctype html><title>A page</title><body>${frame}</body>`);
  });
  await new Promise<void>((done) => server.listen(0, 'localhost', done));
  host = `http://localhost:${(server.address() as AddressInfo).port}/`;
});
test.afterAll(() => server.close());

async function open(page: Page, cell: string, sandbox = ''): Promise<FrameLocator> {
  await page.goto(`${host}?${new URLSearchParams({ cell, sandbox })}`);
  const frame = page.frameLocator('iframe');
  await frame.getByRole('button', { name: 'Start' }).click();
  return frame;
}

/** What the tests stand on: a browser that refuses. */
async function isRefused(page: Page): Promise<boolean> {
  const frame = page.frames().find((one) => one !== page.mainFrame())!;
  return frame.evaluate(() => {
    try {
      return localStorage === null;
    } catch {
      return true;
    }
  });
}

for (const [name, sandbox] of Object.entries(SANDBOXES)) {
  test(`${name}: questions are answered, counted in memory, and the cell says so`, { tag: '@once' }, async ({
    page,
  }) => {
    const frame = await open(page, 'embed/a-budget-across-runs/ask/', sandbox);
    expect(await isRefused(page)).toBe(true);
    const cell = frame.locator('[data-cell="ask"]');
    await expect(frame.locator('[data-counts-in-memory]')).toContainText('counted in memory');
    for (let asked = 1; asked <= 2; asked++) {
      await cell.locator('[data-command="run"]').click();
      await expect(cell.getByRole('list', { name: 'Answers so far' }).getByRole('listitem')).toHaveCount(
        asked,
      );
      await expect(cell).toHaveAttribute('data-state', 'done');
    }
    // Both answers count against what a third would cost.
    await expect(cell.locator('[data-what-if]')).toContainText(/0\.2/);
  });

  test(`${name}: a private training runs and is charged`, { tag: '@once' }, async ({ page }) => {
    const frame = await open(page, 'embed/training-with-dp-sgd/train/#v=1&eps=8&steps=20', sandbox);
    const cell = frame.locator('[data-cell="train"]');
    await cell.locator('[data-command="run"]').click();
    await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 240_000 });
  });

  test(`${name}: code runs`, { tag: '@once' }, async ({ page }) => {
    const frame = await open(page, 'embed/a-budget-across-runs/code/', sandbox);
    const cell = frame.locator('[data-cell="code"]');
    await cell.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 150_000 });
    await expect(cell.getByText(/Ten runs by PLD cost ε = 1\.455/)).toBeVisible();
  });
}

for (const cell of [
  'telemetry/your-report',
  'healthcare/release',
  'healthcare/classify',
  'attacks/membership',
])
  test(`${cell} works where nothing can be stored`, { tag: '@once' }, async ({ page }) => {
    const frame = await open(page, `embed/${cell}/`);
    const section = frame.locator(`[data-cell="${cell.split('/')[1]}"]`);
    const button = section.locator('[data-command="run"]');
    await expect(section).toBeVisible();
    if ((await section.getAttribute('data-state')) === 'idle' && (await button.count()) > 0)
      await button.click();
    await expect(section).toHaveAttribute('data-state', 'done', { timeout: 240_000 });
    await expect(section.getByText('The request was denied')).toHaveCount(0);
  });

interface Told {
  type: string;
  detail: { code?: string; message?: string };
}
type Embed = HTMLElement & {
  run(): void;
  setState(settings: object): void;
  getState(): Promise<{ state: string; hash: string; result: { value: unknown } | null }>;
};

test('the element is a module, refuses what it does not know by name, and keeps its run through other colours', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(
    `${host}?${new URLSearchParams({ cell: 'embed/a-budget-across-runs/compose/', element: '' })}`,
  );
  await expect(page.locator('body[data-loaded]')).toHaveCount(1);
  const element = page.locator('epsilon-playground');
  const frame = page.frameLocator('epsilon-playground iframe');
  await expect(frame.getByRole('button', { name: 'Start' })).toBeEnabled();
  const next = (type: string) =>
    element.evaluate(
      (node, wanted) =>
        new Promise<Told>((done) =>
          node.addEventListener(
            wanted,
            (event) => done({ type: wanted, detail: (event as CustomEvent).detail }),
            { once: true },
          ),
        ),
      type,
    );
  const done = next('done');
  await element.evaluate((node) => (node as Embed).run());
  await done;
  const before = await element.evaluate((node) => (node as Embed).getState());
  expect(before.state).toBe('done');
  expect(before.result?.value).toBeTruthy();

  const refused = next('error');
  await element.evaluate((node) => (node as Embed).setState({ epsilon: 2 }));
  expect((await refused).detail).toMatchObject({ code: 'setting-unknown' });
  expect((await refused).detail.message).toContain('“epsilon”');
  expect(await element.evaluate((node) => (node as Embed).getState())).toMatchObject({ hash: before.hash });

  const frames = () => page.frames().length;
  const inner = page.frames().find((one) => one.url().includes('/embed/'))!;
  await element.evaluate((node) => node.setAttribute('theme', 'dark'));
  await expect(frame.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await element.evaluate((node) => (node as Embed).getState())).toMatchObject({ state: 'done' });
  expect(inner.isDetached()).toBe(false);

  await element.evaluate((node) => {
    const there = document.getElementById('there') as HTMLElement & {
      moveBefore(node: Node, before: null): void;
    };
    there.moveBefore(node, null);
  });
  expect(await element.evaluate((node) => (node as Embed).getState())).toMatchObject({ state: 'done' });
  expect(frames()).toBe(2);
});

test('pages that are not for frames do not show themselves in any', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${host}?${new URLSearchParams({ cell: 'ledger/', sandbox: '' })}`);
  await page.waitForLoadState('networkidle');
  const frame = page.frames().find((one) => one !== page.mainFrame())!;
  expect(frame.url()).toContain('chrome-error');
});
