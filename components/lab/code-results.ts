/** What a code cell has put out, as files take it along: its text and tables, and its charts as pictures with their numbers. */
import { type DrawnFigure, figuresIn } from '@/components/charts/drawn-figures';
import type { Output } from '@/components/code/code-output';
import { barTable, plotTable } from '@/components/code/code-output-table';
import type { CodeOutput, CodeResult } from '@/lib/notebook/own/results';
import { outputsThatFit, type ShownCode } from '@/lib/notebook/own/shown';
import { itemId } from './item';
import { pictureOf } from './pictures';
import type { Outputs } from './use-outputs';

/** @param figures those still to come, in the order of the outputs */
async function codeOutput(output: Output, figures: DrawnFigure[]): Promise<CodeOutput> {
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

async function asTaken(place: string, outputs: readonly Output[]): Promise<CodeOutput[]> {
  const log = document.getElementById(itemId(place))?.querySelector('[role="log"]');
  const figures = log ? figuresIn(log) : [];
  const all: CodeOutput[] = [];
  for (const output of outputs) all.push(await codeOutput(output, figures));
  return all;
}

/** What is put out on this page, to be kept over a reload. */
export async function codeToKeep(place: string, { at, code, outputs, gone }: Outputs): Promise<ShownCode> {
  return { asOf: at, code, ...outputsThatFit(await asTaken(place, outputs), gone) };
}

/**
 * For a file: what was put out on this page, else what is kept from before it was reloaded. Null: nothing.
 * @param code as the cell has it now
 */
export async function codeResult(
  place: string,
  code: string,
  put: Outputs | undefined,
  kept: ShownCode | undefined,
): Promise<CodeResult | null> {
  const found = put
    ? { at: put.at, outputs: await asTaken(place, put.outputs), gone: put.gone, moved: put.code !== code }
    : kept && { at: kept.asOf, outputs: kept.outputs, gone: kept.gone, moved: kept.code !== code };
  return found && found.outputs.length + found.gone > 0 ? found : null;
}
