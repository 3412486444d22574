/**
 * Results in a Jupyter file, as the outputs of cells: that is where its readers look for them, and what Jupyter throws away when it runs
 * the cell anew. Pictures are PNG, words Markdown with plain text beside it, tables HTML made of escaped words.
 */
import type { NotebookCell, NotebookOutput } from '../ipynb';
import {
  type CellResult,
  type CodeOutput,
  type CodeResult,
  type ResultPicture,
  type Results,
  resultAt,
} from './results';
import {
  asOf,
  asWords,
  codeInMarkdown,
  htmlTable,
  labelInMarkdown,
  plainTable,
  resultInMarkdown,
  runsInMarkdown,
} from './results-in-markdown';

const display = (data: Extract<NotebookOutput, { output_type: 'display_data' }>['data']): NotebookOutput => ({
  output_type: 'display_data',
  data,
});
/** Markdown reads as text too. */
const markdown = (text: string) => display({ 'text/markdown': text, 'text/plain': text });
const picture = ({ title, summary, png }: ResultPicture) =>
  display({ 'image/png': png, 'text/plain': [title, summary].filter(Boolean).join('. ') });

/** Nbformat allows 64 characters. */
const idBeside = (id: string) => `${id.slice(0, 57)}-result`;

/** One line of a comment, whatever is in it. */
const comment = (words: string) => `// ${words.replace(/\s+/g, ' ')}`;

/** The result of a cell of the site: a code cell that says where it is run, with what it found below. */
export function resultCell(id: string, title: string, address: string, result: CellResult): NotebookCell {
  return {
    kind: 'code',
    id: idBeside(id),
    source: [
      comment(`Result of “${title}”, as of ${asOf(result.run.finishedAt)}.`),
      comment(`This experiment runs in a browser: ${address}`),
    ].join('\n'),
    metadata: { kind: 'result', of: id, labels: result.labels.map(({ label }) => label) },
    outputs: [
      markdown(resultInMarkdown(result)),
      ...result.pictures.map(picture),
      ...result.labels.map((label) => markdown(labelInMarkdown(label))),
    ],
  };
}

function outputOf(output: CodeOutput): NotebookOutput[] {
  switch (output.kind) {
    case 'text':
      return [
        {
          output_type: 'stream',
          name: output.level === 'log' ? 'stdout' : 'stderr',
          text: output.text.endsWith('\n') ? output.text : `${output.text}\n`,
        },
      ];
    case 'table':
      return [display({ 'text/html': htmlTable(output.table), 'text/plain': plainTable(output.table) })];
    case 'chart':
      return [
        ...(output.picture ? [picture(output.picture)] : []),
        display({ 'text/html': htmlTable(output.table), 'text/plain': plainTable(output.table) }),
      ];
  }
}

/** What code put out, after a line that says when. */
export const outputsOfCode = (result: CodeResult | undefined): NotebookOutput[] =>
  result ? [markdown(codeInMarkdown(result)), ...result.outputs.flatMap(outputOf)] : [];

/** What the file is, before all else, for a reader who never saw the site. */
export const aboutCell = (title: string, site: string, { madeAt }: Results): NotebookCell => ({
  kind: 'markdown',
  id: 'about-this-file',
  source: [
    `# ${asWords(title || 'Untitled notebook')}`,
    `A notebook of ${site === '' ? 'Epsilon Playground' : `[Epsilon Playground](<${site}>)`}, interactive notebooks on differential privacy, as it was on ${asOf(madeAt)}. Experiments and code ran in a browser; what they found last stands below each, with its time.`,
    'ε is in nats, the natural unit of a logarithm; σ, the noise multiplier, is a standard deviation in units of the clip. Accuracies are shares of 1. A run whose noise was **seeded** can be repeated by anybody who knows the seed: it is reproducible, not private.',
  ].join('\n\n'),
  metadata: { kind: 'about' },
});

/** The table of runs, at the end of a notebook, with the labels of runs that have no cell there to stand below. */
export function runsCell({ runs, labels, cells, madeAt }: Results): NotebookCell {
  const below = new Set(Object.values(cells).map(({ run }) => run.id));
  const others = runs.flatMap((run, at) =>
    below.has(run.id)
      ? []
      : (resultAt(labels, run.id) ?? []).map((label) => `Run ${at + 1}. ${labelInMarkdown(label)}`),
  );
  return {
    kind: 'markdown',
    id: 'table-of-runs',
    source: [
      runsInMarkdown(runs),
      `Every run of the experiments above that was kept when this file was made, ${asOf(madeAt)}.`,
      ...others,
    ].join('\n\n'),
    metadata: { kind: 'runs' },
  };
}
