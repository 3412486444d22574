/**
 * What of a notebook can be done: its questions and its cells of the site, in reading order. Read with the same rules by which a page
 * draws them, so that both name them alike. Not for the browser: it brings the MDX parser along.
 */
import { createProcessor } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { isExercise } from '../exercises/names';
import type { NotebookDocument } from '../notebook/own/document';
import { type MarkdownOption, rehypeQuestions } from '../notebook/own/question';
import { type Part, questionPart } from './events';

interface Node {
  properties?: Record<string, unknown>;
  children?: Node[];
}

export interface AskedQuestion {
  prompt: string;
  options: readonly MarkdownOption[];
}

/** The questions of a Markdown text, in its order. */
export function questionsIn(markdown: string): AskedQuestion[] {
  const questions: AskedQuestion[] = [];
  const collect = () => (tree: Node) => {
    for (const { properties } of tree.children ?? []) {
      const said = properties?.dataQuestion;
      if (typeof said === 'string') questions.push(JSON.parse(said) as AskedQuestion);
    }
  };
  // HTML in it stays words, as on the page.
  const processor = createProcessor({
    format: 'md',
    remarkPlugins: [remarkGfm, remarkMath],
    rehypePlugins: [rehypeQuestions, collect],
    remarkRehypeOptions: { allowDangerousHtml: false },
  });
  processor.processSync(markdown);
  return questions;
}

/** @param titleOf a cell of the site, by its name */
export function partsOf(
  { cells }: Pick<NotebookDocument, 'cells'>,
  titleOf: (cell: string) => string,
): Part[] {
  const all = cells.flatMap((cell): Part[] => {
    if (cell.kind === 'text') return questionsIn(cell.text).map(({ prompt }) => questionPart(prompt));
    if (cell.kind === 'cell') {
      const kind = isExercise(cell.cell) ? 'exercise' : 'cell';
      return [{ id: cell.cell, kind, text: titleOf(cell.cell) }];
    }
    return [];
  });
  // One that stands there twice is done once.
  return [...new Map(all.map((part) => [`${part.kind} ${part.id}`, part])).values()];
}
