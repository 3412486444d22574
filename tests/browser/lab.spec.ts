/** Notebooks of one's own: from a lesson to a file and back, with everything kept on the way. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { CellPage } from './cells';

const items = (page: Page) => page.locator('[data-lab-item]');
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
const saved = (page: Page) => expect(page.locator('[data-saved]')).toHaveAttribute('data-saved', 'saved');

test('a lesson is made one’s own, changed, run, undone, kept, taken along and brought back', {
  tag: '@once',
}, async ({ page }) => {
  // The settings of the lesson's page come along.
  await page.goto('./lessons/what-dp-promises/#v=1&eps=2');
  await page.getByRole('button', { name: 'Tools' }).click();
  await page.getByRole('link', { name: 'Make it yours' }).click();
  await expect(page).toHaveURL(/\/lab\/#n=/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What differential privacy promises');
  const mechanism = page.locator('[data-cell^="mechanism-"]');
  await expect(mechanism).toHaveAttribute('data-state', 'done');
  await expect(mechanism.getByRole('textbox', { name: 'Privacy ε, value' })).toHaveValue('2');
  const count = await items(page).count();
  expect(count).toBeGreaterThan(15);

  // Text.
  await button(page, 'Edit cell 1').click();
  await page
    .getByRole('textbox', { name: 'Cell 1: Markdown' })
    .fill('## My own beginning\n\nWith **words**.');
  await button(page, 'Done with cell 1').click();
  await expect(page.getByRole('heading', { name: 'My own beginning' })).toBeVisible();

  // A run, which has a row; its settings are those of the cell.
  const row = page.locator('[data-run="mechanism"]').first();
  await expect(row).toContainText('Privacy ε 2');

  // Code, run.
  await button(page, 'Add code at the end').click();
  const code = items(page).last().locator('[data-cell^="code-"]');
  await code.getByRole('textbox', { name: /code$/ }).fill('console.log(6 * 7);');
  await code.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(code.getByRole('log')).toContainText('42');

  // The same cell of the site a second time, with settings of its own.
  await button(page, 'Add experiment at the end').click();
  await page.getByRole('searchbox').fill('with you without');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /With you, and without you/ })
    .click();
  await expect(items(page)).toHaveCount(count + 2);
  const second = page.locator('[data-cell^="mechanism-"]').last();
  await expect(second).toHaveAttribute('data-state', 'done');
  const epsilon = second.getByRole('textbox', { name: 'Privacy ε, value' });
  await epsilon.fill('0.5');
  await epsilon.press('Enter');
  await expect(mechanism.first().getByRole('textbox', { name: 'Privacy ε, value' })).toHaveValue('2');
  await expect(page.locator('[data-run="mechanism"]')).toHaveCount(2);
  await expect(page.locator('[data-run="mechanism"]').last()).toContainText('Privacy ε 0.5');

  // Undo and redo, by key and by button; the focus goes to what changed.
  await button(page, `Delete cell ${count + 2}`).click();
  await expect(items(page)).toHaveCount(count + 1);
  await page.keyboard.press('Control+z');
  await expect(items(page)).toHaveCount(count + 2);
  await expect(items(page).last()).toBeFocused();
  await expect(items(page).last().getByRole('textbox', { name: 'Privacy ε, value' })).toHaveValue('0.5');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(items(page).nth(count).locator('[data-cell^="mechanism-"]')).toBeVisible();
  await button(page, /^Undo: move/).click();
  await button(page, /^Redo: move/).click();
  await expect(items(page).nth(count).locator('[data-cell^="mechanism-"]')).toBeVisible();

  // Compare.
  for (const run of await page.locator('[data-run="mechanism"]').all())
    await run.getByRole('checkbox').check();
  await expect(page.getByRole('row', { name: /^Privacy ε ?≠ 2 0\.5/ })).toBeVisible();
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`),
  ).toEqual([]);

  // Kept, also what was changed in the last moment.
  await saved(page);
  await epsilon.fill('0.7');
  await epsilon.press('Enter');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'My own beginning' })).toBeVisible();
  await expect(items(page)).toHaveCount(count + 2);
  await expect(items(page).last().getByText('console.log(6 * 7);')).toBeVisible();
  // A cell of the site comes when one is near it.
  await second.scrollIntoViewIfNeeded();
  await expect(epsilon).toHaveValue('0.7');
  const last = page.locator('[data-run="mechanism"]').last();
  await expect(last).toContainText('Privacy ε 0.7');
  // In the words of the lesson, not of the code.
  await expect(last).toContainText('best guesser is right');

  // On paper: what was found, and nothing that only a hand could use.
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('[data-lab-bar]')).toBeHidden();
  await expect(second.locator('input[type=range]').first()).toBeHidden();
  await expect(page.locator('[data-run="mechanism"]').first()).toBeVisible();
  await page.emulateMedia({ media: null });

  // Elsewhere one reads what was found: figures, pictures, the table of runs.
  await button(page, 'Export').click();
  const leaving = page.waitForEvent('download');
  await button(page, 'Export as .ipynb (Jupyter)').click();
  const jupyter = JSON.parse(await readFile(await (await leaving).path(), 'utf8'));
  const outputs = jupyter.cells.flatMap((cell: { outputs?: { data?: object }[] }) => cell.outputs ?? []);
  expect(outputs.some(({ data }: { data?: object }) => data && 'image/png' in data)).toBe(true);
  expect(jupyter.cells.at(-1).source.join('')).toContain('best guesser is right');

  // Taken along, and brought back: as a copy, whose code has not run.
  await button(page, 'Export').click();
  const download = page.waitForEvent('download');
  await button(page, 'Export as JSON').click();
  const file = await (await download).path();
  const exported = JSON.parse(await readFile(file, 'utf8'));
  expect(exported.notebook.cells).toHaveLength(count + 2);
  expect(exported.results.runs.length).toBeGreaterThanOrEqual(2);
  await button(page, '← All notebooks').click();
  await page.locator('input[type=file]').setInputFiles({
    name: 'mine.json',
    mimeType: 'application/json',
    buffer: await readFile(file),
  });
  await expect(page.getByText(/Imported “What differential privacy promises”.*has not run/)).toBeVisible();
  await expect(page.locator('[data-notebook]')).toHaveCount(2);
  await page.locator('[data-notebook] a').first().click();
  await expect(items(page)).toHaveCount(count + 2);
  const stranger = items(page).last().locator('[data-cell^="code-"]');
  await expect(stranger.getByText('This code came with a link or a file.')).toBeVisible();
  await expect(stranger).toHaveAttribute('data-state', 'idle');
  await expect(stranger.locator('[role=log] > *')).toHaveCount(0);
});

test('files that are none are refused in words; two tabs never write over each other; a phone is wide enough', {
  tag: '@once',
}, async ({ page, context }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('./lab/');
  const put = (name: string, text: string) =>
    page.locator('input[type=file]').setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });
  await put('a.json', '{"format":"something"}');
  await expect(page.locator('[data-problem]')).toContainText('no notebook of this site');
  await put(
    'b.ipynb',
    '{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","source":"![x](https://example.com/spy.png) <img src=x onerror=alert(1)>"}]}',
  );
  await expect(page.getByText(/Imported “b”/)).toBeVisible();
  await expect(page.locator('[data-problem]')).toHaveCount(0);

  await page.locator('[data-notebook] a').click();
  // Nothing is loaded from elsewhere, and nothing in a text is HTML.
  await expect(page.getByText('picture, not loaded: x')).toBeVisible();
  await expect(page.locator('.lab-item img')).toHaveCount(0);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(items(other)).toHaveCount(1);
  const title = (of: Page) => of.getByRole('textbox', { name: 'Title of the notebook' });
  await title(other).fill('Theirs');
  await saved(other);
  // One that has nothing of its own to lose follows.
  await expect(title(page)).toHaveValue('Theirs');
  await other.close();

  await button(page, 'Add experiment at the end').click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Ask, and pay/ })
    .click();
  await expect(page.locator('[data-cell^="ask-"]')).toBeVisible();
  await expect(page.locator('[data-cell^="ask-"] [data-command="run"]')).toBeVisible();
  // A sweep tells its price, fills the table of runs, and leaves the settings as they were.
  await button(page, 'Sweep a setting of cell 2').click();
  const sweep = page.locator('[data-sweep]');
  await sweep.getByRole('combobox').selectOption({ label: 'ε of one answer' });
  await sweep.getByRole('textbox', { name: 'From' }).fill('0.05');
  await sweep.getByRole('textbox', { name: 'To' }).fill('0.1');
  await sweep.getByRole('textbox', { name: 'Values' }).fill('2');
  await expect(sweep.locator('[data-sweep-values]')).toContainText('2 runs: 0.05, 0.1.');
  await sweep.getByRole('button', { name: 'What would it cost?' }).click();
  await expect(sweep.locator('[data-what-if]')).toContainText(/from ε = 0 to 0\.1/);
  await sweep.getByRole('button', { name: 'Run all 2' }).click();
  await expect(page.locator('[data-sweep-end="finished"]')).toContainText('2 of 2 runs are in the table');
  await expect(page.locator('[data-run="ask"]')).toHaveCount(2);
  await expect(page.locator('[data-run-labels] summary')).toContainText('2 private runs');
  await expect(page.locator('[data-run-plot]')).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);

  await saved(page);
  await button(page, '← All notebooks').click();
  await button(page, 'Delete: Theirs').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.locator('[data-notebook]')).toHaveCount(0);
  await button(page, 'Undo').click();
  await expect(page.locator('[data-notebook]')).toHaveCount(1);
});

test('a run that was saved opens in the lab: its cell, its settings, its row; what is none is refused', async ({
  page,
}, info) => {
  test.skip(info.project.name !== 'no-gpu', 'nothing here depends on the backend; once is enough');
  await page.goto('./lessons/a-budget-across-runs/');
  const cell = page.locator('[data-cell="compose"]');
  const delta = cell.getByRole('textbox', { name: 'Slack δ, value' });
  await new CellPage(page, 'compose').wakes();
  await delta.fill('1e-6');
  await delta.press('Enter');
  await cell.getByRole('button', { name: 'Add ten' }).click();
  await expect(cell).toHaveAttribute('data-state', 'done');
  await cell.getByRole('button', { name: 'More about “Run after run”' }).click();
  const download = page.waitForEvent('download');
  await cell.getByRole('button', { name: 'Save this run as JSON' }).click();
  const run = await readFile(await (await download).path(), 'utf8');

  await page.goto('./lab/');
  const put = (text: string) =>
    page
      .locator('input[type=file]')
      .setInputFiles({ name: 'run.json', mimeType: '', buffer: Buffer.from(text) });
  await put(run.slice(0, -200));
  await expect(page.locator('[data-problem="record-unreadable"]')).toContainText('save it again');
  await put(run.replace('"cell": "compose"', '"cell": "of-tomorrow"'));
  await expect(page.locator('[data-problem="record-unknown-cell"]')).toContainText('of-tomorrow');
  await expect(page.locator('[data-notebook]')).toHaveCount(0);
  // Far out of range: brought into it when its cell reads it.
  await put(run.replace(/(#v=1[^"]*delta=)[^&"]*/, '$15'));
  await put(run);
  await expect(page.getByText('Imported “Run after run”, 1 cell. Its run is in the table')).toBeVisible();
  await expect(page.locator('[data-problem]')).toHaveCount(0);
  await expect(page.locator('[data-notebook]')).toHaveCount(2);

  await page.locator('[data-notebook] a').first().click();
  const live = page.locator('[data-cell^="compose-"]');
  await expect(live).toHaveAttribute('data-state', 'done');
  await expect(live.getByRole('textbox', { name: 'Slack δ, value' })).toHaveValue('1e-6');
  await expect(live.getByText('18 ×')).toBeVisible();
  const rows = page.locator('[data-run="compose"]');
  // The one from the file, and the one that its cell has run here.
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('Slack δ 1e-6');
  await expect(rows.first()).toContainText('opened from a file, not run here');
  await expect(rows.last()).not.toContainText('from a file');
  await page.reload();
  await expect(rows.first()).toContainText('Slack δ 1e-6');

  await button(page, '← All notebooks').click();
  await page.locator('[data-notebook] a').last().click();
  await expect(page.getByText(/Slack δ: 5 is beyond/).first()).toBeVisible();
});
