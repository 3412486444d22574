/** Keeps what code puts out within what a page can hold: so many outputs, so much text. The oldest go first. */
import type { TableSpec } from '@/lib/sandbox/messages';
import type { Output } from './code-output';

export interface Numbered {
  id: number;
  output: Output;
}

export interface Outputs {
  shown: readonly Numbered[];
  /** How many older ones have gone. */
  gone: number;
}

export const NO_OUTPUTS: Outputs = { shown: [], gone: 0 };

/** A page of text is no place for a million lines. */
const MOST_OUTPUTS = 300;
/** Characters of text and numbers of tables and charts, each counted as some characters. */
const MOST_WEIGHT = 600_000;

/** So many characters of a table weigh as much as one of text: they are kept, not drawn. */
const TABLE_CHARACTERS = 20;
const NUMBER_CHARACTERS = 8;

/** Counted once: eight tables of 60,000 cells are looked at with every output. */
const counted = new WeakMap<TableSpec, number>();
function charactersOf(spec: TableSpec): number {
  const known = counted.get(spec);
  if (known !== undefined) return known;
  let characters = 0;
  for (const row of spec.rows)
    for (const one of row) characters += typeof one === 'string' ? one.length : NUMBER_CHARACTERS;
  counted.set(spec, characters);
  return characters;
}

function weightOf(output: Output): number {
  switch (output.kind) {
    case 'text':
      return output.text.length;
    // As they are on screen, where a long table shows a few rows at a time, and something for what is kept of the others.
    case 'table':
      return 100 * output.spec.columns.length + charactersOf(output.spec) / TABLE_CHARACTERS;
    case 'bars':
      return 200 * output.spec.bars.length;
    case 'chart':
      return 10 * output.spec.series.reduce((sum, { points }) => sum + points.length, 0);
  }
}

export function withMore({ shown, gone }: Outputs, more: readonly Numbered[]): Outputs {
  const all = [...shown, ...more];
  let from = Math.max(0, all.length - MOST_OUTPUTS);
  let weight = all.slice(from).reduce((sum, { output }) => sum + weightOf(output), 0);
  // The last one stays, whatever it weighs.
  while (weight > MOST_WEIGHT && from < all.length - 1) weight -= weightOf(all[from++]!.output);
  return { shown: all.slice(from), gone: gone + from };
}
