/** Questions to the register of people: the quickest way in the site to charge something, and where the charge is seen. */
import { expect, type Page } from '@playwright/test';
import { CellPage } from '../cells';

export const LESSON = './lessons/a-budget-across-runs/';
export const LEDGER = './ledger/';

export async function ask(page: Page, times: number): Promise<CellPage> {
  const cell = new CellPage(page, 'ask');
  for (let time = 0; time < times; time++) {
    const before = await page.locator('ol[aria-label="Answers so far"] li').count();
    await cell.button('Ask').click();
    await expect(page.locator('ol[aria-label="Answers so far"] li')).toHaveCount(before + 1);
  }
  return cell;
}

export async function openLedger(page: Page): Promise<void> {
  await page.goto(LEDGER);
  await expect(page.locator('[data-ledger="ready"]')).toBeVisible();
}
