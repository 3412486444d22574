/**
 * Which backend the learner asked for, for the whole site: `?backend=wasm` in the address, else what was chosen before
 * in this browser, else the best one.
 */
import { NAMES } from '@/lib/kept';
import { BACKEND_NAMES, type BackendName, type BackendPreference } from './backend';

const STORAGE_KEY = NAMES.backend;
const listeners = new Set<() => void>();
/** Storage may be refused (embeds, private windows): the choice then lasts as long as the page. */
let inMemory: BackendPreference | null = null;

function isPreference(value: unknown): value is BackendPreference {
  return value === 'auto' || BACKEND_NAMES.some((name) => name === value);
}

function stored(): BackendPreference | null {
  try {
    const value = localStorage.getItem(STORAGE_KEY);
    return isPreference(value) ? value : null;
  } catch {
    return null;
  }
}

/**
 * Backends that failed and that a restart has left behind: every cell passes them over, until the learner asks for a backend
 * anew or the page is loaded again. Listeners of the preference hear of it too.
 */
const lost = new Set<BackendName>();
let lostList: readonly BackendName[] = [];

export const lostBackends = {
  has: (name: BackendName) => lost.has(name),
  add(name: BackendName): void {
    lost.add(name);
    lostList = [...lost];
    for (const listener of listeners) listener();
  },
  [Symbol.iterator]: () => lost.values(),
  /** The same array until there is another. */
  list: () => lostList,
};

export function backendPreference(): BackendPreference {
  if (inMemory) return inMemory;
  const asked = typeof location === 'undefined' ? null : new URLSearchParams(location.search).get('backend');
  return isPreference(asked) ? asked : (stored() ?? 'auto');
}

/** Cells follow with their next run: their workers are started anew on the backend asked for. */
export function preferBackend(preference: BackendPreference): void {
  inMemory = preference;
  lost.clear();
  lostList = [];
  try {
    if (preference === 'auto') localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, preference);
  } catch {
    // Remembered for this page only.
  }
  for (const listener of listeners) listener();
}

export function onBackendPreference(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
