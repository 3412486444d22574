'use client';

import { Button } from '@/components/ui/button';
import type { SaveState } from '@/lib/notebook/own/autosave';

/** Whether what one sees is kept, and where. */
export function SavedLine({
  state,
  fleeting,
  onRetry,
}: {
  state: SaveState;
  /** Why nothing outlasts the page; null where it does. */
  fleeting: string | null;
  onRetry(): void;
}) {
  if (fleeting !== null)
    return (
      <p role="status" data-saved="memory" className="ml-auto max-w-[46ch] text-danger">
        Not kept: this browser stores nothing here ({fleeting}). Export the notebook before you leave.
      </p>
    );
  if (state.kind === 'failed')
    return (
      <p role="alert" data-saved="failed" className="ml-auto flex items-center gap-2 text-danger">
        <span className="max-w-[40ch]">Not saved: {state.why}</span>
        <Button small onClick={onRetry}>
          Try again
        </Button>
      </p>
    );
  const waits = state.kind === 'waiting';
  return (
    <p data-saved={waits ? 'waiting' : 'saved'} className="ml-auto text-secondary">
      {waits ? 'Saving …' : 'Saved in this browser'}
    </p>
  );
}
