import type { ReactNode } from 'react';

interface EmptyStageProps {
  /** The button whose press fills it, if the words begin with that. */
  press?: string;
  children: ReactNode;
}

/** In the place of what a cell shows, as long as there is nothing. */
export function EmptyStage({ press, children }: EmptyStageProps) {
  return (
    <div className="space-y-2 rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
      {press ? (
        <>
          Press <strong className="text-text">{press}</strong>:{' '}
        </>
      ) : null}
      {children}
    </div>
  );
}
