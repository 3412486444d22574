/**
 * Results of real runs made elsewhere, shown in an embed until its cell is started, and where it cannot start at all: without a script,
 * or without a worker. A unit test runs those again that need no tensors.
 */
import type { LessonCell, Poster } from '@/components/lessons/lesson';
import { formatNumber } from '@/lib/notebook/parameters';
import { asRecorded, type RecordedFile, type RecordedRun, sourceOf } from './recorded-run';

const ofRun = (run: RecordedRun): Poster => ({
  source: sourceOf(run),
  table: {
    columns: ['what was found', 'value'],
    rows: run.findings.map(([words, value]) => [words, formatNumber(value)]),
  },
});

/** Null where none was recorded. */
async function runOf(cell: string): Promise<RecordedRun | null> {
  try {
    const { default: file } = (await import(`./recorded-runs/${cell}.json`)) as { default: RecordedFile };
    return asRecorded(file);
  } catch {
    return null;
  }
}

/** What a cell has to show before it is started: its room's own table, or else its recorded run, where there is one. */
export async function posterOf({ id, poster }: LessonCell): Promise<Poster | null> {
  if (poster) return poster();
  const run = await runOf(id);
  return run && ofRun(run);
}
