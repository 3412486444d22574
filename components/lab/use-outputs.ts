'use client';

import { useCallback, useRef } from 'react';
import type { PutOut } from '@/components/code/code-runner';

export interface Outputs extends PutOut {
  /** ISO 8601: when the last of it came. */
  at: string;
}

/** What the code cells of a notebook have put out since it was opened, for whoever takes it along. Nothing is drawn from it. */
export function useOutputs() {
  const outputs = useRef(new Map<string, Outputs>());
  const heard = useCallback(
    (place: string, put: PutOut) => void outputs.current.set(place, { at: new Date().toISOString(), ...put }),
    [],
  );
  return { outputs: outputs.current as ReadonlyMap<string, Outputs>, heard };
}
