/**
 * What of a notebook can be done: its questions and its cells of the site, in reading order. Read with the same rules by which a page
 * draws them, so that both name them alike. Not for the browser: it brings the MDX parser along.
 */
import { createProcessor } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import type { NotebookDocument } from '../notebook/own/document';
import { rehypeQuestions } from '../notebook/own/question';
import { type Part, questionPart } from './events';

interface Node {
  properties?: Record<string, unknown>;
  children?: Node[];
}

/** The questions of a Markdown text, by their words. */
export function questionsIn(markdown: string): string[] {
  const prompts: string[] = [];
  const collect = () => (tree: Node) => {
    for (const { properties } of tree.children ?? []) {
      const said = properties?.dataQuestion;
      if (typeof said === 'string') prompts.push((JSON.parse(said) as { prompt: string }).prompt);
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
  return prompts;
}

/** @param titleOf a cell of the site, by its name */
export function partsOf(
  { cells }: Pick<NotebookDocument, 'cells'>,
  titleOf: (cell: string) => string,
): Part[] {
  const all = cells.flatMap((cell): Part[] => {
    if (cell.kind === 'text') return questionsIn(cell.text).map(questionPart);
    if (cell.kind === 'cell') return [{ id: cell.cell, kind: 'cell', text: titleOf(cell.cell) }];
    return [];
  });
  // One that stands there twice is done once.
  return [...new Map(all.map((part) => [`${part.kind} ${part.id}`, part])).values()];
}
