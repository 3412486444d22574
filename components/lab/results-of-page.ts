/** What a notebook has found, gathered for a file: its runs and their labels as they are kept, and what stands on the page now. */
import { fieldsOf } from '@/components/label/label-card';
import { labelOfCharge } from '@/components/label/label-of-charge';
import { headlineOf } from '@/components/notebook/headline';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import {
  type CellResult,
  type CodeResult,
  lastRuns,
  MOST_PICTURE_CHARACTERS,
  type ResultLabel,
  type ResultPicture,
  type Results,
} from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import { cellShownAt, codeShownAt, picturesOfShown, type ShownByPlace } from '@/lib/notebook/own/shown';
import { codeResult } from './code-results';
import { frameOf, picturesIn } from './pictures';
import { nameOf } from './use-editing';
import type { Outputs } from './use-outputs';

/** By the ids of the runs: of what each was charged, as it travels with the run. */
export async function labelsOfRuns(
  runs: readonly RunRow[],
): Promise<Readonly<Record<string, readonly ResultLabel[]>>> {
  const labels: Record<string, readonly ResultLabel[]> = {};
  for (const { id, charged } of runs) {
    if (!charged) continue;
    const label = labelOfCharge(charged);
    labels[id] = [{ label, fields: fieldsOf(label) }];
    // Each takes the accountant a while: the page lives on meanwhile.
    await new Promise((resume) => setTimeout(resume));
  }
  return labels;
}

/**
 * @param printed what code has put out on this page, by the places of its cells
 * @param onPage the notebook is open, so that its cells can be looked at
 * @param shown what is kept of what cells showed before, for those that do not show it now
 */
export async function resultsOf(
  notebook: NotebookDocument,
  runs: readonly RunRow[],
  printed: ReadonlyMap<string, Outputs>,
  onPage: boolean,
  shown: ShownByPlace,
): Promise<Results> {
  const labels = await labelsOfRuns(runs);
  const last = lastRuns(runs);
  let room = MOST_PICTURE_CHARACTERS;
  const fits = ({ png }: ResultPicture) => {
    if (png.length > room) return false;
    room -= png.length;
    return true;
  };
  const cells: Record<string, CellResult> = {};
  const code: Record<string, CodeResult> = {};
  for (const cell of notebook.cells) {
    const run = last.get(cell.id);
    if (cell.kind === 'code') {
      const put = await codeResult(cell.id, cell.code, printed.get(cell.id), codeShownAt(shown, cell.id));
      // A chart whose picture has no room has its numbers still.
      const outputs = put?.outputs.map((one) =>
        one.kind === 'chart' && one.picture && !fits(one.picture) ? { ...one, picture: null } : one,
      );
      if (put && outputs) code[cell.id] = { ...put, outputs };
    }
    if (cell.kind !== 'cell' || !run) continue;
    const shows = onPage ? frameOf(cell.id, run.finishedAt) : null;
    const kept = cellShownAt(shown, cell.id);
    const before = !shows && kept?.asOf === run.finishedAt ? kept : null;
    const drawn = before
      ? { pictures: picturesOfShown(before), leftOut: 0 }
      : await picturesIn(shows, nameOf(cell));
    const pictures = drawn.pictures.filter(fits);
    cells[cell.id] = {
      run,
      headline: before?.headline ?? headlineOf(shows),
      moved: shows?.dataset.stale === 'true',
      pictures,
      leftOut: drawn.leftOut + drawn.pictures.length - pictures.length,
      ...(before?.notKept && { notKept: before.notKept }),
      labels: labels[run.id] ?? [],
    };
  }
  return { madeAt: new Date().toISOString(), cells, code, runs, labels };
}
