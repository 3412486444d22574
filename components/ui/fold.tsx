import type { ReactNode } from 'react';

interface FoldProps {
  title: ReactNode;
  /** Unfolded from the start. */
  open?: boolean;
  children: ReactNode;
}

/** Settings that not everybody needs, behind their title. */
export function Fold({ title, open = false, children }: FoldProps) {
  return (
    <details className="rounded-control border border-line px-3 py-2" open={open}>
      <summary className="font-medium">{title}</summary>
      <div className="mt-3">{children}</div>
    </details>
  );
}
