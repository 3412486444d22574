/** The last lesson, the glossary, and what is kept of a learner's progress. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

const LESSON = './lessons/which-protection/';

test('the table is filled in, checked, explained, and travels in the link', { tag: '@once' }, async ({
  page,
}) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'matrix');
  const pair = (control: string, threat: string) => `${control}, against: ${threat}`;
  const thief = 'A thief copies the database from the server';
  // Until it has come to life, a choice is not heard.
  await cell.wakes();
  await cell.frame.getByLabel(pair('Data security', thief), { exact: true }).selectOption('yes');
  await expect(cell.frame.locator('[data-score]')).toHaveText('1 of 45 filled in.');
  await cell.frame.getByLabel(pair('Differential privacy', thief), { exact: true }).selectOption('yes');
  await expect(cell.frame.locator('[data-score]')).toHaveText('2 of 45 filled in.');
  await cell.button('Check').click();
  await cell.settles();
  await expect(cell.frame.locator('[data-score]')).toContainText('1 of 2 as we see it; 43 still open');
  await expect(cell.frame.locator('[data-mark="right"]')).toHaveCount(1);
  await expect(cell.frame.locator('[data-mark="wrong"]')).toHaveCount(1);
  await cell.button(`Why? ${pair('Differential privacy', thief)}`).click();
  const why = cell.frame.getByRole('region', { name: 'Why', exact: true });
  await expect(why).toBeFocused();
  await expect(why).toContainText('Differential privacy? no.');

  // Changing a checked answer takes its mark away, until it is checked again.
  await cell.frame.getByLabel(pair('Differential privacy', thief), { exact: true }).selectOption('no');
  await expect(cell.frame.locator('[data-mark="wrong"]')).toHaveCount(0);
  await cell.button('Fill in the rest for me').click();
  await cell.button('Check').click();
  await expect(cell.frame.locator('[data-score]')).toContainText('45 of 45 as we see it');
  const { violations } = await new AxeBuilder({ page }).include('[data-cell="matrix"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await expect(page).toHaveURL(/m=/);
  await page.reload();
  await expect(cell.frame.getByLabel(pair('Differential privacy', thief), { exact: true })).toHaveValue('no');

  // Checking nothing is answered by what to do.
  await cell.button('Empty the table').click();
  await cell.button('Check').click();
  await cell.settles();
  await expect(cell.frame.locator('[data-score]')).toContainText('Nothing is filled in yet.');
});

test('the game: shields are put on by keyboard, the attack comes, and the link remembers', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'shields');
  await cell.settles();
  const heading = cell.frame.locator('[data-threat]');
  await expect(heading).toContainText('A thief copies the database from the server');
  const shield = (name: string) => cell.frame.getByRole('checkbox', { name: new RegExp(`^${name}`) });
  await shield('Data security').focus();
  await page.keyboard.press('Space');
  await shield('Differential privacy').check();
  await cell.button('Let the attack come').click();
  const outcome = cell.frame.locator('[data-outcome]');
  await expect(outcome).toHaveAttribute('data-outcome', 'stopped');
  await expect(outcome).toContainText('Put on in vain: Differential privacy.');
  await expect(cell.frame.locator('[data-lane] [data-effect="no"]')).toContainText('lets it through');
  await expect(cell.frame.locator('[data-explanation]').first()).toContainText('Data security? yes.');
  await cell.button('Try other shields').click();
  await shield('Differential privacy').uncheck();
  await cell.button('Let the attack come').click();
  await expect(outcome).toContainText('Well chosen.');
  await expect(cell.frame.locator('[data-score]')).toHaveText('1 of 1 well chosen; 8 to come.');
  await cell.button('Next attack').click();
  await expect(heading).toBeFocused();
  await expect(heading).toContainText('Attack 2 of 9');
  const { violations } = await new AxeBuilder({ page }).include('[data-cell="shields"]').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await expect(page).toHaveURL(/g=2--------/);

  // All nine have come: the filled table, with what was put on.
  await page.goto(`${LESSON}?again#v=1&g=221ggg833`);
  const poster = cell.frame.locator('[data-matrix-poster]');
  await expect(poster.getByRole('img', { name: /Which protection for which threat/ })).toBeVisible();
  await poster.getByRole('button', { name: 'Show as table' }).click();
  await expect(poster.getByRole('row')).toHaveCount(10);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test('cases are decided with a reason for each option', { tag: '@once' }, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'quiz');
  await cell.wakes();
  expect(await cell.state()).toBe('idle');
  const keyboard = cell.frame.getByRole('group', { name: '1. A keyboard' });
  await keyboard.getByRole('radio').first().check();
  await expect(cell.frame.locator('[data-reason="keyboard"]')).toContainText('Not quite.');
  await keyboard.getByRole('radio', { name: /Local differential privacy/ }).check();
  await expect(cell.frame.locator('[data-reason="keyboard"]')).toContainText('Yes.');
  await expect(cell.frame.locator('[data-score]')).toContainText('1 of 1');
});

test('what was done is ticked off in this browser, without answers, and forgotten when told to', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./lessons/');
  await expect(page.locator('[data-progress]')).toHaveCount(0);
  await page.goto(LESSON);
  await page.getByText('Which of these four alone').first().click();
  await page.getByRole('radio', { name: 'Federated learning.', exact: true }).check();
  await new CellPage(page, 'matrix').button('Check').click();
  await page.goto('./lessons/');
  const ticks = page.locator('[data-progress="which-protection"]');
  await expect(ticks).toContainText('opened');
  await expect(ticks).toContainText('1 question answered');
  await expect(ticks).toContainText('1 cell run');
  const stored = await page.evaluate(() => localStorage.getItem('epsilon-playground:progress'));
  expect(stored).not.toContain('Federated');
  await page.getByRole('button', { name: 'Forget my progress' }).click();
  await expect(page.locator('[data-progress]')).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.getItem('epsilon-playground:progress'))).toBeNull();
});

test('an embed leaves no tick, and the glossary is searched', { tag: '@once' }, async ({ page }) => {
  await page.goto('./embed/what-dp-promises/mechanism/?run=auto');
  await new CellPage(page, 'mechanism').settles();
  expect(await page.evaluate(() => localStorage.getItem('epsilon-playground:progress'))).toBeNull();
  await page.goto('./glossary/#epsilon');
  await expect(page.locator('#epsilon')).toBeInViewport();
  await page.getByRole('searchbox', { name: 'Find a word' }).fill('secure agg');
  await expect(page.locator('dl > div')).toHaveCount(1);
  await expect(page.locator('[data-found]')).toContainText('1 of');
  await page.getByRole('searchbox', { name: 'Find a word' }).fill('zzz');
  await expect(page.locator('[data-found]')).toContainText('No word for “zzz”');
});

test('a deployment is found, opened by keyboard and taken to the sliders; a claim is typed and taken apart', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'deployments');
  await cell.settles();
  await cell.frame.getByRole('searchbox', { name: 'Find' }).fill('keyboard');
  await expect(cell.frame.locator('[data-row]')).toHaveCount(1);
  await cell.frame.getByRole('searchbox', { name: 'Find' }).fill('linkedin');
  await cell.frame.getByRole('button', { name: 'LinkedIn, 2020' }).last().focus();
  await page.keyboard.press('Enter');
  const detail = cell.frame.locator('[data-deployment="linkedin-audience"]');
  await expect(detail).toContainText('34.9');
  await expect(detail).toContainText('it is for one month');
  await expect(detail.getByRole('link', { name: 'One answer at this ε' })).toHaveAttribute(
    'href',
    /eps=34\.9/,
  );
  await expect(page).toHaveURL(/dpick=linkedin-audience/);

  const claim = new CellPage(page, 'claim');
  await claim.settles();
  await claim.frame
    .getByRole('textbox', { name: 'The claim' })
    .fill('ε = 0,5 per week, user-level, tuned on public data');
  await expect(claim.frame.locator('[data-question="period"]')).toContainText('ε = 26');
  await expect(claim.frame.locator('[data-question="unit"]')).toHaveAttribute('data-said', 'said');
  await claim.frame.getByRole('textbox', { name: 'The claim' }).fill('trust us');
  await expect(claim.frame.locator('[data-verdict]')).toContainText('nothing about differential privacy');
  const { violations } = await new AxeBuilder({ page })
    .include('[data-cell="deployments"]')
    .include('[data-cell="claim"]')
    .analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
