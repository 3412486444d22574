/** The lesson as a learner meets it: a short run, its boxes, its file on noisy pictures, a Stop, a reload, and the bill. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { zlibSync } from 'fflate';
import { randomModel, writeCheckpoint } from '../unit/detection/checkpoint/support/checkpoint-writer';
import { CellPage } from './cells';

test('trains both, looks at noisy pictures, opens its own file and refuses another', {
  tag: '@once',
}, async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./lessons/a-privately-trained-detector/#v=1&steps=12');
  const cell = new CellPage(page, 'train-detector');
  await expect(cell.frame.getByText('Recorded: mAP50 against ε')).toBeVisible();
  await cell.button('Run').click();
  await cell.reaches('done');
  await expect(cell.frame.getByRole('list', { name: 'Test scenes as both models see them' })).toBeVisible();
  expect(await cell.figure('Plain mAP50')).toBeGreaterThan(20);
  const saved = page.waitForEvent('download');
  await cell.button('Save the private detector').click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('scene-detector-private.safetensors');
  const head = await cell.notebookFor('Train a detector, twice', /^YOLO-head notebook/);
  expect(head).toContain('STEPS = 12');

  // Both look at noisy pictures; so does the file, once it is opened, and it sees what the private one sees.
  const look = new CellPage(page, 'detector-noise');
  const input = look.frame.locator('input[type=file]');
  await look.type('Noise on the pictures', '0');
  await look.settles();
  const clear = await look.figure('Plain, mAP50');
  await input.setInputFiles(await download.path());
  await expect(look.frame.locator('dd[data-figure="Your file, mAP50"]')).toBeVisible();
  expect(await look.figure('Your file, mAP50')).toBe(await look.figure('Private, mAP50'));
  await look.type('Noise on the pictures', '0.6');
  await look.settles();
  expect(await look.figure('Plain, mAP50')).toBeLessThan(clear / 2);
  await input.setInputFiles({ name: 'x.safetensors', mimeType: '', buffer: Buffer.from('no detector') });
  await look.reaches('failed');
  await expect(look.frame.getByText(/has saved/).first()).toBeVisible();

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
});

test('a run that is stopped is charged whole, and one that a reload cut off goes on', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lessons/a-privately-trained-detector/#v=1&steps=400');
  const cell = new CellPage(page, 'train-detector');
  const reaches = (step: number) =>
    expect
      .poll(async () => Number((await cell.frame.textContent())?.match(/(\d+) of 400/)?.[1] ?? 0), {
        intervals: [50],
      })
      .toBeGreaterThanOrEqual(step);
  await cell.button('Run').click();
  await cell.reaches('running');
  // Before its first step a run has cost nothing, and is refunded.
  await reaches(1);
  await cell.button('Stop').click();
  await cell.reaches('stopped');

  // One that a reload cuts off can go on.
  await cell.button('Run').click();
  await reaches(20);
  await page.reload();
  const proceed = cell.frame.getByRole('button', { name: /^Continue the run from step [1-9]/ });
  await proceed.click();
  await cell.reaches('running');
  await cell.button('Stop').click();
  await cell.reaches('stopped');
  await expect(proceed).toHaveCount(0);

  await page.goto('./ledger/');
  await expect(page.getByText('Digit scenes of 2,000 people').first()).toBeVisible();
  await expect(page.getByText('Detector head without privacy').first()).toBeVisible();
  // Two runs that were stopped, each with its plain twin; none is left open.
  await expect(page.getByText(/stopped, charged whole/)).toHaveCount(4);
  await expect(page.getByText('interrupted')).toHaveCount(0);
});

test('a sweep puts its points beside the recorded ones; the rare symbol is sought with its person and without', {
  tag: '@once',
}, async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto('./lessons/a-privately-trained-detector/#v=1&gridsteps=5&gridnoise=seeded&symsteps=10');
  const sweep = new CellPage(page, 'sweep-detector');
  const finished = async () =>
    Number(await sweep.frame.locator('[data-finished]').getAttribute('data-finished'));
  await sweep.button('Run').click();
  await expect.poll(finished, { timeout: 120_000, intervals: [50] }).toBeGreaterThanOrEqual(1);
  await sweep.button('Stop').click();
  await sweep.reaches('stopped');
  const before = await finished();
  await page.reload();
  await expect.poll(finished).toBe(before);
  await sweep.button(before < 4 ? 'Run the rest' : 'Run').click();
  await sweep.settles();
  expect(await finished()).toBe(4);
  for (const name of ['0.5', '2', '8', 'plain'])
    await expect(sweep.frame.locator(`[data-row="${name}"] td`).first()).toHaveText('1');

  const symbol = new CellPage(page, 'rare-symbol');
  await expect(symbol.frame.locator('[data-recorded-symbol] tbody tr')).toHaveCount(4);
  await symbol.button('Run').click();
  await symbol.reaches('done');
  for (const who of ['plainWith', 'plainWithout', 'privateWith', 'privateWithout'])
    await expect(symbol.frame.locator(`[data-head="${who}"]`)).toHaveCount(1);
  await expect(symbol.frame.locator('[data-head="plainWithout"]')).toHaveAttribute('data-found', 'false');

  await page.goto('./ledger/');
  for (const title of [
    'Sweep over ε: a run at ε = 8',
    'The rare symbol: a head by DP-SGD, without that person',
    'The rare symbol: a head without privacy',
  ])
    await expect(page.getByText(title).first()).toBeVisible();
  await expect(page.getByText('interrupted')).toHaveCount(0);
});

/** A white picture of 40 × 40 with a black square, as a PNG. */
function png(left: number, top: number, side: number): Uint8Array {
  const rows = new Uint8Array(40 * 41).fill(255);
  for (let y = 0; y < 40; y++) {
    rows[41 * y] = 0;
    if (y >= top && y < top + side) rows.fill(0, 41 * y + 1 + left, 41 * y + 1 + left + side);
  }
  const crcOf = (bytes: Uint8Array) => {
    let crc = -1;
    for (const byte of bytes) {
      crc ^= byte;
      for (let k = 0; k < 8; k++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
  };
  const chunk = (name: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const framed = Buffer.alloc(body.length + 8);
    framed.writeUInt32BE(data.length);
    framed.set(body, 4);
    framed.writeUInt32BE(crcOf(body), body.length + 4);
    return framed;
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(40);
  header.writeUInt32BE(40, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    ...[chunk('IHDR', header), chunk('IDAT', zlibSync(rows)), chunk('IEND', new Uint8Array())],
  ]);
}

test('a labelled folder of one’s own is learnt from, on an account of its own', { tag: '@once' }, async ({
  page,
}) => {
  const folder = await mkdtemp(join(tmpdir(), 'squares-'));
  const bare = await mkdtemp(join(tmpdir(), 'bare-'));
  try {
    for (let i = 0; i < 70; i++) {
      const [left, top, side] = [i % 20, (3 * i) % 17, 12 + (i % 5)];
      const label = [left + side / 2, top + side / 2, side, side].map((value) => value / 40).join(' ');
      await writeFile(join(folder, `${i}.png`), png(left, top, side));
      await writeFile(join(folder, `${i}.txt`), `${i % 2} ${label}\n`);
      if (i < 3) await writeFile(join(bare, `${i}.png`), png(left, top, side));
    }
    await page.goto('./lessons/a-privately-trained-detector/#v=1&steps=10');
    const cell = new CellPage(page, 'train-detector');
    await cell.more();
    await cell.frame.getByText('Other people, another backbone').click();
    const input = cell.frame.getByLabel('labelled folder of your own');
    await input.setInputFiles(bare);
    await expect(cell.frame.getByRole('alert')).toContainText('None of the 3 pictures has a label');
    await input.setInputFiles(folder);
    await expect(cell.frame.locator('[data-people]')).toContainText('to learn from');
    await expect(cell.frame.getByRole('alert')).toHaveCount(0);
    await cell.button('Run').click();
    await cell.reaches('done');
    await expect(cell.frame.getByText('In truth there: class').first()).toBeVisible();

    // The same people through a network of somebody else's: its head is not saved.
    await expect(cell.button('Save the private detector')).toBeVisible();
    await cell.frame.getByLabel('Choose a YOLO checkpoint').setInputFiles({
      ...{ name: 'a.pt', mimeType: '' },
      buffer: Buffer.from(writeCheckpoint(randomModel({ seed: 9 }))),
    });
    await expect(cell.frame.locator('[data-backbone]')).not.toHaveAttribute('data-backbone', 'built-in');
    await cell.button('Run').click();
    await cell.reaches('done');
    await expect(cell.button('Save the private detector')).toHaveCount(0);
    await page.goto('./ledger/');
    await expect(page.getByText(/Your pictures \(squares-/).first()).toBeVisible();
  } finally {
    await rm(folder, { recursive: true });
    await rm(bare, { recursive: true });
  }
});

test('habits of a pipeline are switched on, and one of them leaves no guarantee', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto('./lessons/a-privately-trained-detector/');
  const cell = new CellPage(page, 'pipeline');
  await cell.settles();
  const training = cell.frame.locator('[data-figure="Worth, for who is in the training pictures"]');
  await expect(training).toContainText('ε = ');
  await expect(cell.frame.locator('[data-alone="batchNorm"]')).toContainText('no guarantee');
  await cell.frame.getByLabel('Batch norm in training mode', { exact: true }).check();
  await expect(training).toHaveText('no guarantee');
});
