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

/** Of words that say what to press: they are gone once it is pressed. */
export const UNTIL_PRESSED = '[[data-state=preparing]_&]:hidden [[data-state=running]_&]:hidden';

/** In the place of what a cell shows, as long as nobody has run it: what an earlier run found, or else words alone. */
export function EmptyStage({ press, earlier, children }: EmptyStageProps) {
  const until = press ? UNTIL_PRESSED : '';
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
        <div className={`space-y-1 text-secondary ${until}`}>{words}</div>
        <EarlierRun file={earlier} />
      </div>
    );
  return (
    <div
      className={`space-y-2 rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary ${until}`}
    >
      {words}
    </div>
  );
}
