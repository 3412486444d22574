/** The lesson "Healthcare", used as a learner would. */
import { expect, test } from '@playwright/test';
import { CellPage } from './cells';

/** A number of the comparing table, or of a sentence: "97.1 % ± 0.3" is 97.1. */
const figure = async (cell: CellPage, name: string) =>
  Number.parseFloat(
    ((await cell.frame.locator(`[data-figure="${name}"]`).textContent({ timeout: 5000 })) ?? '').replace(
      '−',
      '-',
    ),
  );

const LESSON = './lessons/healthcare/';

test('the models follow the slider, and the plain one is right 97 times in a hundred', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'classify');
  await cell.settles();
  expect(await figure(cell, 'Accuracy plain')).toBeGreaterThanOrEqual(97);
  const one = await figure(cell, 'Accuracy private');
  expect(one).toBeGreaterThanOrEqual((await figure(cell, 'Accuracy plain')) - 4);
  await cell.type('Privacy ε', '0.05');
  await expect.poll(() => figure(cell, 'Accuracy private')).toBeLessThan(one - 5);
  await cell.type('Privacy ε', '8');
  await expect.poll(() => figure(cell, 'Accuracy private')).toBeGreaterThan(one - 0.5);
  await expect(cell.frame.getByText('seeded noise: reproducible, not private').first()).toBeVisible();
  await expect(cell.frame.getByText('Not medical advice.')).toBeVisible();
  // A lower threshold misses fewer.
  const missed = await figure(cell, 'Missed private');
  await cell.type('Called malignant from', '0.1');
  await expect.poll(() => figure(cell, 'Missed private')).toBeLessThan(missed);
});

test('every patient is a dot; those misjudged light up, are counted, and are walked through', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'classify');
  await cell.settles();
  const dots = cell.frame.locator('[data-patient-dots]');
  // One outline of all of them; each begins with an M.
  const crowd = async () => (await dots.locator('[data-crowd]').getAttribute('d'))?.match(/M/g)?.length;
  await expect.poll(crowd).toBe(569);
  const counted = async () => {
    const [missed, alarms] = [
      await figure(cell, 'Missed private'),
      await figure(cell, 'False alarms private'),
    ];
    expect(await figure(cell, 'misjudged private')).toBe(missed + alarms);
    await expect(dots.locator('[data-misjudged]')).toHaveCount(missed + alarms);
    return missed + alarms;
  };
  const one = await counted();
  await cell.type('Privacy ε', '0.05');
  await expect.poll(() => figure(cell, 'misjudged private')).toBeGreaterThan(2 * one);
  await cell.settles();
  await counted();
  await cell.button('Next misjudged patient').click();
  await expect(dots.locator('[data-chosen]')).toContainText(
    /^Patient \d+: (malignant|benign)\. The private model says/,
  );
  await expect(cell.frame.locator('[data-calibration="private"] [data-patients]').first()).toBeAttached();
});

test('a release is charged: five models more than one, and less than four times as much', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto(LESSON);
  const cell = new CellPage(page, 'release');
  await expect(cell.frame.locator('[data-what-if]')).toContainText('to 1');
  await cell.button('Release').click();
  await cell.settles();
  expect(await figure(cell, 'Accuracy private')).toBeGreaterThan(80);
  await expect(cell.frame.getByText('cryptographic noise', { exact: true }).first()).toBeVisible();
  // The plain models, and the preview, are written down as what they are.
  await expect(page.getByText(/more runs without protecting noise/).first()).toBeVisible();
  // One model and four more: √5 times the loss of one.
  await cell.more();
  await cell.frame.getByRole('combobox', { name: 'What is released', exact: true }).selectOption('five');
  await expect(cell.frame.locator('[data-what-if] strong')).toHaveText(/^2\.[4-7]/);
});

test('groups, hospitals and one patient', { tag: '@once' }, async ({ page }) => {
  await page.goto(`${LESSON}#v=1&draws=2`);
  const groups = new CellPage(page, 'subgroups');
  await groups.button('Run').click();
  await groups.settles();
  await expect(groups.frame.getByText('Groups of 21, 191, 320, 37, 569 patients')).toBeVisible();
  // All groups are ranked, and two draws cannot tell the first from the second.
  await expect(groups.frame.locator('[data-group]')).toHaveCount(4);
  await expect(groups.frame.locator('[data-verdict]')).toContainText('2 draws');

  const hospitals = new CellPage(page, 'hospitals');
  await hospitals.more();
  await hospitals.frame
    .getByRole('combobox', { name: 'Whom the small one sees', exact: true })
    .selectOption('malignant');
  await hospitals.button('Run').click();
  await hospitals.settles();
  expect(await figure(hospitals, 'gain small')).toBeGreaterThan(3);
  expect(await figure(hospitals, 'gain large')).toBeLessThan(0);

  const patient = new CellPage(page, 'one-patient');
  await patient.button('Run').click();
  await patient.settles();
  expect(await figure(patient, 'Plain, the patient moves it by')).toBeGreaterThan(40);
  expect(Math.abs(await figure(patient, 'Private, by'))).toBeLessThan(20);
});
