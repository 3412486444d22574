'use client';

import { useCallback, useRef } from 'react';
import type { Output } from '@/components/code/code-output';

export interface Outputs {
  /** ISO 8601: when the last of it came. */
  at: string;
  outputs: readonly Output[];
}

/** What the code cells of a notebook have put out, for whoever takes it along. Nothing is drawn from it. */
export function useOutputs() {
  const outputs = useRef(new Map<string, Outputs>());
  const heard = useCallback((place: string, list: readonly Output[]) => {
    if (list.length === 0) outputs.current.delete(place);
    else outputs.current.set(place, { at: new Date().toISOString(), outputs: list });
  }, []);
  return { outputs: outputs.current as ReadonlyMap<string, Outputs>, heard };
}
