/** The lesson "Training with DP-SGD", used as a learner would. */
import { readFileSync } from 'node:fs';
import { expect, type Page, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/training-with-dp-sgd/';

async function train(page: Page, settings: string): Promise<CellPage> {
  await page.goto(`${LESSON}#v=1&${settings}`);
  const cell = new CellPage(page, 'train');
  await cell.button('Run').click();
  await cell.reaches('done');
  return cell;
}

test('ε = 2 in 200 steps reads at least 96.5 % of the test digits', async ({ page }) => {
  const cell = await train(page, 'eps=2');
  expect(await cell.figure('Private')).toBeGreaterThanOrEqual(96.5);
  expect(await cell.figure('Plain')).toBeGreaterThan(97);
  await expect(cell.frame.getByText('cryptographic noise', { exact: true }).first()).toBeVisible();
  await expect(cell.frame.getByText('δ = 1e-5').first()).toBeVisible();
});

test('ε = 8 reads more than ε = 0.1, and the plain model stays where it is', async ({ page }) => {
  const generous = await train(page, 'eps=8&steps=60&noise=seeded');
  const many = await generous.figure('Private');
  const plain = await generous.figure('Plain');
  await generous.type('Privacy ε', '0.1');
  await expect(generous.frame).toHaveAttribute('data-stale', 'true');
  await generous.button('Run').click();
  await generous.settles();
  expect(await generous.figure('Private')).toBeLessThan(many - 3);
  expect(await generous.figure('Plain')).toBeCloseTo(plain, 1);
  await expect(generous.frame.getByText('seeded noise: reproducible, not private').first()).toBeVisible();
});

test('ε and σ are two ends of one thing', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  await expect(cell.field('Noise multiplier σ')).toHaveValue('1.369');
  await cell.type('Privacy ε', '1');
  // dp_accounting and our reference agree: σ 2.205 for ε 1 at q 2048/60000, 200 steps, δ 1e-5.
  await expect(cell.field('Noise multiplier σ')).toHaveValue(/^2\.20[56]$/);
  await cell.type('Noise multiplier σ', '3.899');
  await expect(cell.field('Privacy ε')).toHaveValue(/^0\.(5|4999|5000)$/);
  await cell.type('Steps', '50');
  await expect(cell.field('Privacy ε')).toHaveValue(/^0\.(5|4999|5000)$/);
  await expect(cell.field('Noise multiplier σ')).toHaveValue(/^2\.2/);
});

test('Stop really stops', async ({ page }) => {
  await page.goto(`${LESSON}#v=1&steps=1000`);
  const cell = new CellPage(page, 'train');
  await cell.button('Run').click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  const spent = await cell.frame.locator('dl').first().textContent();
  await page.waitForTimeout(1500);
  expect(await cell.frame.locator('dl').first().textContent()).toBe(spent);
  await expect(cell.frame).toHaveAttribute('data-state', 'stopped');
});

test('a reload keeps the settings, and Back returns to the run before', { tag: '@once' }, async ({
  page,
}) => {
  const cell = await train(page, 'eps=8&steps=20&noise=seeded');
  const first = await cell.figure('Private');
  await cell.type('Privacy ε', '0.2');
  await cell.button('Run').click();
  await cell.settles();
  const second = await cell.figure('Private');
  expect(second).not.toBe(first);
  await page.goBack();
  await expect(cell.field('Privacy ε')).toHaveValue('8');
  await expect.poll(() => cell.figure('Private')).toBe(first);
  await page.reload();
  await expect(cell.field('Privacy ε')).toHaveValue('8');
  await expect(cell.field('Steps')).toHaveValue('20');
});

test('runs can be pinned and compared', { tag: '@once' }, async ({ page }) => {
  const cell = await train(page, 'eps=8&steps=20&noise=seeded');
  await cell.button('Pin this run').click();
  await expect(cell.frame.getByText(/^Run 1: σ /).first()).toBeVisible();
  await cell.button('Remove pinned runs').click();
  await expect(cell.frame.getByText(/^Run 1: σ /)).toHaveCount(0);
});

test('the curves have a table with every value', { tag: '@once' }, async ({ page }) => {
  const cell = await train(page, 'eps=8&steps=20&noise=seeded');
  const figure = cell.frame.locator('figure').first();
  await figure.getByRole('button', { name: 'Show as table' }).click();
  await expect(figure.locator('tbody tr')).toHaveCount(21);
});

test('a perceptron, DP-Adam and adaptive clipping train and are called so in the ledger', {
  tag: '@once',
}, async ({ page }) => {
  const cell = await train(page, 'eps=8&steps=20&net=mlp&opt=adam&rule=adaptive');
  expect(await cell.figure('Private')).toBeGreaterThan(70);
  await page.goto('./ledger/');
  await expect(page.getByText('Perceptron on oriented gradients by DP-Adam').first()).toBeVisible();
});

test('a run whose page was closed goes on after a reload, from its checkpoint', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&steps=120&eps=8`);
  const cell = new CellPage(page, 'train');
  await cell.button('Run').click();
  // Beyond the first stretches of steps, so that a checkpoint is kept, and before the last.
  await expect
    .poll(async () => Number((await cell.frame.textContent())?.match(/(\d+) of 120/)?.[1] ?? 0), {
      intervals: [50],
    })
    .toBeGreaterThan(10);
  await page.reload();
  const proceed = cell.frame.getByRole('button', { name: /^Continue the run from step [1-9]/ });
  await proceed.click();
  await cell.reaches('done');
  await expect(cell.field('Steps')).toHaveValue('120');
  expect(await cell.figure('Private')).toBeGreaterThan(95);
  await expect(proceed).toHaveCount(0);
  // Both records, of the private model and of the plain one, were gone on with and closed: none is left open.
  await page.goto('./ledger/');
  await expect(page.getByText(/on oriented gradients by DP-SGD/).first()).toBeVisible();
  await expect(page.getByText(/on oriented gradients without privacy/).first()).toBeVisible();
  await expect(page.getByText('interrupted')).toHaveCount(0);
});

test('the settings go home as an Opacus notebook, and the data set can be changed', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&eps=1&steps=50&lot=1024&clip=0.5`);
  const cell = new CellPage(page, 'train');
  // σ follows from what the link says.
  await expect(cell.field('Noise multiplier σ')).not.toHaveValue('1.369');
  const sigma = await cell.field('Noise multiplier σ').inputValue();
  await cell.button('More about “Train privately, and plainly”').click();
  const item = page.getByRole('button', { name: /Opacus notebook/ });
  const waiting = page.waitForEvent('download');
  await item.click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/\.ipynb$/);
  const file = readFileSync(await download.path(), 'utf8');
  for (const line of [
    `NOISE_MULTIPLIER = ${sigma} `,
    'MAX_GRAD_NORM = 0.5 ',
    'RATE = 1024 / 60000',
    'STEPS = 50',
  ])
    expect(file).toContain(line);
  await page.keyboard.press('Escape');
  await cell.frame.getByText('More settings').click();
  await cell.frame.getByLabel('Clipping', { exact: true }).selectOption('automatic');
  await cell.button('More about “Train privately, and plainly”').click();
  await expect(item).toBeDisabled();
  await expect(item).toContainText('Opacus has no automatic clipping');
  await page.keyboard.press('Escape');

  await page.getByLabel('Data set', { exact: true }).selectOption('tumours');
  await expect(cell.frame).toBeHidden();
  const tumours = new CellPage(page, 'train-tumours');
  await tumours.settles();
  const right = async () =>
    Number.parseFloat((await tumours.frame.locator('[data-figure="Accuracy private"]').textContent()) ?? '');
  const before = await right();
  expect(before).toBeGreaterThan(88);
  await tumours.type('Privacy ε', '0.05');
  await expect.poll(right).toBeLessThan(before - 2);
});
