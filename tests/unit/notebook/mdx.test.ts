/** The lessons as the site builds them: formulas, and cells that wake by themselves. */
import { readdirSync, readFileSync } from 'node:fs';
import { compile } from '@mdx-js/mdx';
import { createElement, type FunctionComponent, type ReactNode } from 'react';
import * as runtime from 'react/jsx-runtime';
import { renderToStaticMarkup } from 'react-dom/server';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { expect, test } from 'vitest';
import cellsApart from '@/lib/notebook/mdx/cells-apart.mjs';
import formulas from '@/lib/notebook/mdx/formulas.mjs';

const LESSONS = readdirSync('app/lessons', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A page without what it imports: components are boxes with their names. */
async function shown(source: string): Promise<string> {
  const code = await compile(source, {
    outputFormat: 'function-body',
    remarkPlugins: [remarkGfm, remarkMath, cellsApart],
    rehypePlugins: [formulas],
  });
  const run = new Function(String(code)) as (scope: typeof runtime) => {
    default: FunctionComponent<{ components: object }>;
  };
  const box =
    (name: string) =>
    ({ children }: { children?: ReactNode }) =>
      createElement('div', { className: name }, children);
  const names = [...source.matchAll(/<([A-Z]\w*)/g)].map(([, name]) => name!);
  const components = Object.fromEntries([...names, 'Apart'].map((name) => [name, box(name)]));
  return renderToStaticMarkup(createElement(run(runtime).default, { components }));
}

const bare = (source: string) =>
  source.replace(/^(import|export) .*$/gm, '').replace(/(source|code)=\{\w+\}/g, '$1="text"');

const style = readFileSync('node_modules/katex/dist/katex.min.css', 'utf8');

test.each(LESSONS)('%s has each formula as the style sheet knows it, and each cell apart', async (lesson) => {
  const source = bare(readFileSync(`app/lessons/${lesson}/page.mdx`, 'utf8'));
  const html = await shown(source);
  const displayed = source.match(/^\$\$$/gm)?.length ?? 0;
  const inline = source.replaceAll(/\$\$[^$]*\$\$/g, '').match(/\$[^$]+\$/g)?.length ?? 0;
  expect(html.match(/class="katex"/g)).toHaveLength(displayed / 2 + inline);
  expect(html.match(/class="katex-display"/g)?.length ?? 0).toBe(displayed / 2);
  // Made by another version than its style sheet, a formula is a little out of place everywhere.
  for (const name of html.match(/(?<=class="katex-html" aria-hidden="true"><span class=")[\w-]+/g) ?? [])
    expect(style).toContain(`.${name}`);
  const cells = source.match(/^<\w*Cells?\b/gm) ?? [];
  expect(html.match(/<div class="Apart"><div class="\w*Cells?"><\/div><\/div>/g)).toHaveLength(cells.length);
});

test('a formula that is none stops the build', async () => {
  await expect(shown('$\\frac{1$')).rejects.toThrow(/KaTeX/);
});
