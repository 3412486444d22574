/** What a notebook has found, gathered for a file: its runs and their labels as they are kept, and what stands on the page now. */
import { figuresIn } from '@/components/charts/drawn-figures';
import type { Output } from '@/components/code/code-output';
import { barTable, plotTable } from '@/components/code/code-output-table';
import { fieldsOf } from '@/components/label/label-card';
import { labelOfCharge } from '@/components/label/label-of-charge';
import { headlineOf } from '@/components/notebook/headline';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import {
  type CellResult,
  type CodeOutput,
  type CodeResult,
  lastRuns,
  MOST_PICTURE_CHARACTERS,
  type ResultLabel,
  type Results,
  resultAt,
} from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { ShownByPlace } from '@/lib/notebook/own/shown';
import { itemId } from './item';
import { frameOf, pictureOf, picturesIn } from './pictures';
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

async function codeResult(place: string, { at, outputs }: Outputs): Promise<CodeResult> {
  const log = document.getElementById(itemId(place))?.querySelector('[role="log"]');
  const figures = log ? figuresIn(log) : [];
  const all: CodeOutput[] = [];
  for (const output of outputs) all.push(await codeOutput(output, figures));
  return { at, outputs: all };
}

/** @param figures those still to come, in the order of the outputs */
async function codeOutput(output: Output, figures: ReturnType<typeof figuresIn>): Promise<CodeOutput> {
  switch (output.kind) {
    case 'text':
      return output;
    case 'table':
      return { kind: 'table', table: output.spec };
    default: {
      const figure = figures.shift();
      const table = output.kind === 'chart' ? plotTable(output.spec) : barTable(output.spec);
      return { kind: 'chart', table, picture: figure ? await pictureOf(figure) : null };
    }
  }
}

/**
 * @param outputs what code has put out, by the places of its cells
 * @param onPage the notebook is open, so that its cells can be looked at
 * @param shown what cells showed of their last runs before, for those that do not show it now
 */
export async function resultsOf(
  notebook: NotebookDocument,
  runs: readonly RunRow[],
  outputs: ReadonlyMap<string, Outputs>,
  onPage: boolean,
  shown: ShownByPlace,
): Promise<Results> {
  const labels = await labelsOfRuns(runs);
  const last = lastRuns(runs);
  let room = MOST_PICTURE_CHARACTERS;
  const cells: Record<string, CellResult> = {};
  const code: Record<string, CodeResult> = {};
  for (const cell of notebook.cells) {
    const run = last.get(cell.id);
    const printed = outputs.get(cell.id);
    if (cell.kind === 'code' && printed && printed.outputs.length > 0)
      code[cell.id] = await codeResult(cell.id, printed);
    if (cell.kind !== 'cell' || !run) continue;
    const shows = onPage ? frameOf(cell.id, run.finishedAt) : null;
    const kept = resultAt(shown, cell.id);
    const before = !shows && kept?.asOf === run.finishedAt ? kept : null;
    const drawn = before ? { pictures: before.charts, leftOut: 0 } : await picturesIn(shows, nameOf(cell));
    const pictures = drawn.pictures.filter(({ png }) => {
      const fits = png.length <= room;
      if (fits) room -= png.length;
      return fits;
    });
    cells[cell.id] = {
      run,
      headline: before?.headline ?? headlineOf(shows),
      moved: shows?.dataset.stale === 'true',
      pictures,
      leftOut: drawn.leftOut + drawn.pictures.length - pictures.length,
      labels: labels[run.id] ?? [],
    };
  }
  return { madeAt: new Date().toISOString(), cells, code, runs, labels };
}
