'use client';

import { useSyncExternalStore } from 'react';
import type { KernelPreference } from '@/lib/kernels/settle';
import type { WorkerEntry } from '@/lib/notebook/page/state';
import type { BackendName, BackendPreference } from '@/lib/runtime';
import {
  type KernelKnowledge,
  KNOWING_NOTHING,
  kernelKnowledge,
  onKernelKnowledge,
  preferKernels,
} from '@/lib/runtime/kernel-memory';
import {
  backendPreference,
  lostBackends,
  onBackendPreference,
  preferBackend,
} from '@/lib/runtime/preference';
import { useNotebookState } from './notebook-provider';

/** The workers that are alive: backend, adapter, tensors and bytes. */
export function useInfo(): { workers: readonly (WorkerEntry & { title: string })[] } {
  const workers = useNotebookState((state) => state.workers);
  const cells = useNotebookState((state) => state.cells);
  return {
    workers: workers.map((worker) => ({
      ...worker,
      title: cells.find(({ id }) => id === worker.cellId)?.title ?? worker.cellId,
    })),
  };
}

/** The backend asked for, site-wide. Works outside of a notebook too. */
export function useBackendPreference(): [BackendPreference, (preference: BackendPreference) => void] {
  const preference = useSyncExternalStore<BackendPreference>(
    onBackendPreference,
    backendPreference,
    () => 'auto',
  );
  return [preference, preferBackend];
}

/** What trials of kernels found, and which are asked for, site-wide. */
export function useKernels(): [KernelKnowledge, (preference: KernelPreference) => void] {
  const knowledge = useSyncExternalStore(onKernelKnowledge, kernelKnowledge, () => KNOWING_NOTHING);
  return [knowledge, preferKernels];
}

const NONE: readonly BackendName[] = [];

/** Backends that failed on this page and are passed over. */
export function useLostBackends(): readonly BackendName[] {
  return useSyncExternalStore(onBackendPreference, lostBackends.list, () => NONE);
}
