import type { MDXComponents } from 'mdx/types';
import { CodeCell } from '@/components/code/code-cell';
import { Source } from '@/components/code/source-view';
import { Apart } from '@/components/notebook/apart';
import { Callout, Definition, Formula, Opening, Question } from '@/components/notebook/lesson';
import { Heading } from '@/components/ui/heading';
import { Term } from '@/components/ui/term';

/** What a lesson may use without importing it. */
export function useMDXComponents(): MDXComponents {
  return {
    Apart,
    Callout,
    CodeCell,
    Definition,
    Formula,
    Opening,
    Question,
    Source,
    Term,
    h2: Heading,
    table: (props) => (
      <div className="in-text overflow-x-auto" tabIndex={-1}>
        <table
          className="w-full border-collapse text-sm [&_td]:border-b [&_td]:border-line [&_td]:p-2 [&_th]:border-b [&_th]:border-line-strong [&_th]:p-2 [&_th]:text-left"
          {...props}
        />
      </div>
    ),
  };
}
