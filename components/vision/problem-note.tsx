import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { PictureProblem } from './picture';

interface PictureProblemNoteProps {
  problem: (PictureProblem & { code?: string }) | null;
  onDismiss?(): void;
  children?: ReactNode;
}

/** What was wrong with a picture, a folder or a checkpoint, and what to do. */
export function PictureProblemNote({ problem, onDismiss, children }: PictureProblemNoteProps) {
  return problem ? (
    <div
      role="alert"
      data-stays
      data-failure={problem.code}
      className="wrap-anywhere rounded-control border border-danger bg-danger-soft p-3 text-sm"
    >
      <p className="font-semibold">{problem.message}</p>
      <p>{problem.remedy}</p>
      {children}
      {onDismiss ? (
        <Button small className="mt-2" onClick={onDismiss}>
          Dismiss
        </Button>
      ) : null}
    </div>
  ) : null;
}
