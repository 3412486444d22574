/** Presenting, the keyboard and sharing, on a lesson. */
import { readFile } from 'node:fs/promises';
import { type Download, expect, type Page, test } from '@playwright/test';
import { packText } from '@/lib/notebook/pack';
import { CellPage } from './cells';

const LESSON = './lessons/a-budget-across-runs/';

test('presenting shows one live cell at a time, with notes and a QR code of the same state', {
  tag: '@once',
}, async ({ page, context }) => {
  await page.goto(`${LESSON}?present=1`);
  const bar = page.getByRole('navigation', { name: 'Presentation' });
  await expect(bar.getByRole('status')).toHaveText('1 of 8: Ask, and pay');
  await expect(page.locator('[data-cell]:visible')).toHaveCount(1);
  await expect(page.getByRole('banner')).toBeHidden();
  await page.keyboard.press('ArrowRight');
  await expect(bar.getByRole('status')).toHaveText(/^2 of 8: Run after run/);
  const cell = page.locator('[data-cell="compose"]');
  await expect(cell).toHaveAttribute('data-state', 'done');
  // An arrow on a slider moves the slider, not the slide.
  const slider = cell.getByRole('slider').first();
  const before = await slider.inputValue();
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  expect(await slider.inputValue()).not.toBe(before);
  await expect(bar.getByRole('status')).toHaveText(/^2 of 8/);
  await bar.getByRole('button', { name: 'Notes' }).click();
  await expect(page.getByRole('complementary', { name: 'Speaker notes' })).toContainText('basic composition');
  await bar.getByRole('button', { name: 'QR code' }).click();
  const dialog = page.getByRole('dialog');
  // No phone could open the address of this machine alone: no code, until there is another.
  await expect(dialog).toContainText('A phone cannot open it.');
  await expect(dialog.getByText('The server answers this computer alone.')).toBeVisible();
  await expect(dialog.getByRole('img', { name: /QR code/ })).toHaveCount(0);
  await dialog.getByLabel(/The address of this computer/).fill('192.168.1.20');
  await expect(dialog.getByRole('img', { name: /QR code/ })).toBeVisible();
  const phone = (await dialog
    .getByText(/^http:\/\/192\.168\.1\.20:\d+\/.*[?]at=compose#v=1&/)
    .textContent())!;
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);

  // A window for the speaker's own screen: it follows, and it leads.
  const [speaker] = await Promise.all([
    context.waitForEvent('page'),
    bar.getByRole('button', { name: 'Speaker window' }).click(),
  ]);
  await expect(speaker.getByRole('status')).toHaveText(/^2 of 8: Run after run/);
  await expect(speaker.getByRole('region', { name: 'Notes' })).toContainText('basic composition');
  await expect(speaker.getByRole('timer')).toHaveText(/^0:\d\d$/);
  const next = await speaker.getByRole('region', { name: 'Next' }).getByRole('heading').first().textContent();
  await speaker.keyboard.press('PageDown');
  await expect(bar.getByRole('status')).toHaveText(/^3 of 8/);
  expect(next).toContain((await bar.getByRole('status').textContent())!.replace(/^3 of 8: /, ''));
  await page.bringToFront();
  await page.keyboard.press('PageUp');
  await expect(speaker.getByRole('status')).toHaveText(/^2 of 8/);
  // `b` hides what the room sees.
  await slider.focus();
  const left = await slider.inputValue();
  await page.keyboard.press('PageDown');
  await expect(bar.getByRole('status')).toHaveText(/^3 of 8/);
  await page.keyboard.press('PageUp');
  await expect(bar.getByRole('status')).toHaveText(/^2 of 8/);
  expect(await slider.inputValue()).toBe(left);
  await page.keyboard.press('PageDown');
  await expect(bar.getByRole('status')).toHaveText(/^3 of 8/);
  await page.locator('body').press('b');
  await expect(page.locator('[data-blank]')).toBeVisible();
  await expect(speaker.getByRole('status')).toContainText('black screen');
  await page.keyboard.press('PageUp');
  await expect(page.locator('[data-blank]')).toHaveCount(0);
  await bar.getByRole('button', { name: 'End' }).click();
  await expect(page.getByRole('banner')).toBeVisible();
  await expect.poll(() => speaker.isClosed()).toBe(true);
  const moved = await slider.inputValue();
  expect(moved).not.toBe(before);

  // What the phone was handed: the same settings, at the same cell.
  await page.goto(phone.replace('192.168.1.20', '127.0.0.1'));
  await expect(cell).toBeFocused();
  await expect(cell.getByRole('slider').first()).toHaveValue(moved);
});

test('the short address for presenting leads there with its settings', { tag: '@once' }, async ({ page }) => {
  await page.goto('./present/a-budget-across-runs/#v=1&x=1');
  await expect(page).toHaveURL(/lessons\/a-budget-across-runs\/\?present=1#v=1&x=1/);
});

test('keys go from cell to cell, can be moved, and can be turned off', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const focused = () => page.evaluate(() => document.activeElement?.closest('[data-cell]')?.id ?? null);
  await page.keyboard.press('j');
  expect(await focused()).toBe('ask');
  await page.keyboard.press('j');
  const second = await focused();
  expect(second).not.toBe('ask');
  await page.keyboard.press('k');
  expect(await focused()).toBe('ask');
  await page.keyboard.press('?');
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  await sheet.getByRole('button', { name: 'Another key for “Go to the next cell”' }).click();
  await page.keyboard.press('x');
  await expect(sheet.getByText('x', { exact: true })).toBeVisible();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toHaveCount(0);
  await page.keyboard.press('x');
  expect(await focused()).toBe(second);
  await page.reload();
  await page.keyboard.press('x');
  expect(await focused()).not.toBeNull();
  await page.keyboard.press('?');
  await sheet.getByRole('checkbox', { name: /Single keys/ }).uncheck();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await expect(sheet).toHaveCount(0);
  const kept = await focused();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  expect(await focused()).toBe(kept);
});

test('a cell gives its link, a citation and its embed', { tag: '@once' }, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`${LESSON}#v=1`);
  const cell = page.locator('[data-cell="compose"]');
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  await cell.getByRole('button', { name: 'Copy a citation' }).click();
  await expect(cell.getByText('The citation is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^Epsilon Playground, version .*“Run after run”.*http/,
  );
  const [builder] = await Promise.all([
    context.waitForEvent('page'),
    cell.getByRole('button', { name: 'Embed this cell in a page' }).click(),
  ]);
  await expect(builder.getByLabel('Cell', { exact: true })).toHaveValue('a-budget-across-runs/compose');
});

const textOf = async (file: Download) => readFile(await file.path(), 'utf8');

/** What the press of a button puts on the disk. */
async function saved(page: Page, press: () => Promise<void>): Promise<Download> {
  const [file] = await Promise.all([page.waitForEvent('download'), press()]);
  return file;
}

test('a run leaves as a link, a picture, a table and a record, and the link brings it back', {
  tag: '@once',
}, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(LESSON);
  const cell = page.locator('[data-cell="compose"]');
  const delta = cell.getByRole('textbox', { name: 'Slack δ, value' });
  await new CellPage(page, 'compose').wakes();
  await delta.fill('1e-6');
  await delta.press('Enter');
  await cell.getByRole('button', { name: 'Add ten' }).click();
  await expect(cell).toHaveAttribute('data-state', 'done');
  const figure = cell.getByRole('figure', { name: 'ε after each run' });

  // A picture: a PNG with something on it, of twice the size of the chart.
  await expect(figure.locator('svg.recharts-surface')).toBeVisible();
  await figure.getByRole('button', { name: 'ε after each run: copy as a picture' }).click();
  await expect(figure.getByText('The picture is copied.')).toBeVisible();
  const copied = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const bitmap = await createImageBitmap(await item!.getType('image/png'));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const drawing = canvas.getContext('2d')!;
    drawing.drawImage(bitmap, 0, 0);
    const { data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set(new Uint32Array(data.buffer));
    return { width: bitmap.width, colours: colours.size };
  });
  const { width } = (await figure.boundingBox())!;
  expect(copied.width).toBeGreaterThan(1.9 * width);
  expect(copied.colours).toBeGreaterThan(50);

  // A table: every number of the chart.
  const csv = await textOf(
    await saved(page, () => figure.getByRole('button', { name: 'ε after each run: save as CSV' }).click()),
  );
  const lines = csv.trim().split('\r\n');
  expect(lines[0]).toMatch(/^runs so far,/);
  await figure.getByRole('button', { name: 'Show as table' }).click();
  await expect(figure.locator('tbody tr')).toHaveCount(lines.length - 1);

  // A record: what was computed, from what.
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  const file = await saved(page, () => cell.getByRole('button', { name: 'Save this run as JSON' }).click());
  const record = JSON.parse(await textOf(file));
  expect(record).toMatchObject({
    ...{ format: 'epsilon-playground/run', cell: 'compose', experiment: 'compose-runs', state: 'done' },
    params: { delta: 1e-6 },
  });
  expect(record.params.runs).toHaveLength(58);
  expect(String(record.result.at(-1).pld)).toBe(lines.at(-1)!.split(',').at(-2));

  // A link: the same settings in another window, of another's browser.
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  await cell.getByRole('button', { name: 'Copy a link to these settings' }).click();
  await expect(cell.getByText(/^The link is copied/)).not.toContainText('kB');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(new URL(link).hash).toBe(record.link);
  const elsewhere = await context.newPage();
  await elsewhere.goto(link);
  const there = elsewhere.locator('[data-cell="compose"]');
  await expect(there.getByRole('textbox', { name: 'Slack δ, value' })).toHaveValue('1e-6');
  // Eight of them were there, and ten are added.
  await expect(there.getByText('18 ×')).toBeVisible();
});

test('a picture with its boxes is copied from the menu of its cell', { tag: '@once' }, async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('./lessons/noise-on-pixels/');
  const cell = page.locator('[data-cell="detect"]');
  await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 150_000 });
  await cell.getByRole('button', { name: /^More about/ }).click();
  await cell.getByRole('button', { name: 'Copy the picture' }).click();
  await expect(cell.getByText('The picture is copied.')).toBeVisible();
  const size = await page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    const { width, height } = await createImageBitmap(await item!.getType('image/png'));
    return [width, height];
  });
  expect(Math.min(...size)).toBeGreaterThan(200);
});

test('a link that holds more than some programs can carry says so, and holds the code all the same', {
  tag: '@once',
}, async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  // Letters that no packing makes shorter.
  const code = `// ${Array.from({ length: 9000 }, (_, i) => ((i * 7919 + i ** 3) % 1_679_616).toString(36)).join('')}`;
  await page.goto(`${LESSON}#v=1&code=${packText(code.slice(0, 12_000))}`);
  // A page whose cells still wake moves under the mouse.
  await new CellPage(page, 'compose').settles();
  const cell = page.locator('[data-cell="compose"]');
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  await cell.getByRole('button', { name: 'Copy a link to these settings' }).click();
  await expect(cell.getByText(/^The link is copied.* It is \d+ kB long/)).toBeVisible();
  const own = page.locator('[data-cell="code"]');
  await expect(own.getByText(/The link to this page now holds your code. It is \d+ kB long/)).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link.length).toBeGreaterThan(8192);
  await page.goto('about:blank');
  await page.goto(link);
  await expect(own.locator('pre').first()).toHaveText(code.slice(0, 12_000));
  await expect(own).toHaveAttribute('data-state', 'idle');
});
