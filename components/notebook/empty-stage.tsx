import type { ReactNode } from 'react';
import type { RecordedFile } from '@/components/embed/recorded-run';
import { EarlierRun } from './earlier-run';

export interface EmptyStageProps {
  /** The button whose press fills it, if the words begin with that. */
  press?: string;
  /** A run at the default settings that was made elsewhere. */
  earlier?: RecordedFile;
  children: ReactNode;
}

/** In the place of what a cell shows, as long as nobody has run it: what an earlier run found, or else words alone. */
export function EmptyStage({ press, earlier, children }: EmptyStageProps) {
  const words = (
    <>
      {press ? (
        <>
          Press <strong className="text-text">{press}</strong>:{' '}
        </>
      ) : null}
      {children}
    </>
  );
  if (earlier)
    return (
      <div className="grid gap-3">
        <div className="space-y-1 text-secondary">{words}</div>
        <EarlierRun file={earlier} />
      </div>
    );
  return (
    <div className="space-y-2 rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
      {words}
    </div>
  );
}
