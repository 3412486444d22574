'use client';

import type { ReactNode } from 'react';
import { usePopover } from '@/components/ui/use-popover';

export interface ToolsMenuProps {
  /** The entries. @param close closes the list */
  children(close: () => void): ReactNode;
  /** Below them. */
  foot?: ReactNode;
}

/** What one can do with a whole page, behind one button. */
export function ToolsMenu({ children, foot }: ToolsMenuProps) {
  const { opener, popover, close } = usePopover<HTMLDivElement>();
  return (
    <>
      <button
        type="button"
        {...opener}
        data-page-tools
        title="Present, run all, hardware and more"
        className="tools-button inline-flex min-h-8 items-center gap-1.5 rounded-control border border-line-strong bg-surface px-3 font-medium hover:border-text"
      >
        Tools
      </button>
      <div
        {...popover}
        className="info-popover w-[min(15rem,calc(100vw-1.5rem))] rounded-cell border border-line-strong bg-raised p-1.5 text-sm text-text shadow-(--shadow)"
      >
        <ul>{children(close)}</ul>
        {foot}
      </div>
    </>
  );
}
