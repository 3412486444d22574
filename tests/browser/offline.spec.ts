/** What stays usable when the network goes. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

test.use({ serviceWorkers: 'allow' });

/** How many of the site's files this browser has not kept. */
const missing = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    const root = new URL('./', (await navigator.serviceWorker.ready).scope);
    const list: { site: string[]; version: string } = await (
      await fetch(new URL('offline.json', root))
    ).json();
    const cache = await caches.open(`epsilon-site-${list.version}`);
    let count = 0;
    for (const file of list.site) if (!(await cache.match(new URL(file, root).href))) count++;
    return count;
  });

test('load once, cut the network, reload: training and detecting still work', { tag: '@once' }, async ({
  page,
  context,
}) => {
  await page.goto('./lessons/training-with-dp-sgd/#v=1&eps=8&steps=20&noise=seeded');
  const train = new CellPage(page, 'train');
  await train.button('Run').click();
  await train.reaches('done');
  const online = await train.figure('Private');
  await expect.poll(() => missing(page), { timeout: 120_000 }).toBe(0);

  await context.setOffline(true);
  await page.reload();
  await expect(train.field('Privacy ε')).toHaveValue('8');
  await train.button('Run').click();
  await train.reaches('done');
  expect(await train.figure('Private')).toBe(online);

  // A lesson never visited before.
  await page.goto('./lessons/noise-on-pixels/');
  const detect = new CellPage(page, 'detect');
  await detect.settles();
  await expect(detect.frame.getByRole('row').nth(1)).toBeVisible();

  // And a page that does not exist says so, instead of the browser's dinosaur.
  await page.goto('./no-such-page/');
  await expect(page.locator('h1')).toBeVisible();
});

test('on the first visit, with the network cut, a photograph of one’s own is searched for things, and swept', {
  tag: '@once',
}, async ({ page, context }) => {
  await page.goto('./lessons/noise-on-pixels/#v=1&noise=0&points=3&draws=1');
  const detect = new CellPage(page, 'detect');
  await detect.settles();
  await expect.poll(() => missing(page), { timeout: 120_000 }).toBe(0);
  await context.setOffline(true);
  await page
    .locator('[data-cell="detect"] input[aria-label="Upload a picture"]')
    .setInputFiles('public/samples/coffee.jpg');
  await expect(detect.frame.locator('dd[data-figure="Objects found"]')).toBeVisible();
  await detect.settles();
  await expect(detect.frame.locator('[data-detection-table] tbody th')).toContainText(['dining table']);
  const sweep = new CellPage(page, 'noise-sweep');
  await sweep.button('Run').click();
  await sweep.reaches('done');
  await expect(sweep.frame.getByText('Agreement with the clean picture')).toBeVisible();
});

test('the page for it says what is kept, and keeps a data set when asked', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./offline/');
  const row = page.getByRole('listitem').filter({ hasText: 'MNIST' });
  await row.getByRole('button', { name: /^Keep/ }).click();
  await expect(page.getByText('Kept. It works without a network now.')).toBeVisible({ timeout: 120_000 });
  await expect(row).toContainText(/· 11\.\d MB/);
  await row.getByRole('button', { name: /^Remove/ }).click();
  await expect(row).toContainText('not kept');
});

test('the site can be installed as an app', { tag: '@once' }, async ({ page, request }) => {
  await page.goto('./');
  const href = await page.locator('link[rel="manifest"]').getAttribute('href');
  const manifest = await (await request.get(new URL(href!, page.url()).href)).json();
  expect(manifest).toMatchObject({ name: 'Epsilon Playground', display: 'standalone' });
  for (const icon of manifest.icons)
    expect((await request.get(new URL(icon.src, page.url()).href)).status(), icon.src).toBe(200);
});

test('a page that comes from the service worker starts its workers too', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./lessons/a-budget-across-runs/');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  const cell = page.locator('[data-cell="ask"]');
  await cell.locator('[data-command="run"]').click();
  await expect(cell).toHaveAttribute('data-state', 'done');
});

const keptAddresses = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => {
    const kept: string[] = [];
    for (const name of await caches.keys())
      for (const { url } of await (await caches.open(name)).keys()) kept.push(new URL(url).pathname);
    return kept;
  });

test('only what the build made is kept: no missing page, nothing that is no part of the site', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const missing = await page.goto('./nope/');
  expect(missing!.status()).toBe(404);
  const status = await page.evaluate(async () => {
    const root = (await navigator.serviceWorker.ready).scope;
    return Promise.all(
      ['nope.zip', 'about/lesson.png', '_headers'].map(async (path) => (await fetch(root + path)).status),
    );
  });
  expect(status).toEqual([404, 200, 200]);
  await page.goto('./glossary/');
  await expect
    .poll(async () => (await keptAddresses(page)).some((path) => path.endsWith('/glossary/')))
    .toBe(true);
  expect((await keptAddresses(page)).filter((path) => /nope|lesson\.png|_headers/.test(path))).toEqual([]);
});

test('what an older build kept goes once this one is kept whole', { tag: '@once' }, async ({ page }) => {
  await page.goto('./');
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.evaluate(async () => {
    const cache = await caches.open('epsilon-site-older');
    await cache.put('./lessons/', new Response('an older page'));
  });
  await page.reload();
  await expect.poll(() => missing(page), { timeout: 120_000 }).toBe(0);
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).includes('epsilon-site-older')))
    .toBe(false);
});

test('without a zip none is offered, and a lesson that is not there is called so', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./offline/');
  await expect(page.getByRole('listitem').filter({ hasText: 'MNIST' })).toBeVisible();
  await expect(page.getByText('Download the whole site')).toHaveCount(0);
  await page.goto('./lab/?fork=zzz');
  await expect(page.getByText('There is no lesson “zzz” to copy.')).toBeVisible();
});
