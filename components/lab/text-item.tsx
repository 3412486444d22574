'use client';

import { lazy, Suspense, useEffect, useRef } from 'react';
import { CellBoundary } from '@/components/notebook/cell-boundary';
import { LIMITS } from '@/lib/notebook/own/document';

const MarkdownText = lazy(() => import('./markdown'));

export interface TextItemProps {
  text: string;
  label: string;
  editing: boolean;
  onText(text: string): void;
  onEdit(): void;
  onDone(): void;
}

/** Text in Markdown: read, or written. */
export function TextItem({ text, label, editing, onText, onEdit, onDone }: TextItemProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (editing) field.current?.focus();
  }, [editing]);
  // The field is as long as its text, also where the browser does not do that by itself.
  useEffect(() => {
    const element = field.current;
    if (!editing || !element || text === undefined) return;
    element.style.height = 'auto';
    element.style.height = `${element.scrollHeight + 2}px`;
  }, [editing, text]);

  if (editing)
    return (
      <div className="grid gap-1">
        <textarea
          ref={field}
          aria-label={`${label}: Markdown`}
          value={text}
          maxLength={LIMITS.textCharacters}
          spellCheck
          rows={3}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            const done =
              event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
            if (!done) return;
            event.preventDefault();
            event.stopPropagation();
            onDone();
          }}
          className="min-h-24 w-full resize-y rounded-control border border-line-strong bg-surface p-3 font-mono text-sm leading-relaxed"
        />
        <p className="text-sm text-secondary">
          Markdown: ## heading, **bold**, [words](address), - list, $formula$. Control + Enter when done.
        </p>
      </div>
    );
  if (text.trim() === '')
    return (
      <button
        type="button"
        onClick={onEdit}
        className="w-full rounded-control border border-dashed border-line-strong px-4 py-3 text-left text-secondary hover:text-text"
      >
        Empty text: write something
      </button>
    );
  return (
    <CellBoundary title="This text">
      <Suspense fallback={<p className="whitespace-pre-wrap text-secondary">{text}</p>}>
        {/* For the mouse; the button Edit is for everybody. */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
        <div onDoubleClick={onEdit}>
          <MarkdownText text={text} />
        </div>
      </Suspense>
    </CellBoundary>
  );
}
