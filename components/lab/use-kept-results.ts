'use client';

import { useCallback } from 'react';
import type { PutOut } from '@/components/code/code-runner';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { Shelf } from '@/lib/notebook/own/shelf';
import { useOutputs } from './use-outputs';
import { useShown } from './use-shown';

/** What the cells of an open notebook found: heard as it comes, kept over a reload, and given to whoever takes it along. */
export function useKeptResults(
  shelf: Shelf,
  id: string,
  notebook: NotebookDocument,
  rows: readonly RunRow[],
  say: (words: string) => void,
) {
  const { outputs, heard } = useOutputs();
  const { earlier, now, lookSoon } = useShown(shelf, id, notebook, rows, outputs, say);
  const onOutputs = useCallback(
    (place: string, put: PutOut) => {
      heard(place, put);
      lookSoon();
    },
    [heard, lookSoon],
  );
  return { outputs, earlier, now, onOutputs };
}
