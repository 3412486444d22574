/** What the runtime promises, on the built site: the GPU that goes, the page that nobody looks at, the page that is left. */
import { expect, type Page, test } from '@playwright/test';
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

/** Runs in a page or a worker. */
function holdDevice(): void {
  const held = globalThis as { device?: GPUDevice; holds?: true };
  if (typeof GPUAdapter === 'undefined' || held.holds) return;
  held.holds = true;
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    held.device = await request.call(this, descriptor);
    return held.device;
  };
}

test('a lost device fails the run, and the restart takes the next backend', { tag: '@webgpu' }, async ({
  page,
}) => {
  // Every worker keeps hold of its device, to have it destroyed as a driver would: by words before its first script, or it is asked too late.
  await page.route('**/_next/**/*.js', async (route) => {
    // A page that is left meanwhile wants no script any more.
    try {
      const response = await route.fetch();
      await route.fulfill({ response, body: `(${holdDevice})();${await response.text()}` });
    } catch {
      await route.abort().catch(() => {});
    }
  });
  const cell = await starts(page, '?backend=webgpu');
  // Past its first checkpoint: what is lost before it is charged by itself.
  await expect.poll(() => stepOf(cell)).toBeGreaterThan(1);
  const devices = await Promise.all(
    page.workers().map((worker) =>
      worker
        .evaluate(() => {
          const { device } = globalThis as { device?: GPUDevice };
          device?.destroy();
          return device !== undefined;
        })
        .catch(() => false),
    ),
  );
  expect(devices.filter(Boolean)).toHaveLength(1);
  await cell.reaches('failed');
  await expect(cell.frame.locator('[data-failure="device-lost"]')).toContainText('graphics device was lost');
  await cell.button('Restart on the next backend').click();
  await cell.reaches('running');
  await page.getByRole('button', { name: 'Tools' }).click();
  await expect(page.getByRole('button', { name: /^Hardware: WebAssembly/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  // It went on from its checkpoint: one private run and its plain twin are charged, not two of each.
  await page.goto('./ledger/');
  await expect(page.locator('[data-event]')).toHaveCount(2);
});

/** Nobody looks at the page, or somebody does again. */
const hide = (page: Page, hidden = true) =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);

/** How far a run is, as its bar has it. */
const stepOf = (cell: CellPage) => cell.frame.locator('progress').first().getAttribute('value').then(Number);

test('a run goes on while its page is hidden; if its menu says so it rests, and goes on when seen', {
  tag: '@once',
}, async ({ page }) => {
  const cell = await starts(page);
  const item = cell.frame.getByRole('checkbox', { name: 'Pause while this page is hidden' });
  await hide(page);
  const hidden = await stepOf(cell);
  await expect.poll(() => stepOf(cell)).toBeGreaterThan(hidden);
  await hide(page, false);

  await cell.frame.getByRole('button', { name: /^More about/ }).click();
  await item.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(item).toBeHidden();
  await hide(page);
  // What was on its way arrives; then nothing does.
  let before = -1;
  await expect
    .poll(
      async () => {
        const [last, now] = [before, await stepOf(cell)];
        before = now;
        return now === last;
      },
      { intervals: [2000] },
    )
    .toBe(true);
  await expect(cell.frame).toHaveAttribute('data-state', 'running');
  await hide(page, false);
  await expect.poll(() => stepOf(cell)).toBeGreaterThan(before);
  await cell.button('Stop').click();
  await cell.reaches('stopped');
});

test('a run whose worker broke off is gone on with, and charged once', { tag: '@once' }, async ({ page }) => {
  const cell = await starts(page);
  // Past its first checkpoint.
  await expect.poll(() => stepOf(cell)).toBeGreaterThan(5);
  const own = page.workers().filter((worker) => !worker.url().startsWith('blob:'));
  for (const worker of own)
    await worker
      .evaluate(() => {
        if (self.name === 'cell train')
          setTimeout(() => {
            throw new Error('gone');
          });
      })
      .catch(() => {});
  await cell.reaches('failed');
  await cell.frame.getByRole('button', { name: /^Continue the run from step/ }).click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  await page.goto('./ledger/');
  await expect(page.locator('[data-event]')).toHaveCount(2);
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
    await page.getByRole('button', { name: 'Tools' }).click();
    await page.getByRole('button', { name: /^Hardware/ }).click();
    await expect(panel).toBeVisible();
    const [count] = await panel.getByRole('cell').nth(1).allTextContents();
    // The panel, and the tools that it stands in.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    return Number(count);
  };
  const first = await tensors();
  expect(first).toBeGreaterThanOrEqual(0);
  expect(await tensors()).toBe(first);
});

test('cells below the fold keep the server’s HTML until they are near or touched; no click is lost, and Run all finds them', {
  tag: '@once',
}, async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 700 });
  // Nothing but a reader wakes them: the page has no idle moment.
  await page.addInitScript(() => {
    window.requestIdleCallback = () => 0;
  });
  await page.goto('lessons/attacks/');
  const cells = page.locator('article [data-cell]');
  const awake = () =>
    cells.evaluateAll((all) =>
      all.map((cell) => Object.keys(cell).some((key) => key.startsWith('__reactFiber'))),
    );
  await expect.poll(async () => (await awake())[0]).toBe(true);
  await cells.evaluateAll((all) => {
    for (const cell of all) Object.assign(cell, { asServed: true });
  });
  expect((await awake()).at(-1)).toBe(false);

  // A slider above changes the address, which everything on the page could hear of.
  await cells.first().getByRole('slider').first().press('ArrowRight');
  await expect(page).toHaveURL(/gsigma=/);
  expect((await awake()).at(-1)).toBe(false);

  const last = cells.last();
  await last.locator('[data-command=run]').click();
  await expect(last).not.toHaveAttribute('data-state', 'idle');
  expect(await last.evaluate((cell) => 'asServed' in cell)).toBe(true);

  await page.evaluate(() => scrollTo(0, 0));
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('button', { name: 'Run all' }).click();
  await expect.poll(async () => (await awake()).every(Boolean)).toBe(true);
});
