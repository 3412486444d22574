/** The cells of a page: what each does now, and what the page can tell them to do, one by one or one after another. */
import { isBusy } from '@/lib/runtime/run-snapshot';
import type { CellEntry, NotebookStore, WorkerEntry } from './state';

/** What the page can tell a cell to do. */
export interface CellCommands {
  run(): void;
  stop(): void;
  reset(): void;
  /** Lets a run rest, or go on; for cells that can. */
  hold?(held: boolean): void;
  /** False for cells that follow their sliders by themselves: Run all passes them by. */
  runnable: boolean;
}

export interface PageCells {
  /** @returns a function that takes the cell away again */
  addCell(entry: Pick<CellEntry, 'id' | 'title'>, commands: CellCommands): () => void;
  updateCell(id: string, change: Partial<CellEntry>): void;
  /** Null when the cell's worker has ended. */
  updateWorker(cellId: string, worker: Omit<WorkerEntry, 'cellId'> | null): void;
  /** A cell shows these settings. @returns a function that says that it does no more */
  showSettings(cellId: string, names: readonly string[]): () => void;
  /** A reader has moved a setting in this cell: others that share it can say so. */
  movedIn(cellId: string, name: string): void;
  /** Tells one cell what to do; a cell that is not there is passed over. */
  command(id: string, command: 'run' | 'stop' | 'reset'): void;
  /** Runs every cell that waits for Run, one after another. @param order cell ids in page order */
  runAll(order?: readonly string[]): void;
  stopAll(): void;
  /** Whether a cell rests while nobody looks at the page. By default none does: a glance elsewhere ends nothing. */
  pauseWhenHidden(id: string, pauses: boolean): void;
  /** The page is hidden, or seen again: cells that are to rest meanwhile rest, or go on. */
  hidden(isHidden: boolean): void;
}

const NEW_CELL = {
  follows: false,
  state: 'idle',
  stale: false,
  step: 0,
  total: null,
  secondsLeft: null,
  charged: null,
} as const;

export function createCells(store: NotebookStore): PageCells {
  const commands = new Map<string, CellCommands>();
  /** Cells still to come in a Run all. */
  let queue: string[] = [];
  const setQueue = (next: string[]) => {
    queue = next;
    if (store.getState().queued !== next.length) store.setState({ queued: next.length });
  };

  const others = (id: string) => store.getState().cells.filter((cell) => cell.id !== id);

  function runNext(): void {
    if (queue.length === 0 || store.getState().cells.some(isBusy)) return;
    const [next, ...rest] = queue;
    setQueue(rest);
    commands.get(next!)?.run();
  }

  return {
    addCell(entry, cellCommands) {
      commands.set(entry.id, cellCommands);
      store.setState({ cells: [...others(entry.id), { ...NEW_CELL, ...entry }] });
      return () => {
        if (commands.get(entry.id) !== cellCommands) return;
        commands.delete(entry.id);
        store.setState({ cells: others(entry.id) });
      };
    },
    updateCell(id, change) {
      store.setState(({ cells }) => ({
        cells: cells.map((cell) => (cell.id === id ? { ...cell, ...change } : cell)),
      }));
      runNext();
    },
    updateWorker(cellId, worker) {
      store.setState((state) => {
        const workers = state.workers.filter((entry) => entry.cellId !== cellId);
        return { workers: worker ? [...workers, { cellId, ...worker }] : workers };
      });
    },
    showSettings(cellId, names) {
      const shown = { cellId, names };
      store.setState(({ settingsOf }) => ({ settingsOf: [...settingsOf, shown] }));
      return () =>
        store.setState(({ settingsOf }) => ({ settingsOf: settingsOf.filter((one) => one !== shown) }));
    },
    movedIn(cellId, name) {
      const { values } = store.getState();
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value !== undefined)
        store.setState(({ moved }) => ({ moved: { ...moved, [name]: { cellId, value } } }));
    },
    command: (id, command) => commands.get(id)?.[command](),
    runAll(order = []) {
      const ids = store.getState().cells.map((cell) => cell.id);
      // Those that the order does not name come last, as they appeared.
      const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length + ids.indexOf(id));
      setQueue(ids.filter((id) => commands.get(id)?.runnable).sort((a, b) => place(a) - place(b)));
      runNext();
    },
    stopAll() {
      setQueue([]);
      for (const cell of store.getState().cells) if (isBusy(cell)) commands.get(cell.id)?.stop();
    },
    pauseWhenHidden(id, pauses) {
      store.setState(({ pausedWhenHidden: paused }) => ({
        pausedWhenHidden: pauses ? [...new Set([...paused, id])] : paused.filter((other) => other !== id),
      }));
    },
    hidden(isHidden) {
      for (const id of store.getState().pausedWhenHidden) commands.get(id)?.hold?.(isHidden);
    },
  };
}
