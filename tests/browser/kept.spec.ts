/** What is kept in the browser, found by a walk through the site, against the list that the page about it shows. */
import { expect, type Page, test } from '@playwright/test';
import { KEPT, keptUnder, NAMES, type Place } from '@/lib/kept';
import { CellPage } from './cells';

/** Everything there is, place by place. */
async function found(page: Page): Promise<[Place, string][]> {
  return page.evaluate(async () => {
    const all: [Place, string][] = [];
    for (let i = 0; i < localStorage.length; i++) all.push(['local storage', localStorage.key(i)!]);
    for (let i = 0; i < sessionStorage.length; i++)
      all.push(['local storage', `session: ${sessionStorage.key(i)}`]);
    for (const { name } of await indexedDB.databases()) all.push(['database', name!]);
    for (const name of await caches.keys()) all.push(['cache', name]);
    const root = (await navigator.storage.getDirectory()) as FileSystemDirectoryHandle & {
      keys(): AsyncIterable<string>;
    };
    for await (const name of root.keys()) all.push(['private files', name]);
    if (document.cookie !== '') all.push(['local storage', `cookie: ${document.cookie}`]);
    return all;
  });
}

test('nothing is kept that the page about this site does not name', { tag: '@once' }, async ({ page }) => {
  test.slow();
  const seen = new Map<string, [Place, string]>();
  const look = async () => {
    for (const [place, name] of await found(page)) seen.set(`${place} ${name}`, [place, name]);
  };

  await page.goto('./');
  await page
    .getByRole('button', { name: /^Colours/ })
    .first()
    .click();
  await look();

  // A question, a release that is charged, a training that leaves features and checkpoints.
  await page.goto('./lessons/healthcare/');
  const release = new CellPage(page, 'release');
  await release.button('Release').click();
  await release.settles();
  await look();
  await page.goto('./lessons/training-with-dp-sgd/#v=1&steps=20');
  const train = new CellPage(page, 'train');
  await train.button('Run').click();
  await train.settles();
  await look();

  await page.goto('./lab/');
  await page.getByRole('button', { name: 'New notebook' }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Untitled notebook' })).toBeFocused();
  await page
    .getByRole('button', { name: /^Add text/ })
    .first()
    .click();
  await page.keyboard.type('A note of mine');
  await look();
  await page.waitForTimeout(1500);
  await look();
  for (const path of ['./ledger/', './glossary/', './embed/', './teach/', './lessons/']) {
    await page.goto(path);
    await look();
  }

  await page.goto('./about/');
  await look();
  const unnamed = [...seen.values()].filter(([place, name]) => keptUnder(place, name) === null);
  expect(unnamed).toEqual([]);
  // The walk was no walk if it met nothing.
  const met = new Set([...seen.values()].map(([place, name]) => keptUnder(place, name)?.name));
  for (const name of [NAMES.theme, NAMES.ledger, NAMES.witness, NAMES.progress, NAMES.notebooks, NAMES.rows])
    expect([...met], name).toContain(name);

  const list = page.locator('[data-kept]');
  for (const { what, name } of KEPT) {
    await expect(list).toContainText(what);
    await expect(list).toContainText(name);
  }
});
