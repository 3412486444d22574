/** The ledger as a learner meets it: charged by a cell, shown on every page, kept, refused, raised, moved, forgotten. */
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { ask, LEDGER, LESSON, openLedger } from './support/register';

/** The register is one account; its ε stands in the header. */
const headerTotal = (page: Page) => page.locator('[data-header-total]');

test('an answer is charged, seen on every page, and still there after a reload', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  await expect(headerTotal(page)).toHaveAttribute('data-header-total', '0');
  await ask(page, 2);
  await expect(headerTotal(page)).toHaveAttribute('data-header-total', /^0\.(2|1999)/);
  await page.reload();
  await expect(headerTotal(page)).toHaveAttribute('data-header-total', /^0\.2/);
  await page.goto('./about/');
  await expect(headerTotal(page)).toHaveAttribute('data-header-total', /^0\.2/);
  await openLedger(page);
  await expect(page.locator('[data-event]')).toHaveCount(2);
  await expect(page.locator('[data-account="Register of people"]')).toContainText('2 charges');
});

test('a second tab sees a charge at once', { tag: '@once' }, async ({ page, context }) => {
  await openLedger(page);
  await expect(page.getByText('Nothing has been charged yet')).toBeVisible();
  const other = await context.newPage();
  await other.goto(LESSON);
  await ask(other, 1);
  await expect(page.locator('[data-event]')).toHaveCount(1);
});

test('a budget raised knowingly is recorded, and the run goes on', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&eps1=0.8`);
  const cell = await ask(page, 1);
  await cell.button('Ask').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why the budget is raised').fill('one more, for the class');
  await dialog.getByRole('button', { name: /^Raise to/ }).click();
  await expect(page.locator('ol[aria-label="Answers so far"] li')).toHaveCount(2);
  await openLedger(page);
  await expect(page.locator('[data-account="Register of people"]')).toContainText('budget 1.6');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export JSON', exact: true }).click();
  const file = JSON.parse(readFileSync((await (await saving).path())!, 'utf8')) as {
    accounts: { budgets: { epsilon: number; reason: string }[] }[];
  };
  expect(file.accounts[0]!.budgets.map(({ reason }) => reason)).toContain('one more, for the class');
});

test('the ledger moves to another browser by a file, once', { tag: '@once' }, async ({ page, browser }) => {
  await page.goto(LESSON);
  await ask(page, 2);
  await openLedger(page);
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all as CSV' }).click();
  const path = (await (await saving).path())!;

  const elsewhere = await browser.newContext();
  const other = await elsewhere.newPage();
  await other.goto(new URL(LEDGER, page.url().replace(/ledger\/.*$/, '')).href);
  await expect(other.locator('[data-ledger="ready"]')).toBeVisible();
  const csv = { name: 'ledger.csv', mimeType: 'text/csv', buffer: readFileSync(path) };
  await other.getByLabel('Ledger file to import').setInputFiles(csv);
  await expect(other.locator('[data-import-report]')).toContainText('2 new events');
  await other.getByLabel('Ledger file to import').setInputFiles(csv);
  await expect(other.locator('[data-import-report]')).toContainText('2 events known already');
  await expect(other.locator('[data-event]')).toHaveCount(2);

  const damaged = Buffer.from(csv.buffer.toString('utf8').replace('0.1', '0.01'));
  await other.getByLabel('Ledger file to import').setInputFiles({ ...csv, buffer: damaged });
  await expect(other.locator('[data-import-report]')).toContainText('changed or damaged');
  await expect(other.locator('[data-event]')).toHaveCount(2);
  await elsewhere.close();
});

test('notes stay, runs compare, filters filter, and only “forget” removes', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&ask=smokes`);
  await ask(page, 1);
  await page.goto('./');
  await page.goto(`${LESSON}#v=1&ask=ill&eps1=0.2`);
  await ask(page, 1);
  await openLedger(page);

  await page.getByRole('button', { name: /How many smoke/ }).click();
  await page.getByLabel('Note').fill('asked in class');
  await page.getByRole('button', { name: 'Keep the note' }).click();
  // Shown once it is stored.
  await expect(page.getByText('“asked in class”')).toBeVisible();
  await page.reload();
  await expect(page.getByText('“asked in class”')).toBeVisible();

  for (const box of await page.getByRole('checkbox', { name: /^Compare/ }).all()) await box.check();
  const compared = page.getByRole('region', { name: 'Two runs compared' });
  await expect(compared).toContainText('ε alone (PLD)');
  await compared.getByRole('button', { name: 'Close' }).click();

  await page.getByLabel('Search').fill('smoke');
  await expect(page.locator('[data-event]')).toHaveCount(1);
  await page.getByLabel('Search').fill('');

  await page.getByRole('button', { name: 'Forget this data set …' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('It gives no privacy back');
  await expect(dialog.getByRole('button', { name: 'Forget this data set' })).toBeDisabled();
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Forget this data set' }).click();
  await expect(page.getByText('Nothing has been charged yet')).toBeVisible();
  await page.reload();
  await expect(page.getByText('Nothing has been charged yet')).toBeVisible();
  await page.getByText('Forgotten data sets').click();
  await expect(page.getByText('It still is.')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in a ledger with events (${theme})`, { tag: '@once' }, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await page.goto(LESSON);
    await ask(page, 3);
    await openLedger(page);
    await page
      .getByRole('button', { name: /How many are ill/ })
      .first()
      .click();
    for (const index of [0, 1])
      await page
        .getByRole('checkbox', { name: /^Compare/ })
        .nth(index)
        .check();
    const found = async () => {
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target.join(' ')).join(' | ')}`);
    };
    expect(await found()).toEqual([]);
    for (const name of ['Change the budget', 'Forget this data set …']) {
      await page.getByRole('button', { name }).click();
      expect(await found()).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
}

test('a ledger that was cleared while no page was open is missed', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  await ask(page, 1);
  await openLedger(page);
  await expect(page.locator('[data-ledger-lost]')).toHaveCount(0);
  // A picture has no script of ours: nobody is there to write the records back.
  await page.goto('./icon.svg');
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase('epsilon-ledger');
        request.onsuccess = resolve;
        request.onerror = reject;
      }),
  );
  await openLedger(page);
  await expect(page.locator('[data-ledger-lost]')).toContainText('1 charge');
  await expect(page.locator('[data-ledger-lost]')).toContainText('only a lower bound');
  await expect(headerTotal(page)).toContainText('≥');
  // A new charge does not make good for the old one's absence, but an export of it would.
  await page.reload();
  await expect(page.locator('[data-ledger-lost]')).toBeVisible();
});

test('one record that cannot be read hides nothing of what was spent, and can be taken away', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lessons/a-budget-across-runs/');
  const cell = page.locator('[data-cell="ask"]');
  await cell.locator('[data-command="run"]').click();
  await expect(cell).toHaveAttribute('data-state', 'done');
  await page.goto('./ledger/');
  const spent = page.locator('[data-account] dd').first();
  await expect(spent).toHaveText(/^0\.\d/);
  const before = await spent.textContent();
  await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((done) => {
      const opening = indexedDB.open('epsilon-ledger');
      opening.onsuccess = () => done(opening.result);
    });
    const writing = database.transaction('events', 'readwrite');
    writing.objectStore('events').put({ id: 'broken', garbage: true });
    await new Promise((done) => {
      writing.oncomplete = done;
    });
    database.close();
  });
  for (let visit = 0; visit < 2; visit++) {
    await page.reload();
    await expect(spent).toHaveText(`≥ ${before}`);
    await expect(headerTotal(page)).toContainText(/≥ 0\.\d/);
    await expect(page.locator('[data-ledger-set-aside="1"]')).toContainText(
      'What 1 charge came to is unknown',
    );
  }
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export what was set aside' }).click();
  const file = await (await saving).createReadStream();
  let text = '';
  for await (const part of file) text += part;
  expect(JSON.parse(text).records).toMatchObject([
    { store: 'events', value: { id: 'broken', garbage: true } },
  ]);
});

test('before the ledger is read the header does not say that nothing was spent', { tag: '@once' }, async ({
  browser,
  baseURL,
}) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(baseURL!);
  await expect(headerTotal(page)).toHaveAttribute('aria-label', 'Privacy ledger: not read yet');
  await expect(headerTotal(page)).not.toContainText('0');
  await context.close();
});
