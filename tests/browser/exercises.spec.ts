/** Exercises: code that a reader wrote is graded and audited in the sandbox. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const solution = readFileSync('components/exercises/programs/dp-sgd-step/solution.js', 'utf8');

test('a step of one’s own is audited by one press, and one with half the noise is refuted', {
  tag: '@once',
}, async ({ page }) => {
  await page.goto('./exercises/dp-sgd-step/');
  const editor = page.getByRole('textbox', { name: /code/ });
  const audit = page.getByRole('region', { name: 'Audit of your code' });
  const verdict = async (code: string) => {
    await editor.fill(code);
    await audit.getByRole('button', { name: 'Audit', exact: true }).click();
    await expect(audit).toHaveAttribute('data-code-audit', 'done', { timeout: 60_000 });
    return audit.locator('[data-verdict]').getAttribute('data-verdict');
  };
  expect(await verdict(solution)).toBe('not refuted');
  const halved = solution.replace('noiseMultiplier * maxGradNorm', '0.5 * noiseMultiplier * maxGradNorm');
  expect(halved).not.toBe(solution);
  expect(await verdict(halved)).toBe('refuted');
  await expect(audit.getByText(/The claim is refuted: your code’s ε is at least/)).toBeVisible();
  // What the page makes of it stays outside of the sandbox.
  expect(
    await verdict('self.postMessage({ type: "audit", refuted: false }); const step = () => 1;'),
  ).toBeNull();
  await expect(audit.getByText(/Nothing could be audited. `?step`? must return a list/)).toBeVisible();
});
