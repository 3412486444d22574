/** What is known of a cell's run, and how each message of the worker changes it. Pure: no clock, no worker. */
import type { ChargedRelease } from '@/lib/ledger';
import type { ActiveBackend } from './backend';
import type { CellState, Failure, Phase, Provenance, ProvenanceFacts } from './experiment';
import { assertNever, type RunMessage } from './protocol';
import { SITE_VERSION } from './version';

export interface RunSnapshot {
  state: CellState;
  phase: Phase | null;
  step: number;
  total: number | null;
  label: string | null;
  updates: readonly unknown[];
  result: unknown;
  /** The parameters that made `updates` and `result`, which may be those of the run before. */
  ranWith: unknown;
  failure: Failure | null;
  provenance: Provenance | null;
  /** What the run under way was charged for, from the moment it is. */
  charged: ChargedRelease | null;
  backend: ActiveBackend | null;
  /** Milliseconds on the page's clock; the end is null while the run lasts. */
  startedAt: number | null;
  endedAt: number | null;
  /** Since when the learner waits: runs that supersede one another are one wait, until there is something to show. */
  waitingSince: number | null;
  /** When the current phase began and at which step, to estimate what is left of it. */
  phaseStartedAt: number | null;
  phaseStartStep: number;
}

export const IDLE: RunSnapshot = {
  state: 'idle',
  phase: null,
  step: 0,
  total: null,
  label: null,
  updates: [],
  result: null,
  ranWith: null,
  failure: null,
  provenance: null,
  charged: null,
  backend: null,
  startedAt: null,
  endedAt: null,
  waitingSince: null,
  phaseStartedAt: null,
  phaseStartStep: 0,
};

export const isBusy = ({ state }: Pick<RunSnapshot, 'state'>): boolean =>
  state === 'preparing' || state === 'running';

/** A wait of this many milliseconds is one that a page speaks of. */
const SLOW_MS = 700;

/**
 * A run begins.
 * @param keepShown what is on the page stays until this run has something of its own: a slider would make it flicker else
 */
export function begin(before: RunSnapshot, params: unknown, keepShown: boolean, now: number): RunSnapshot {
  const { updates, result, ranWith, provenance } = keepShown ? before : { ...IDLE, ranWith: params };
  return {
    ...IDLE,
    ...{ updates, result, ranWith, provenance },
    backend: before.backend,
    state: 'preparing',
    startedAt: now,
    waitingSince: isBusy(before) ? before.waitingSince : now,
    phaseStartedAt: now,
  };
}

/** What the page shows is from now on this run's own. */
function takeOver(snapshot: RunSnapshot, params: unknown): RunSnapshot {
  if (snapshot.ranWith === params) return snapshot;
  return { ...snapshot, ranWith: params, updates: [], result: null, provenance: null };
}

/**
 * A superseded run was done all the same: its result is shown beside its own parameters while the newest is waited for.
 * @param params those of the superseded run
 */
export function inPassing(
  before: RunSnapshot,
  { result, facts }: Extract<RunMessage, { type: 'done' }>,
  params: unknown,
  startedAt: number,
  now: number,
): RunSnapshot {
  const provenance = provenanceOf(facts, { ...before, startedAt }, now);
  const since = before.waitingSince ?? now;
  // Where every look takes long, what is said of the wait stays: it would come and go with each result else.
  const waitingSince = now - since < SLOW_MS ? now : since;
  return { ...takeOver(before, params), result, provenance, waitingSince };
}

/**
 * @param params those of the run that the message is about
 * @param now milliseconds on the same clock as in `begin`
 */
export function afterMessage(
  before: RunSnapshot,
  message: RunMessage,
  params: unknown,
  now: number,
): RunSnapshot {
  switch (message.type) {
    case 'backend':
      return { ...before, backend: message.backend };
    case 'charged':
      return { ...before, charged: message.charged };
    case 'progress': {
      const { phase, step, total, label, updates } = message;
      const shown = updates.length > 0 ? takeOver(before, params) : before;
      const counting = before.phase === phase && before.total === total;
      return {
        ...shown,
        state: phase === 'run' ? 'running' : 'preparing',
        ...{ phase, step, total, label },
        updates: updates.length > 0 ? [...shown.updates, ...updates] : shown.updates,
        phaseStartedAt: counting ? before.phaseStartedAt : now,
        phaseStartStep: counting ? before.phaseStartStep : step,
      };
    }
    case 'done': {
      const shown = takeOver(before, params);
      return {
        ...shown,
        state: 'done',
        result: message.result,
        endedAt: now,
        provenance: provenanceOf(message.facts, shown, now),
      };
    }
    case 'stopped': {
      const ended: RunSnapshot = { ...before, state: 'stopped', endedAt: now };
      // What it had shown by then is its own, and stays.
      return before.ranWith === params
        ? { ...ended, provenance: provenanceOf(message.facts, before, now) }
        : ended;
    }
    case 'failed':
      return { ...before, state: 'failed', failure: message.failure, endedAt: now };
    default:
      return assertNever(message);
  }
}

/** A run goes on that rested: the time at rest is none of its own. @param milliseconds it rested */
export function rested(snapshot: RunSnapshot, milliseconds: number): RunSnapshot {
  const later = (time: number | null) => (time === null ? null : time + milliseconds);
  const { startedAt, waitingSince, phaseStartedAt } = snapshot;
  return {
    ...snapshot,
    startedAt: later(startedAt),
    waitingSince: later(waitingSince),
    phaseStartedAt: later(phaseStartedAt),
  };
}

/** Seconds until the phase ends at its pace so far, or null when that cannot be known. */
export function secondsLeft(snapshot: RunSnapshot, now: number): number | null {
  const { step, total, phaseStartedAt, phaseStartStep } = snapshot;
  const done = step - phaseStartStep;
  if (!isBusy(snapshot) || total === null || done <= 0 || phaseStartedAt === null) return null;
  const spent = (now - phaseStartedAt) / 1000;
  // The first moments say little.
  return spent < 0.5 ? null : (spent / done) * (total - step);
}

function provenanceOf(facts: ProvenanceFacts, { backend, startedAt }: RunSnapshot, now: number): Provenance {
  return {
    origin: 'live',
    backend: backend?.name ?? null,
    adapter: backend?.adapter ?? null,
    softwareGpu: backend?.softwareGpu ?? false,
    noise: 'none',
    seed: null,
    accountant: null,
    epsilon: null,
    delta: null,
    dataset: null,
    ...facts,
    finishedAt: new Date().toISOString(),
    seconds: startedAt === null ? 0 : (now - startedAt) / 1000,
    version: SITE_VERSION,
  };
}
