/** A cell as a person meets it: by its title's region, its buttons and its words. */
import { readFileSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';

export class CellPage {
  readonly frame: Locator;
  constructor(
    readonly page: Page,
    readonly id: string,
  ) {
    this.frame = page.locator(`[data-cell="${id}"]`);
  }

  async state(): Promise<string | null> {
    return this.frame.getAttribute('data-state');
  }

  async reaches(state: string): Promise<void> {
    await expect(this.frame).toHaveAttribute('data-state', state, { timeout: 240_000 });
  }

  /** Comes near, as a reader does, and waits until what is shown was made with the settings that are shown. */
  async settles(): Promise<void> {
    await this.wakes();
    await expect
      .poll(async () => `${await this.state()} ${await this.frame.getAttribute('data-stale')}`, {
        timeout: 240_000,
      })
      .toBe('done false');
  }

  slider(label: string): Locator {
    return this.frame.getByRole('slider', { name: label, exact: true });
  }

  field(label: string): Locator {
    return this.frame.getByRole('textbox', { name: `${label}, value` });
  }

  /** Comes near, and waits until a cell of a lesson hears what is done to it. */
  async wakes(): Promise<void> {
    await this.frame.scrollIntoViewIfNeeded();
    await expect(this.page.locator(`[data-apart=""]:has([data-cell="${this.id}"])`)).toHaveCount(0);
  }

  /** Opens what stands behind “More settings”, if anything does. A page that is still coming to life does not hear the first press. */
  async more(): Promise<void> {
    const button = this.frame.locator('[data-more-settings]');
    await this.frame.waitFor();
    if (!(await button.isVisible())) return;
    await expect(async () => {
      if ((await button.getAttribute('aria-expanded')) === 'false') await button.click();
      await expect(button).toHaveAttribute('aria-expanded', 'true', { timeout: 500 });
    }).toPass();
  }

  /** Saves a notebook for elsewhere, by an entry of the cell's menu. @returns its text */
  async notebookFor(title: string, entry: RegExp): Promise<string> {
    await this.button(`More about “${title}”`).click();
    const waiting = this.page.waitForEvent('download');
    await this.page.getByRole('button', { name: entry }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toMatch(/\.ipynb$/);
    const text = readFileSync(await download.path(), 'utf8');
    await this.page.keyboard.press('Escape');
    return text;
  }

  /** Types a number into the field beside a slider, wherever that is. */
  async type(label: string, value: string): Promise<void> {
    await this.wakes();
    if (!(await this.field(label).isVisible())) await this.more();
    await this.field(label).fill(value);
    await this.field(label).press('Enter');
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** The number in one of the figures of the cell: "97.1 %" is 97.1. */
  async figure(name: string): Promise<number> {
    const said = await this.frame.locator(`dd[data-figure="${name}"]`).textContent();
    return Number.parseFloat((said ?? '').replace('−', '-'));
  }
}
