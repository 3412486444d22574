/**
 * What a page remembers: the values of its parameters and what its cells are doing. The only mutable state that cells
 * read; the address mirrors it (`history.ts`). Plain store, no React.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { isAnchor, type ReadLink, readLink, writeLink } from './link';
import {
  clamp,
  type Declarations,
  destinationsOf,
  formatValue,
  linkKey,
  type ParameterSet,
  type ParameterValue,
  type ValuesOf,
} from './parameters';

export type CellPhase = 'idle' | 'preparing' | 'running' | 'done' | 'stopped' | 'failed';

/** A cell as the run bar and the page-level commands see it. */
export interface CellEntry {
  id: string;
  title: string;
  state: CellPhase;
  stale: boolean;
  step: number;
  total: number | null;
  secondsLeft: number | null;
}

/** What the page can tell a cell to do. */
export interface CellCommands {
  run(): void;
  stop(): void;
  reset(): void;
  /** False for cells that follow their sliders by themselves: Run all passes them by. */
  runnable: boolean;
}

/** What a cell's worker holds, for the info panel. */
export interface WorkerEntry {
  cellId: string;
  backend: string | null;
  adapter: string | null;
  softwareGpu: boolean;
  tensors: number;
  tensorBytes: number;
}

export interface NotebookState {
  /** Only what was set; the rest is at its default. */
  values: Readonly<Record<string, ParameterValue>>;
  /** What was changed in the link or a field to bring it into range. */
  notes: readonly string[];
  /** In the order in which they appeared. */
  cells: readonly CellEntry[];
  /** Workers that are alive. */
  workers: readonly WorkerEntry[];
  /** The address has been read: cells may run by themselves from here on. */
  ready: boolean;
  /** Grows with every Back or Forward, so that cells look for the results of the run they are back at. */
  returns: number;
}

/** What two cells of a page call by one name, or one key, must be one thing, or a slider and a link would mean two. */
export class ParameterClashError extends Error {
  override readonly name = 'ParameterClashError';
  readonly code = 'parameter-clash';
  readonly remedy = 'Give one of them another name, or declare the parameter once and use it in both.';
}

export interface Notebook {
  store: StoreApi<NotebookState>;
  /** Makes a cell's parameters known to the page. Cells that declare the same parameter share its value. */
  register<D extends Declarations>(set: ParameterSet<D>): void;
  /** Reads what the link said of parameters that were registered after it was read. */
  adopt<D extends Declarations>(set: ParameterSet<D>): void;
  /** The parameters of the cells that have appeared so far. */
  sets(): readonly ParameterSet[];
  valuesOf<D extends Declarations>(set: ParameterSet<D>): ValuesOf<D>;
  /** Sets one value, brought into range, and whatever hangs on it. */
  set<D extends Declarations>(set: ParameterSet<D>, name: keyof D & string, value: unknown): void;
  reset<D extends Declarations>(set: ParameterSet<D>): void;
  dismissNotes(): void;
  /** Takes the values of a link; those that it does not name go back to their defaults. Never throws. */
  readHash(hash: string): void;
  /** The hash that leads back here. */
  hash(): string;
  /** The hash that would lead to these values. */
  hashOf(values: NotebookState['values']): string;
  /** Settings that are not at their defaults, in words. */
  changed(): { label: string; value: string }[];
  /** Settings that a link may carry: their keys and names. */
  linkable(): { key: string; label: string }[];
  snapshot(): NotebookState['values'];
  /** Takes values that were a snapshot of this page. */
  restore(values: NotebookState['values']): void;
  ready(): void;
  returned(): void;
  addCell(entry: Pick<CellEntry, 'id' | 'title'>, commands: CellCommands): () => void;
  updateCell(id: string, change: Partial<CellEntry>): void;
  /** Null when the cell's worker has ended. */
  updateWorker(cellId: string, worker: Omit<WorkerEntry, 'cellId'> | null): void;
  /** Tells one cell what to do; a cell that is not there is passed over. */
  command(id: string, command: 'run' | 'stop' | 'reset'): void;
  /** Runs every cell that waits for Run, one after another. @param order cell ids in page order */
  runAll(order?: readonly string[]): void;
  /** @param which those to stop; every cell if left out. */
  stopAll(which?: (cellId: string) => boolean): void;
}

type Values = Record<string, ParameterValue>;

interface Consequences {
  patch: Values;
  notes: string[];
  /** Those that would have left their range. */
  clamped: string[];
}

const ACTIVE: readonly CellPhase[] = ['preparing', 'running'];
/** Two ends of one thing, rounded to six digits for a link, still belong together within this relative difference. */
const ROUNDING = 1e-5;

function agree(a: ParameterValue, b: ParameterValue): boolean {
  if (typeof a !== 'number' || typeof b !== 'number') return a === b;
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}

export function createNotebook(): Notebook {
  const store = createStore<NotebookState>(() => ({
    values: {},
    notes: [],
    cells: [],
    workers: [],
    ready: false,
    returns: 0,
  }));
  // Names come from links too: a plain object would find `constructor` among them.
  const declarations: Declarations = Object.create(null);
  const sets = new Set<ParameterSet>();
  const commands = new Map<string, CellCommands>();
  let unknown: ReadLink['unknown'] = [];
  let lastHash = '';
  /** Parameters that the last link was read for. */
  let readFor = new Set<string>();
  /** Cells still to come in a Run all. */
  let queue: string[] = [];

  const all = (values: NotebookState['values']): Values => ({
    ...Object.fromEntries(Object.entries(declarations).map(([name, p]) => [name, p.default])),
    ...values,
  });
  const inSet = (set: ParameterSet, values: Values) =>
    Object.fromEntries(Object.keys(set.declarations).map((name) => [name, values[name]!]));

  function register<D extends Declarations>(set: ParameterSet<D>): void {
    const plain = set as unknown as ParameterSet;
    if (sets.has(plain)) return;
    const keys = new Map(Object.entries(declarations).map(([name, p]) => [linkKey(name, p), name]));
    for (const [name, parameter] of Object.entries(plain.declarations)) {
      const known = declarations[name];
      const sameKey = keys.get(linkKey(name, parameter)) ?? name;
      if (known !== undefined && known !== parameter && JSON.stringify(known) !== JSON.stringify(parameter))
        throw new ParameterClashError(`Two cells of this page declare the parameter “${name}” differently.`);
      if (sameKey !== name)
        throw new ParameterClashError(`The parameters “${name}” and “${sameKey}” of this page share a key.`);
    }
    sets.add(plain);
    for (const [name, parameter] of Object.entries(plain.declarations)) declarations[name] ??= parameter;
  }

  /** What a set says must follow when `changed` has moved, brought into range. */
  function consequences(set: ParameterSet, values: Values, changed: string): Consequences {
    const found: Consequences = { patch: {}, notes: [], clamped: [] };
    const wanted = set.reconcile?.(inSet(set, values) as ValuesOf<Declarations>, changed) ?? {};
    for (const [name, raw] of Object.entries(wanted)) {
      const parameter = set.declarations[name];
      if (!parameter) continue;
      const { value, note } = clamp(parameter, raw);
      found.patch[name] = value;
      if (note) {
        found.notes.push(note);
        found.clamped.push(name);
      }
    }
    return found;
  }

  const setsThatHold = (name: string) => [...sets].filter((set) => set.reconcile && name in set.declarations);

  /**
   * Lets everything that hangs on one value follow it, each set once. Where something would leave its range it stops at the
   * end, and the value that was moved comes back to meet it: ε and σ never stand for two different guarantees.
   */
  function settle(values: Values, changed: string, notes: string[]): Values {
    let settled = values;
    const asked = new Set<ParameterSet>();
    const waiting = [changed];
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      for (const set of setsThatHold(name)) {
        if (asked.has(set)) continue;
        asked.add(set);
        const before = settled;
        const follow = consequences(set, settled, name);
        settled = { ...settled, ...follow.patch };
        for (const end of follow.clamped) settled = { ...settled, ...consequences(set, settled, end).patch };
        notes.push(...follow.notes);
        waiting.push(...Object.keys(settled).filter((other) => settled[other] !== before[other]));
      }
    }
    return settled;
  }

  function applyHash(hash: string, among: Set<string>): void {
    // A cell declares its parameters as it is drawn and takes them over later: till then its part of the link is kept as it stands.
    const taken = Object.entries(declarations).filter(([name]) => readFor.has(name) || among.has(name));
    const read = readLink(hash, Object.fromEntries(taken));
    unknown = read.unknown;
    const notes = [...read.notes];
    const before = store.getState();
    let values = all(before.values);
    for (const name of among) values[name] = read.values[name] ?? declarations[name]!.default;
    const disagreed = new Set<string>();
    const take = (patch: Values) => {
      for (const [name, value] of Object.entries(patch)) {
        const given = read.values[name];
        // Rounded for the link, no more: left as it is, or a link passed on and on would drift.
        if (given !== undefined && given === values[name] && agree(given, value)) continue;
        values = { ...values, [name]: value };
        if (given !== undefined) disagreed.add(name);
      }
    };
    // What a link names first decides; what it names later must go with it, or gives way and says so.
    const decided = new Set<string>();
    for (const name of Object.keys(declarations)) {
      if (!among.has(name) || decided.has(name)) continue;
      for (const set of setsThatHold(name)) {
        const { patch, clamped, notes: said } = consequences(set, values, name);
        // A value left out, being the default, decides where that is just what the link means.
        const meant = Object.keys(patch).filter((other) => other in read.values);
        const implied = meant.length > 0 && meant.every((other) => agree(read.values[other]!, patch[other]!));
        if (!(name in read.values) && !implied) continue;
        decided.add(name);
        notes.push(...said);
        for (const other of Object.keys(patch)) {
          if (other !== name && decided.has(other)) delete patch[other];
          else decided.add(other);
        }
        take(patch);
        // Where something would leave its range, even what decides comes back to meet it.
        for (const end of clamped) take(consequences(set, values, end).patch);
      }
    }
    for (const name of disagreed) {
      const parameter = declarations[name]!;
      const [given, used] = [read.values[name]!, values[name]!].map((value) => formatValue(parameter, value));
      if (given !== used)
        notes.push(`${parameter.label}: ${given} does not go with the rest of the link; using ${used}.`);
    }
    readFor = new Set([...readFor, ...among]);
    store.setState({ values, notes: [...new Set([...before.notes, ...notes])] });
  }

  function advance(): void {
    const busy = store.getState().cells.some((cell) => ACTIVE.includes(cell.state));
    if (busy) return;
    const next = queue.shift();
    if (next !== undefined) commands.get(next)?.run();
  }

  const hashOf = (values: NotebookState['values']) => writeLink(all(values), declarations, unknown);

  return {
    store,
    register,
    adopt(set) {
      register(set);
      const missed = Object.keys(set.declarations).filter((name) => !readFor.has(name));
      if (store.getState().ready && missed.length > 0) applyHash(lastHash, new Set(missed));
    },
    sets: () => [...sets],
    valuesOf: (set) =>
      inSet(set as unknown as ParameterSet, { ...set.defaults, ...store.getState().values }) as never,
    set(set, name, raw) {
      register(set);
      const { value, note } = clamp(set.declarations[name]!, raw);
      const notes = note ? [note] : [];
      store.setState({
        values: settle({ ...all(store.getState().values), [name]: value }, name, notes),
        notes,
      });
    },
    reset(set) {
      const values = { ...store.getState().values };
      for (const name of Object.keys(set.declarations)) delete values[name];
      store.setState({ values, notes: [] });
    },
    dismissNotes: () => store.setState({ notes: [] }),
    readHash(hash) {
      // An anchor says nothing of the experiment.
      lastHash = isAnchor(hash) ? lastHash : hash;
      store.setState({ notes: [] });
      readFor = new Set();
      applyHash(lastHash, new Set(Object.keys(declarations)));
    },
    hash: () => hashOf(store.getState().values),
    hashOf,
    changed: () =>
      Object.entries(declarations).flatMap(([name, parameter]) => {
        const value = store.getState().values[name];
        if (value === undefined || value === parameter.default) return [];
        const words = formatValue(parameter, value);
        const unit = parameter.kind === 'number' && parameter.unit ? ` ${parameter.unit}` : '';
        return [
          { label: parameter.label, value: words.length > 40 ? `${words.slice(0, 40)}…` : words + unit },
        ];
      }),
    linkable: () =>
      Object.entries(declarations)
        .filter(([, parameter]) => destinationsOf(parameter).link)
        .map(([name, parameter]) => ({ key: linkKey(name, parameter), label: parameter.label })),
    snapshot: () => store.getState().values,
    restore(values) {
      const lawful: Values = {};
      for (const [name, parameter] of Object.entries(declarations))
        if (Object.hasOwn(values, name)) lawful[name] = clamp(parameter, values[name]).value;
      store.setState({ values: lawful, notes: [] });
    },
    ready: () => store.setState({ ready: true }),
    returned: () => store.setState((state) => ({ returns: state.returns + 1 })),
    addCell(entry, cellCommands) {
      commands.set(entry.id, cellCommands);
      const fresh: CellEntry = {
        state: 'idle',
        stale: false,
        step: 0,
        total: null,
        secondsLeft: null,
        ...entry,
      };
      store.setState((state) => ({ cells: [...state.cells.filter((cell) => cell.id !== entry.id), fresh] }));
      return () => {
        if (commands.get(entry.id) !== cellCommands) return;
        commands.delete(entry.id);
        store.setState((state) => ({ cells: state.cells.filter((cell) => cell.id !== entry.id) }));
      };
    },
    updateCell(id, change) {
      store.setState((state) => ({
        cells: state.cells.map((cell) => (cell.id === id ? { ...cell, ...change } : cell)),
      }));
      if (queue.length > 0) advance();
    },
    updateWorker(cellId, worker) {
      store.setState((state) => {
        const others = state.workers.filter((entry) => entry.cellId !== cellId);
        return { workers: worker ? [...others, { cellId, ...worker }] : others };
      });
    },
    command: (id, command) => commands.get(id)?.[command](),
    runAll(order) {
      const ids = store.getState().cells.map((cell) => cell.id);
      const place = (id: string) => {
        const index = order?.indexOf(id) ?? -1;
        return index < 0 ? ids.length + ids.indexOf(id) : index;
      };
      queue = ids.filter((id) => commands.get(id)?.runnable).sort((a, b) => place(a) - place(b));
      advance();
    },
    stopAll(which = () => true) {
      queue = queue.filter((id) => !which(id));
      for (const { id, state } of store.getState().cells)
        if (ACTIVE.includes(state) && which(id)) commands.get(id)?.stop();
    },
  };
}
