/**
 * Runs every cell once with its default settings and writes what it found to components/embed/recorded-runs/, for cells and embeds that
 * nobody has started: `npx tsx tests/commands/record-posters.ts [cell …]`, after a build. Without a GPU, so that it can be repeated anywhere.
 * Only cells that are named are run anew; the others stay as they are.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import type { RecordedRun } from '@/components/embed/recorded-run';
import { CELLS, type CellEntry } from '@/components/lessons/cells';
import { findingsOf } from '@/lib/notebook/own/findings';
import { fromJson, type RunRecord } from '@/lib/notebook/run-record';
import { CHROMIUM_FLAGS, QUIET_FLAGS } from '@/tests/harness/chromium';
import { ROOT } from '@/tests/harness/root';
import { withServedSite } from '@/tests/harness/served-site';

const PORT = Number(process.env.TEST_PORT ?? 4196);
const FOLDER = join(ROOT, 'components/embed/recorded-runs');
/** Milliseconds that a cell may take. */
const WITHIN = Number(process.env.WITHIN ?? 120_000);
const DIGITS = 5;

async function record(
  browser: Browser,
  base: string,
  { lesson, id, findings }: CellEntry,
): Promise<RecordedRun> {
  const page = await browser.newPage({ acceptDownloads: true, serviceWorkers: 'block' });
  try {
    await page.goto(`${base}embed/${lesson}/${id}/`);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    const cell = page.locator(`[data-cell="${id}"]`);
    await cell.waitFor();
    // A cell that follows its sliders is under way; one that waits is told.
    await page.waitForTimeout(1500);
    if ((await cell.getAttribute('data-state')) === 'idle')
      await cell.locator('[data-command="run"]').click();
    await page.waitForFunction(
      (name) =>
        /done|failed/.test(document.querySelector(`[data-cell="${name}"]`)?.getAttribute('data-state') ?? ''),
      id,
      { timeout: WITHIN },
    );
    await cell.locator('[data-cell-menu]').click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      cell.getByRole('button', { name: 'Save this run as JSON' }).click(),
    ]);
    const run = fromJson(JSON.parse(await readFile(await file.path(), 'utf8'))) as RunRecord;
    if (run.state !== 'done' || !run.provenance)
      throw new Error(run.failure?.message ?? `it ended as ${run.state}`);
    const found = Object.entries(findingsOf(findings, run.result));
    if (found.length === 0) throw new Error('it found nothing that has a name');
    const { backend, noise, seed, dataset, epsilon, delta, finishedAt, version } = run.provenance;
    return {
      experiment: run.experiment,
      params: run.params,
      findings: found.map(([words, value]) => [words, Number(value.toPrecision(DIGITS))]),
      provenance: { backend, noise, seed, dataset, epsilon, delta, finishedAt, version },
    };
  } finally {
    await page.close();
  }
}

const wanted = process.argv.slice(2);
await withServedSite(PORT, [...QUIET_FLAGS, ...CHROMIUM_FLAGS['no-gpu']], async (browser, base) => {
  for (const cell of CELLS) {
    if (wanted.length > 0 && !wanted.includes(cell.id)) continue;
    try {
      const run = await record(browser, base, cell);
      writeFileSync(join(FOLDER, `${cell.id}.json`), `${JSON.stringify(run, null, 2)}\n`);
      console.log(`${cell.id}: ${JSON.stringify(run.findings)}`);
    } catch (error) {
      console.log(`${cell.id}: left as it was: ${String(error).split('\n')[0]}`);
    }
  }
});
