/** The lesson "What differential privacy promises", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/what-dp-promises/';

test('an answer is read out with its odds, by slider and by pointing, for every mechanism', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'mechanism');
  await cell.settles();
  const odds = cell.frame.locator('p[data-odds]');
  await expect(odds).toContainText('2.72 times likelier with you');
  await cell.type('Answer looked at', '41.5');
  await expect(odds).toContainText('as likely in both worlds');
  // Near the left edge of the curves.
  const plot = cell.frame.locator('figure svg.cursor-crosshair');
  await plot.click({ position: { x: 40, y: 60 } });
  await expect(odds).toContainText('2.72 times likelier without you');
  await cell.type('Privacy ε', '2');
  await expect(odds).toContainText('7.39 times likelier without you');
  await cell.more();
  await cell.frame.getByRole('combobox', { name: 'Mechanism', exact: true }).selectOption('gaussian');
  await cell.type('Answer looked at', '53');
  await expect(odds).toContainText('more than e');
  await cell.frame
    .getByRole('combobox', { name: 'Mechanism', exact: true })
    .selectOption('randomised-response');
  await expect(odds).toContainText('7.39 times likelier if you said yes');
  await cell.settles();
  expect(await cell.figure('Best guesser')).toBeCloseTo(88.1, 1);
});

test('one answer is published, and nothing is told of it before the guess', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(`${LESSON}#v=1&eps=8`);
  const cell = new CellPage(page, 'guess');
  await cell.settles();
  const told = cell.frame.locator('[data-guess] p[aria-live]');
  await expect(told).toContainText('A coin decides in secret');
  await cell.button('Publish an answer').click();
  await expect(told).toContainText('is published. Did they take part?');
  expect(await told.textContent()).not.toMatch(/likelier|right|wrong/i);
  await cell.button('They took part').click();
  await expect(told).toContainText(
    /^(Right|Wrong): they (took|did not take) part\. [−\d.]+ is [\d,.]+ times likelier/,
  );
  await expect(told).toContainText(/You guessed [01] of 1 right/);
  expect(await cell.figure('The best guesser is right')).toBeCloseTo(99.1, 1);
  await cell.type('Privacy ε', '1');
  await expect(told).toContainText('A coin decides in secret');
  expect(await cell.figure('The best guesser is right')).toBe(70);
});

test('a file without names is joined, and made coarser until nobody can be named', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'linkage');
  await cell.settles();
  expect(await cell.figure('Alone in the file')).toBe(100);
  await expect(cell.frame.getByRole('table').getByRole('row')).toHaveCount(7);
  await cell.more();
  await cell.frame.getByRole('combobox', { name: 'Birth in the file' }).selectOption('decade');
  await cell.frame.getByRole('combobox', { name: 'Postcode in the file' }).selectOption('district');
  await expect(cell.frame.getByText('Nobody can be named by this join')).toBeVisible();
  expect(await cell.figure('Named')).toBe(0);
  await expect(cell.frame.locator('[data-private-count]')).toContainText('off by');
});

test('one drags oneself out of the data and becomes an outlier, by pointer and by keyboard', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'neighbours');
  await cell.settles();
  await cell.more();
  const you = cell.frame.locator('[data-you]');
  const takesPart = cell.frame.getByRole('checkbox', { name: 'I am in the data' });
  const exact = cell.frame.locator('[data-exact]');
  const before = await exact.textContent();
  await expect(cell.frame.getByText('can compute yours')).toContainText('7.35 thousand');
  await you.press('ArrowUp');
  await expect(cell.field('Your pay')).toHaveValue('7.6');
  await you.press('Space');
  await expect(takesPart).not.toBeChecked();
  await expect(cell.frame.getByText('sees at once that you are not in')).toBeVisible();
  await you.press('Enter');
  await expect(takesPart).toBeChecked();

  await you.scrollIntoViewIfNeeded();
  const from = (await you.boundingBox())!;
  const plot = (await cell.frame.locator('figure').first().locator('svg[height="320"]').boundingBox())!;
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(plot.x + plot.width - 30, plot.y + 60, { steps: 5 });
  await page.mouse.up();
  await expect(takesPart).not.toBeChecked();
  await cell.button('Make me an outlier').click();
  await expect(takesPart).toBeChecked();
  await expect(exact).not.toHaveText(before!);
  await cell.settles();
  expect(await cell.figure('Guessed from one answer')).toBeLessThan(
    (await cell.figure('Nobody can beat')) + 3.2,
  );
});

test('asking again costs ε each time; attackers stay where theory puts them', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'budget');
  await cell.settles();
  expect(await cell.figure('ε in all')).toBe(1);
  await cell.button('Ask once more').click();
  await expect.poll(() => cell.figure('ε in all')).toBe(1.1);
  await cell.type('Times asked', '1000');
  await expect.poll(() => cell.figure('Are you in it? Guessed rightly')).toBeGreaterThan(88);
  const roc = new CellPage(page, 'roc');
  await roc.settles();
  expect(await roc.figure('Best possible here')).toBeCloseTo(39.3, 1);
  expect(await roc.figure('Allowed by the promise')).toBeCloseTo(46.2, 1);
  expect(Math.abs((await roc.figure('Advantage reached')) - 39.3)).toBeLessThan(4);
});

test('a winner is named privately, and an exact count gives a voter away', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'choosing');
  await cell.settles();
  await expect(cell.frame.locator('[data-naive]')).toContainText('names Ada without you and Ben with you');
  expect(await cell.frame.locator('[data-figure="Largest ratio of the two worlds"]').textContent()).toMatch(
    /^× [12]\./,
  );
  await cell.more();
  await cell.type('Lead of the first', '5');
  await expect(cell.frame.locator('[data-naive]')).toContainText('names Ada in both worlds');
});
