'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ResultLabel } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';

export type Labels = Readonly<Record<string, readonly ResultLabel[]>>;

/** The labels of the runs in a table, by the ids of the rows. They need the accountant, which comes when there is a private run. */
export function useLabels(rows: readonly RunRow[]) {
  const [known, setKnown] = useState<Labels>({});
  const latest = useRef(rows);
  const charged = rows
    .filter((row) => row.charged)
    .map(({ id, finishedAt }) => `${id} ${finishedAt}`)
    .join();
  useEffect(() => {
    latest.current = rows;
  });
  const look = useCallback(async () => {
    const { labelsOfRuns } = await import('./results-of-page');
    return labelsOfRuns(latest.current);
  }, []);
  useEffect(() => {
    if (charged === '') return setKnown({});
    let here = true;
    look().then(
      (labels) => here && setKnown(labels),
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [charged, look]);
  /** Resolves when all labels there are stand on the page. */
  const ready = useCallback(() => look().then(setKnown, () => undefined), [look]);
  return { known, ready };
}
