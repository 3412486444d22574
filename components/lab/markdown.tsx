'use client';

import katex from 'katex';
import type { ComponentProps, ReactNode } from 'react';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import { Question } from '@/components/notebook/lesson';
import { Term } from '@/components/ui/term';
import { glossaryKey } from '@/lib/notebook/glossary';
import { type MarkdownOption, rehypeQuestions } from '@/lib/notebook/own/question';

/** A word of the glossary says what it means where it stands. */
function Anchor({ href = '', children }: { href?: string | undefined; children?: ReactNode }) {
  const term = glossaryKey(/^\.\.\/glossary\/#([a-z0-9-]+)$/.exec(href)?.[1] ?? '');
  if (term !== null) return <Term id={term}>{children}</Term>;
  // A text may be a stranger's: the page that is opened learns nothing of this one.
  const outside = /^[a-z]+:/i.test(href);
  return (
    <a href={href} {...(outside ? { rel: 'noopener noreferrer nofollow', target: '_blank' } : {})}>
      {children}
    </a>
  );
}

/** Loading a picture from elsewhere would tell somebody that this text is being read. */
function Picture({ alt, src }: { alt?: string | undefined; src?: unknown }) {
  return (
    <span className="rounded border border-line px-1.5 text-secondary">
      picture, not loaded: {alt || String(src ?? '')}
    </span>
  );
}

function Block({ children, node: _, ...rest }: ComponentProps<'div'> & { node?: unknown }) {
  const said = (rest as Record<string, unknown>)['data-question'];
  if (typeof said !== 'string') return <div {...rest}>{children}</div>;
  const { prompt, options } = JSON.parse(said) as { prompt: string; options: MarkdownOption[] };
  return <Question prompt={prompt} options={options} />;
}

/** The letters of a text are a stranger's; what KaTeX makes of them holds no link, picture or style of theirs. */
function Formula({ text, displayed }: { text: string; displayed: boolean }) {
  const html = katex.renderToString(text, {
    ...{ displayMode: displayed, strict: false, throwOnError: false, trust: false },
    ...{ output: 'htmlAndMathml', maxExpand: 200, maxSize: 20 },
  });
  // biome-ignore lint/security/noDangerouslySetInnerHtml: see above
  return <span dangerouslySetInnerHTML={{ __html: html }} />;
}

function Code({ className = '', children }: { className?: string | undefined; children?: ReactNode }) {
  const displayed = className.includes('math-display');
  if (displayed || className.includes('math-inline'))
    return <Formula text={String(children)} displayed={displayed} />;
  return <code className={className}>{children}</code>;
}

/** Displayed formulas come as blocks of code, too. */
function Pre({ children, node }: ComponentProps<'pre'> & { node?: unknown }) {
  const [inside] =
    (node as { children?: { properties?: { className?: unknown } }[] } | undefined)?.children ?? [];
  if (String(inside?.properties?.className).includes('math-display')) return children;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than its frame, so it must be possible to scroll it by keyboard
    <pre tabIndex={0} className="overflow-x-auto rounded-control border border-line bg-surface p-3 text-sm">
      {children}
    </pre>
  );
}

const h3 = ({ children }: { children?: ReactNode }) => (
  <h3 className="mt-6 mb-2 text-lg font-semibold">{children}</h3>
);

const COMPONENTS = {
  a: Anchor,
  img: Picture,
  div: Block,
  // The title of the notebook is the one heading of the first level.
  h1: ({ children }: { children?: ReactNode }) => <h2>{children}</h2>,
  h3,
  h4: h3,
  h5: h3,
  h6: h3,
  table: ({ children }: { children?: ReactNode }) => (
    <section className="in-text overflow-x-auto" aria-label="Table" tabIndex={-1}>
      <table className="w-full border-collapse text-sm [&_td]:border-b [&_td]:border-line [&_td]:p-2 [&_th]:border-b [&_th]:border-line-strong [&_th]:p-2 [&_th]:text-left">
        {children}
      </table>
    </section>
  ),
  code: Code,
  pre: Pre,
} as const;

/** Text of a notebook: Markdown with tables, formulas and questions. HTML in it stays words; formulas that are wrong are shown as they are. */
export default function MarkdownText({ text }: { text: string }) {
  return (
    <div className="prose-lesson">
      <Markdown
        remarkPlugins={[remarkGfm, remarkMath]}
        rehypePlugins={[rehypeQuestions]}
        components={COMPONENTS}
      >
        {text}
      </Markdown>
    </div>
  );
}
