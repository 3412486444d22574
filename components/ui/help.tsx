'use client';

import type { ReactNode } from 'react';
import { usePopover } from './use-popover';

/** A question mark that opens a few sentences. */
export function Help({ about, children }: { about: string; children: ReactNode }) {
  const { opener, popover } = usePopover<HTMLDivElement>();
  return (
    <>
      <button
        type="button"
        {...opener}
        aria-label={`What is ${about}?`}
        className="grid h-6 w-6 shrink-0 place-items-center rounded-full border border-line text-xs text-secondary hover:border-line-strong hover:text-text"
      >
        ?
      </button>
      <div
        {...popover}
        className="help-popover rounded-cell border border-line bg-raised p-3 text-sm text-text shadow-(--shadow)"
      >
        {children}
      </div>
    </>
  );
}
