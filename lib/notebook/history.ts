/**
 * The address mirrors the page's parameters. A slider replaces the current entry once it rests; Run makes a new one. So
 * each entry stands for one run, and Back leads to the run before.
 */
import { isAnchor } from './link';
import type { Notebook } from './store';

/** The part of `location` and `history` that is used, so that tests can stand in. */
export interface Address {
  hash(): string;
  /** What `replace` and `push` were given for the current entry; anything at all if it was not ours. */
  state(): unknown;
  replace(hash: string, state: unknown): void;
  push(hash: string, state: unknown): void;
  /** Calls back after Back, Forward and a hash typed by hand. */
  listen(moved: () => void): () => void;
  /** Calls back when the page is left or hidden: it may not come back. Left out where nothing can be left. */
  leaving?(left: () => void): () => void;
}

type Values = ReturnType<Notebook['snapshot']>;

interface Point {
  hash: string;
  values: Values;
}

/** What is kept with an entry: its values exactly, and the run that it stands for. */
interface Entry {
  values: Values;
  run: Point | null;
}

export interface Mirror {
  /** A run starts with the values as they are. */
  ran(): void;
  close(): void;
}

/** Long enough that a moving slider does not flood the browser, which refuses more than 200 changes in 30 s. */
export const REST_MS = 300;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function readEntry(state: unknown): Entry | null {
  if (!isRecord(state) || !isRecord(state.values)) return null;
  const run = state.run;
  const known = isRecord(run) && typeof run.hash === 'string' && isRecord(run.values);
  return { values: state.values as Values, run: known ? (run as unknown as Point) : null };
}

/** Reads the address into the notebook, and keeps the two together from then on. */
export function mirrorInAddress(notebook: Notebook, address: Address): Mirror {
  /** The run that the current entry stands for. */
  let run: Point | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let written = '';

  const here = (): Point => ({ hash: notebook.hash(), values: notebook.snapshot() });
  const cancel = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const replace = (point: Point) => {
    cancel();
    written = point.hash;
    address.replace(point.hash, { values: point.values, run } satisfies Entry);
  };

  function read(): void {
    const entry = readEntry(address.state());
    run = entry?.run ?? null;
    notebook.readHash(address.hash());
    // The entry's own values are exact; a link's may have been brought together, and noted, on reading.
    if (entry && notebook.hashOf(entry.values) === address.hash()) notebook.restore(entry.values);
    written = notebook.hash();
  }

  read();
  notebook.ready();

  const unsubscribe = notebook.store.subscribe((state, before) => {
    if (state.values === before.values) return;
    // What stands for an exact value still under way is not for the address.
    if (state.provisional.length > 0) return cancel();
    if (notebook.hash() === written) return cancel();
    cancel();
    timer = setTimeout(() => replace(here()), REST_MS);
  });
  const unlisten = address.listen(() => {
    cancel();
    const hash = address.hash();
    if (isAnchor(hash)) {
      // A place on the page: the reader is there already, and the address goes back to naming the experiment.
      if (notebook.hash() !== '') timer = setTimeout(() => replace(here()), REST_MS);
      return;
    }
    read();
    notebook.returned();
  });

  // Whoever moves a slider and leaves at once finds it where it was left.
  const unleave = address.leaving?.(() => {
    notebook.finish();
    if (timer !== null) replace(here());
  });

  return {
    ran() {
      const now = here();
      if (run !== null && run.hash !== now.hash) {
        // The sliders have moved this entry away from its run: give it back before the new one is made.
        replace(run);
        run = now;
        written = now.hash;
        address.push(now.hash, { values: now.values, run } satisfies Entry);
        return;
      }
      run = now;
      replace(now);
    },
    close() {
      cancel();
      unsubscribe();
      unlisten();
      unleave?.();
    },
  };
}

/** Where our part of `history.state` is kept, beside what the router keeps there. */
const STATE_KEY = 'epsilonPlayground';

/**
 * Calls back when the page is left or hidden. Ahead of the listeners that save, so that these find everything in its place.
 *
 * A link to another page counts as leaving when it is clicked: the router takes a while to bring that page on a slow device, and an
 * address written meanwhile would call it off.
 */
export function onLeaving(left: () => void): () => void {
  const hidden = () => document.hidden && left();
  const clicked = ({ target }: MouseEvent) => {
    const link = target instanceof Element ? target.closest('a') : null;
    if (link?.href && link.pathname !== location.pathname) left();
  };
  addEventListener('click', clicked, { capture: true });
  // `pagehide` is too late for the address: the page that comes is on its way then.
  addEventListener('beforeunload', left, { capture: true });
  addEventListener('pagehide', left, { capture: true });
  addEventListener('visibilitychange', hidden, { capture: true });
  return () => {
    removeEventListener('click', clicked, { capture: true });
    removeEventListener('beforeunload', left, { capture: true });
    removeEventListener('pagehide', left, { capture: true });
    removeEventListener('visibilitychange', hidden, { capture: true });
  };
}

/**
 * The address bar, as long as it shows the page that it was made on: when Back leads to another page, what this one has still to
 * say must not be written there. The router's own fields of `history.state` are added by the router itself.
 */
export function browserAddress(): Address {
  const { pathname } = location;
  const onPage = () => location.pathname === pathname;
  const here = (hash: string) => `${pathname}${location.search}${hash}`;
  return {
    hash: () => location.hash,
    state: () => (isRecord(history.state) ? history.state[STATE_KEY] : null),
    replace(hash, state) {
      if (onPage()) history.replaceState({ [STATE_KEY]: state }, '', here(hash));
    },
    push(hash, state) {
      if (onPage()) history.pushState({ [STATE_KEY]: state }, '', here(hash));
    },
    listen(moved) {
      const heard = () => onPage() && moved();
      addEventListener('popstate', heard);
      return () => removeEventListener('popstate', heard);
    },
    leaving: onLeaving,
  };
}
