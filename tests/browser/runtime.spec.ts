/** What the runtime promises, on the built site: the GPU that goes, the page that nobody looks at, the page that is left. */
import { expect, type Page, test } from '@playwright/test';
import { HIDDEN_MS } from '@/lib/notebook/hidden';
import { CellPage } from './cells';

const LESSON = './lessons/training-with-dp-sgd/';

/** A run that lasts: a perceptron on raw pixels takes minutes where the default model would be done in seconds. */
async function starts(page: Page, query = ''): Promise<CellPage> {
  await page.goto(`${LESSON}${query}#v=1&steps=1000&net=mlp&features=pixels`);
  const cell = new CellPage(page, 'train');
  await cell.button('Run').click();
  await cell.reaches('running');
  return cell;
}

test('a lost device fails the run, and the restart takes the next backend', { tag: '@webgpu' }, async ({
  page,
}) => {
  // Keeps hold of the worker's device, to destroy it as a driver would.
  page.on('worker', (worker) =>
    worker
      .evaluate(() => {
        const held = globalThis as { device?: GPUDevice };
        const request = GPUAdapter.prototype.requestDevice;
        GPUAdapter.prototype.requestDevice = async function (descriptor) {
          held.device = await request.call(this, descriptor);
          return held.device;
        };
      })
      .catch(() => {}),
  );
  const cell = await starts(page, '?backend=webgpu');
  await page.workers()[0]!.evaluate(() => (globalThis as { device?: GPUDevice }).device?.destroy());
  await cell.reaches('failed');
  await expect(cell.frame.locator('[data-failure="device-lost"]')).toContainText('graphics device was lost');
  await cell.button('Restart on the next backend').click();
  await cell.reaches('running');
  await expect(page.getByRole('button', { name: /^Hardware: WebAssembly/ })).toBeVisible();
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  // It went on from its checkpoint: one private run and its plain twin are charged, not two of each.
  await page.goto('./ledger/');
  await expect(page.locator('[data-event]')).toHaveCount(2);
});

/** Nobody looks at the page from now on. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

test('a page that lies hidden for half a minute stops its runs', { tag: '@once' }, async ({ page }) => {
  const cell = await starts(page);
  await hide(page);
  await cell.reaches('stopped');
});

test('a run goes on while the page is hidden if its menu says so', { tag: '@once' }, async ({ page }) => {
  test.slow();
  const cell = await starts(page);
  const item = cell.frame.getByRole('checkbox', { name: 'Keep running while this page is hidden' });
  const press = async () => {
    await cell.frame.getByRole('button', { name: /^More about/ }).click();
    await item.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await expect(item).toBeHidden();
  };
  await press();
  await hide(page);
  await page.waitForTimeout(HIDDEN_MS + 3000);
  await expect(cell.frame).toHaveAttribute('data-state', 'running');
  await press();
  await hide(page);
  await cell.reaches('stopped');
});

test('leaving a lesson ends its workers and leaves its address alone', { tag: '@once' }, async ({ page }) => {
  const cell = await starts(page);
  await cell.type('Privacy ε', '8');
  await page.locator('a[href*="/lessons/noise-on-pixels"]').first().click();
  await expect(page).toHaveURL(/noise-on-pixels\/$/);
  // Longer than a slider has to rest before it is written.
  await page.waitForTimeout(600);
  await expect(page).toHaveURL(/noise-on-pixels\/$/);
  await new CellPage(page, 'detect').reaches('done');
  // The threads of WASM are workers too, asleep in one long wait: only the cells' own can be asked.
  const own = page.workers().filter((worker) => !worker.url().startsWith('blob:'));
  const cells = await Promise.all(own.map((worker) => worker.evaluate(() => self.name).catch(() => 'ended')));
  expect(cells).toContain('cell detect');
  expect(cells).not.toContain('cell train');
});

test('the info panel counts the tensors of each cell, and they do not grow from run to run', async ({
  page,
}) => {
  // The default model has no tensors: it is a kernel's.
  await page.goto(`${LESSON}#v=1&steps=10&lot=256&noise=seeded&net=mlp`);
  const cell = new CellPage(page, 'train');
  const panel = page.getByRole('row', { name: /Train/ });
  const tensors = async () => {
    await cell.button('Run').click();
    await cell.settles();
    await page.getByRole('button', { name: /^Hardware/ }).click();
    await expect(panel).toBeVisible();
    const [count] = await panel.getByRole('cell').nth(1).allTextContents();
    await page.keyboard.press('Escape');
    return Number(count);
  };
  const first = await tensors();
  expect(first).toBeGreaterThanOrEqual(0);
  expect(await tensors()).toBe(first);
});
