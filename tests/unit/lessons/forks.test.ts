/** Every lesson as a notebook: nothing of it lost, nothing left that only a lesson's page understands. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import rehypeKatex from 'rehype-katex';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { describe, expect, test } from 'vitest';
import { CELLS, LESSONS } from '@/components/lessons/cells';
import { documentSchema } from '@/lib/notebook/own/document';
import { notebookOfLesson } from '@/lib/notebook/own/from-lesson';
import { questionMarkdown, rehypeQuestions } from '@/lib/notebook/own/question';
import { ROOT } from '@/tests/harness/root';

const render = (markdown: string, math = true) =>
  renderToStaticMarkup(
    createElement(
      Markdown,
      {
        remarkPlugins: [remarkGfm, remarkMath],
        rehypePlugins: [
          rehypeQuestions,
          ...(math ? [[rehypeKatex, { strict: true, throwOnError: true }] as never] : []),
        ],
      },
      markdown,
    ),
  );

describe.each(LESSONS.map(({ slug, title }) => [slug, title]))('%s', (slug, title) => {
  const source = readFileSync(join(ROOT, 'app/lessons', slug, 'page.mdx'), 'utf8');
  const document = notebookOfLesson(source, slug, title);
  const texts = document.cells.flatMap((cell) => (cell.kind === 'text' ? [cell.text] : []));

  test('is a sound notebook with all cells of the lesson, in order', () => {
    expect(documentSchema.safeParse(document).success).toBe(true);
    const cells = document.cells.flatMap((cell) => (cell.kind === 'cell' ? [cell.cell] : []));
    const imports = new Map(
      [
        ...source.matchAll(
          /import \{ (\w+) \} from '@\/components\/lessons\/[a-z0-9-]+\/([\w-]+)\/(?:cell|data-set)'/g,
        ),
      ].map(([, name, id]) => [name, id]),
    );
    const written = [...source.matchAll(/^<(\w+Cells?)\b/gm)].flatMap(([, name]) => imports.get(name!) ?? []);
    expect(written).not.toEqual([]);
    expect(cells).toEqual(written);
    for (const id of cells) expect(CELLS.map((cell) => cell.id)).toContain(id);
    expect(document.cells.filter(({ kind }) => kind === 'code')).toHaveLength(
      [...source.matchAll(/^<CodeCell\b/gm)].length,
    );
  });

  test('its prose is Markdown without a trace of the page', () => {
    for (const text of texts) {
      expect(text).not.toMatch(/<\/?[A-Z]|^import |^export /m);
      // Formulas that a reader could not read would stop the build of the lesson, and this test.
      expect(() => render(text)).not.toThrow();
    }
  });

  test('its questions stay questions', () => {
    const found = texts.map((text) => [...render(text).matchAll(/data-question="/g)].length);
    expect(found.reduce((sum, count) => sum + count, 0)).toBe([...source.matchAll(/^<Question\b/gm)].length);
  });

  test('its links lead to where they led', () => {
    for (const [, address] of texts.join('\n').matchAll(/\]\((\.[^)]+)\)/g))
      expect(address).toMatch(
        /^\.\.\/(lessons\/[\w-]+\/|ledger\/|glossary\/#[\w-]+|about\/|lab\/|embed\/|exercises\/[\w-]+\/)/,
      );
  });
});

describe('a question in Markdown', () => {
  const options = [
    { label: 'One * two_ [x]', reason: 'Because $5 < 7.' },
    { label: 'Two', reason: 'Right.', correct: true },
  ];

  test('comes back with its words, reasons and the right answer', () => {
    const html = render(questionMarkdown('How *many*?', options), false);
    const json = /data-question="([^"]*)"/.exec(html)?.[1]?.replaceAll('&quot;', '"').replaceAll('&lt;', '<');
    expect(JSON.parse(json ?? '')).toEqual({ prompt: 'How *many*?', options });
  });

  test.each([
    ['a list without reasons', '**Buy**\n\n- [ ] milk\n- [x] bread'],
    ['a list that follows plain words', 'Buy\n\n- [ ] milk\n  - a litre\n- [x] bread\n  - brown'],
    ['an ordinary list', '**Buy**\n\n- milk\n  - a litre\n- bread\n  - brown'],
  ])('%s is none', (_, markdown) => {
    expect(render(markdown)).not.toContain('data-question');
  });
});
