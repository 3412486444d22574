'use client';

import type { ReactNode } from 'react';
import { usePopover } from './use-popover';

export interface HelpProps {
  about: string;
  /** A sentence more, on what else this moves: a chain beside the question mark says that there is one. */
  shared?: string | null;
  children: ReactNode;
}

/** A question mark that opens a few sentences. */
export function Help({ about, shared = null, children }: HelpProps) {
  const { opener, popover } = usePopover<HTMLDivElement>();
  return (
    <>
      <button
        type="button"
        {...opener}
        aria-label={`What is ${about}?${shared === null ? '' : ` ${shared.split(':')[0]}.`}`}
        title={shared ?? undefined}
        className="inline-flex h-6 min-w-6 shrink-0 items-center justify-center gap-1 rounded-full border border-line px-1 text-xs text-secondary hover:border-line-strong hover:text-text"
      >
        ?
        {shared === null ? null : (
          <svg
            viewBox="0 0 16 16"
            width="12"
            height="12"
            aria-hidden="true"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.6"
          >
            <path d="M6.5 9.5a3 3 0 0 0 4.2 0l2.4-2.4a3 3 0 0 0-4.2-4.2l-.9.9M9.5 6.5a3 3 0 0 0-4.2 0L2.9 8.9a3 3 0 0 0 4.2 4.2l.9-.9" />
          </svg>
        )}
      </button>
      <div
        {...popover}
        className="help-popover rounded-cell border border-line bg-raised p-3 text-sm text-text shadow-(--shadow)"
      >
        {children}
        {shared === null ? null : <p className="mt-2">{shared}</p>}
      </div>
    </>
  );
}
