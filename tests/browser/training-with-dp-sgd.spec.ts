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

/** Moves the thumb of a slider to a share of its length, as a finger does, and lets go. */
async function drag(page: Page, cell: CellPage, label: string, share: number): Promise<void> {
  const slider = cell.frame.getByRole('slider', { name: label, exact: true });
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await slider.boundingBox())!;
  const at = Number(await slider.inputValue()) / Number(await slider.getAttribute('max'));
  const thumb = 10;
  const place = (part: number) => x + thumb + (width - 2 * thumb) * part;
  await page.mouse.move(place(at), y + height / 2);
  await page.mouse.down();
  await page.mouse.move(place(share), y + height / 2, { steps: 8 });
}

/** As if this machine had shown how long a run of the digits takes. @param seconds of the default run */
const machineOf = (page: Page, seconds: number, version: string) =>
  page.addInitScript(
    ([perUnit, site]) =>
      localStorage.setItem(
        'epsilon-playground:pace',
        JSON.stringify({
          version: site,
          paces: { 'train-mnist gradients softmax momentum flat': { perUnit: [perUnit], preparation: 0.1 } },
        }),
      ),
    [seconds / 500_000, version] as const,
  );
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };

test('recorded runs follow ε; let go, a real one starts, is charged, and takes their place', {
  tag: '@once',
}, async ({ page }) => {
  await machineOf(page, 1, version);
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  const shown = cell.frame.locator('[data-shown]');
  await expect(shown).toHaveAttribute('data-shown', 'recorded');
  await expect(cell.frame.getByText(/^Recorded earlier: a real run at ε 2/)).toBeVisible();
  await expect(cell.frame.locator('[data-self-start]')).toContainText('Let go of ε');
  await drag(page, cell, 'Privacy ε', 0.1);
  // Still held: another recording, and nothing runs or is charged.
  await expect(shown).toHaveAttribute('data-shown-epsilon', '0.1');
  expect(await cell.state()).toBe('idle');
  await page.mouse.up();
  await cell.reaches('done');
  await expect(shown).toHaveAttribute('data-shown', 'live');
  await expect(cell.frame.locator('[data-result]')).toContainText(
    /^Private 9\d\.\d %, plain 9\d\.\d %, ε 0\.0\d+ spent\./,
  );
  await expect(cell.frame.getByText('cryptographic noise', { exact: true }).first()).toBeVisible();
  await page.goto('./ledger/');
  await expect(page.getByText(/on oriented gradients by DP-SGD/).first()).toBeVisible();
});

test('a machine that is slow waits for Run, and says how long; so does one whose reader wants it to', {
  tag: '@once',
}, async ({ page }) => {
  await machineOf(page, 60, version);
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  await expect(cell.frame.locator('[data-self-start]')).toContainText('Press Run: it takes about 60 s');
  await drag(page, cell, 'Privacy ε', 0.3);
  await page.mouse.up();
  await page.waitForTimeout(1500);
  expect(await cell.state()).toBe('idle');

  const other = await page.context().newPage();
  await machineOf(other, 1, version);
  await other.goto(LESSON);
  const quick = new CellPage(other, 'train');
  await quick.frame.getByLabel('Start by itself').uncheck();
  await other.reload();
  await expect(quick.frame.getByLabel('Start by itself')).not.toBeChecked();
  await drag(other, quick, 'Privacy ε', 0.3);
  await other.mouse.up();
  await other.waitForTimeout(1500);
  expect(await quick.state()).toBe('idle');
});

test('arrow keys let go of ε after a pause, a typed number never does', { tag: '@once' }, async ({
  page,
}) => {
  await machineOf(page, 1, version);
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  await expect(cell.frame.locator('[data-self-start]')).toContainText('Let go of ε');
  await cell.type('Privacy ε', '0.5');
  await page.waitForTimeout(1500);
  expect(await cell.state()).toBe('idle');
  await cell.frame.getByRole('slider', { name: 'Privacy ε', exact: true }).focus();
  for (let press = 0; press < 5; press++) {
    await page.keyboard.press('ArrowLeft');
    expect(await cell.state()).toBe('idle');
  }
  await expect.poll(() => cell.state()).not.toBe('idle');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
});

test('ε and σ are two ends of one thing', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  await cell.more();
  await expect(cell.field('Noise multiplier σ')).toHaveValue('1.2804');
  await cell.type('Privacy ε', '1');
  // By PLD, for ε 1 at q 2048/60000, 200 steps, δ 1e-5.
  await expect(cell.field('Noise multiplier σ')).toHaveValue(/^2\.04/);
  await cell.type('Noise multiplier σ', '3.5784');
  await expect(cell.field('Privacy ε')).toHaveValue('0.5');
  await cell.type('Steps', '50');
  await expect(cell.field('Privacy ε')).toHaveValue('0.5');
  await expect(cell.field('Noise multiplier σ')).toHaveValue(/^2\.04/);
});

test('beyond the end of its slider ε is the true one, and the link leads back to it', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'train');
  await cell.more();
  await cell.slider('Noise multiplier σ').focus();
  await page.keyboard.press('Home');
  const ends = async () => {
    await expect(cell.field('Privacy ε')).toHaveValue('72.65');
    await expect(cell.field('Noise multiplier σ')).toHaveValue('0.3');
    await expect(cell.frame.locator('[data-what-if]')).toContainText('to 72.7');
  };
  await ends();
  // Either end leads back to this pair.
  await expect(page).toHaveURL(/#v=1&(sigma=0\.3|eps=72\.65)$/);
  await page.reload();
  await cell.more();
  await ends();
});

test('Stop really stops', async ({ page }) => {
  await page.goto(`${LESSON}#v=1&steps=1000`);
  const cell = new CellPage(page, 'train');
  await cell.button('Run').click();
  await cell.reaches('running');
  await expect(cell.frame.locator('[data-stop-price]')).toContainText('the whole ε of 2');
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
  await cell.more();
  await expect(cell.field('Privacy ε')).toHaveValue('8');
  await expect.poll(() => cell.figure('Private')).toBe(first);
  await page.reload();
  await expect(cell.field('Privacy ε')).toHaveValue('8');
  await cell.more();
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
  await cell.more();
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
  await cell.more();
  await expect(cell.field('Noise multiplier σ')).not.toHaveValue('1.2804');
  const sigma = await cell.field('Noise multiplier σ').inputValue();
  const file = await cell.notebookFor('Train privately, and plainly', /Opacus notebook/);
  for (const line of [
    `NOISE_MULTIPLIER = ${sigma} `,
    'MAX_GRAD_NORM = 0.5 ',
    'RATE = 1024 / 60000',
    'STEPS = 50',
  ])
    expect(file).toContain(line);
  // The same on several processes.
  expect(file).toContain('DifferentiallyPrivateDistributedDataParallel(network)');

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

test('one step: five stages whose numbers fit together', async ({ page }) => {
  await page.goto(`${LESSON}#v=1&stepclip=0.8&stepsigma=0.5`);
  const cell = new CellPage(page, 'one-step');
  await cell.button('Run').click();
  await cell.settles();
  await expect(cell.frame.getByText('seeded noise: reproducible, not private').first()).toBeVisible();
  await expect(cell.frame.locator('[data-length="after"]')).toHaveCount(0);
  const lengths = async (when: string) =>
    (await cell.frame.locator(`[data-length="${when}"]`).allTextContents()).map(Number);
  const before = await lengths('before');
  expect(before.length).toBeGreaterThan(2);
  await cell.button('Next stage').click();
  const after = await lengths('after');
  for (const [i, length] of before.entries()) expect(after[i]).toBeCloseTo(Math.min(0.8, length), 1);
  await cell.button('Next stage').click();
  const sum = await cell.figure('Clipped sum');
  expect(sum).toBeGreaterThan(0);
  expect(sum).toBeLessThanOrEqual(after.reduce((a, b) => a + b, 0) + 0.05);
  await cell.button('Next stage').click();
  const noise = await cell.figure('Noise drawn');
  // σ C √3930, give or take: 3,930 draws vary by about one part in ninety.
  expect(noise / (0.5 * 0.8 * Math.sqrt(3930))).toBeCloseTo(1, 1);
  const noisy = await cell.figure('Noisy sum');
  expect(Math.abs(noisy - noise)).toBeLessThanOrEqual(sum + 0.1);
  await cell.button('Next stage').click();
  await expect(cell.button('Next stage')).toBeDisabled();
  expect(await cell.figure('Noisy mean')).toBeCloseTo(noisy / 7, 1);
  const lost = await cell.figure('Same direction');

  // More digits: the same noise, a longer sum, a better direction. The cell follows without Run.
  await cell.type('Digits expected in the lot', '1000');
  await cell.settles();
  expect(await cell.figure('Same direction')).toBeGreaterThan(lost + 0.3);
  const first = await cell.figure('Clipped sum');
  await cell.button('New lot').click();
  await expect.poll(() => cell.figure('Clipped sum')).not.toBe(first);
});

test('a sweep stops, outlives a reload, and goes on with what is missing', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&gridsteps=200&gridnoise=seeded`);
  const cell = new CellPage(page, 'sweep');
  const finished = async () =>
    Number(await cell.frame.locator('[data-finished]').getAttribute('data-finished'));
  await cell.button('Run').click();
  await expect.poll(finished, { timeout: 150_000, intervals: [50] }).toBeGreaterThanOrEqual(1);
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  const before = await finished();
  expect(before).toBeLessThan(8);

  await page.reload();
  // One more may have been finished, and kept, while Stop was on its way.
  await expect.poll(finished).toBeGreaterThanOrEqual(before);
  expect(await finished()).toBeLessThanOrEqual(before + 1);
  const row = (name: string) => cell.frame.locator(`[data-row="${name}"] td`);
  await cell.button('Run the rest').click();
  await cell.settles();
  expect(await finished()).toBe(8);
  for (const name of ['0.25', '1', '4', 'plain']) await expect(row(name).first()).toHaveText('2');
  const mean = async (name: string) => Number.parseFloat((await row(name).nth(1).textContent()) ?? '');
  expect(await mean('4')).toBeGreaterThan(await mean('0.25'));
  expect(await mean('plain')).toBeGreaterThan(90);
  await cell.button('Start over').click();
  await expect.poll(finished).toBe(0);
});

test('a private sweep tells its price before it runs', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'sweep');
  await expect(cell.frame.locator('[data-price]')).toContainText('6 private runs are missing');
  const price = async () =>
    Number.parseFloat((await cell.frame.locator('[data-price] strong').textContent()) ?? '');
  await expect.poll(price).toBeGreaterThan(4);
  const two = await price();
  // Two runs at 0.25, 1 and 4: together more than the largest, less than their sum.
  expect(two).toBeLessThan(10.5);
  await cell.type('Runs at each ε', '1');
  await expect.poll(price).toBeLessThan(two);
  await expect(cell.frame.locator('[data-what-if]')).toContainText('the ledger goes from ε = 0');
});
