'use client';

import { useEffect, useSyncExternalStore } from 'react';
import type { Ledger, LedgerSnapshot, Witness } from '@/lib/ledger';
import { SITE_VERSION } from '@/lib/runtime/version';
import { WITNESS } from './witness-key';

/** The ledger of this browser, and what it says now. */
export interface LedgerView {
  ledger: Ledger;
  snapshot: LedgerSnapshot;
  /** A history that was here before and is gone: then every total is only a lower bound. */
  lost: Witness['lost'];
}

let opening: Promise<Ledger> | null = null;
let view: LedgerView | null = null;
/** Why the ledger could not be opened, in words. */
let failure: string | null = null;
const listeners = new Set<() => void>();

/**
 * The one ledger of this page, opened on first use. Its code comes with it, so a page that never asks does not load it.
 * Workers open their own with `openLedger`: they share what is stored.
 */
export function pageLedger(): Promise<Ledger> {
  opening ??= open().catch((error: unknown) => {
    // The next one who asks tries again.
    opening = null;
    failure = error instanceof Error ? error.message : String(error);
    for (const listener of listeners) listener();
    throw error;
  });
  return opening;
}

/** In two tasks, what checks records before the rest of it: in one, a slow phone does not answer for a quarter of a second. */
async function library() {
  await import('@/lib/ledger/schema');
  await new Promise((next) => setTimeout(next));
  return import('@/lib/ledger');
}

function open(): Promise<Ledger> {
  return library().then(async ({ openLedger, readWitness, witness }) => {
    const ledger = await openLedger({ version: SITE_VERSION });
    const lostFrom = (snapshot: LedgerSnapshot): Witness['lost'] => {
      try {
        const stored = localStorage.getItem(WITNESS);
        const note = witness(readWitness(stored), snapshot);
        const text = note === null ? null : JSON.stringify(note);
        if (text !== null && text !== stored) localStorage.setItem(WITNESS, text);
        return note?.lost ?? null;
      } catch {
        // No note can be kept here, so no loss can be noticed.
        return null;
      }
    };
    const changed = () => {
      const snapshot = ledger.snapshot();
      view = { ledger, snapshot, lost: lostFrom(snapshot) };
      for (const listener of listeners) listener();
    };
    ledger.subscribe(changed);
    // A tab that slept may have missed a run that died elsewhere.
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) void ledger.refresh();
    });
    failure = null;
    changed();
    return ledger;
  });
}

/** The history that was here before and is gone, as far as this page knows. */
export const lostHistory = (): Witness['lost'] => view?.lost ?? null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** What the ledger says, followed live across tabs. Null until it is open, and while the page is made on a server. */
export function useLedger(): LedgerView | null {
  useEffect(() => void pageLedger().catch(() => {}), []);
  return useSyncExternalStore(
    subscribe,
    () => view,
    () => null,
  );
}

/** Why there is none, once that is known: then nobody waits for it. */
export function useLedgerFailure(): string | null {
  return useSyncExternalStore(
    subscribe,
    () => failure,
    () => null,
  );
}
