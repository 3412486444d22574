'use client';

import { stored } from '@/components/ui/stored';
import {
  type Deed,
  NO_PROGRESS,
  PROGRESS_KEY,
  type Progress,
  readProgress,
  withDeed,
  writeProgress,
} from '@/lib/notebook/progress';

/** Where nothing can be stored, nothing happens: a lesson does not need it. */
const progress = stored<Progress>({
  key: PROGRESS_KEY,
  none: NO_PROGRESS,
  read: readProgress,
  write: writeProgress,
});

/** What was done in this browser; nothing on the server, and until the page is alive. */
export const useProgress = progress.use;

/** Keeps one deed. */
export function recordDeed(slug: string, deed: Deed): void {
  const before = progress.current();
  const after = withDeed(before, slug, deed);
  if (after !== before) progress.keep(after);
}

export const forgetProgress = progress.forget;
