'use client';

import { Button } from '@/components/ui/button';
import { NotebookFileError } from '@/lib/notebook/own/errors';
import { RunRecordError } from '@/lib/notebook/read-run-record';

export interface ProblemWords {
  code: string;
  message: string;
  remedy: string;
}

export function wordsFor(error: unknown): ProblemWords {
  if (error instanceof NotebookFileError || error instanceof RunRecordError)
    return { code: error.code, message: error.message, remedy: error.remedy };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'notebook-failed', message, remedy: 'Nothing was changed. Try again.' };
}

/** What went wrong, and what to do about it. */
export function Problem({ words, onDismiss }: { words: ProblemWords; onDismiss(): void }) {
  return (
    <div
      role="alert"
      data-problem={words.code}
      className="my-4 flex max-w-[68ch] items-start gap-3 rounded-control border border-danger bg-danger-soft px-4 py-2"
    >
      <p className="flex-1">
        {words.message} {words.remedy}
      </p>
      <Button small look="quiet" onClick={onDismiss} aria-label="Dismiss this message">
        Dismiss
      </Button>
    </div>
  );
}
