'use client';

import type { ReactNode } from 'react';
import { GLOSSARY, type GlossaryEntry, type GlossaryKey } from '@/lib/notebook/glossary';
import { usePopover } from './use-popover';

/** A word of the field within a text; pressed, it says what it means. */
export function Term({ id, children }: { id: GlossaryKey; children: ReactNode }) {
  const { opener, popover } = usePopover<HTMLSpanElement>();
  const entry: GlossaryEntry = GLOSSARY[id];
  return (
    <>
      <button
        type="button"
        {...opener}
        className="cursor-help underline decoration-line-strong decoration-dotted decoration-2 underline-offset-4 hover:decoration-accent"
      >
        {children}
      </button>
      {/* Spans all through: a paragraph holds nothing larger. */}
      <span
        {...popover}
        role="note"
        className="help-popover rounded-cell border border-line-strong bg-raised p-3 text-sm font-normal text-text shadow-(--shadow)"
      >
        <span className="block font-semibold">{entry.name}</span>
        <span className="block">{entry.text}</span>
      </span>
    </>
  );
}
