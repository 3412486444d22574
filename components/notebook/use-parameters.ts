'use client';

import { useLayoutEffect, useMemo } from 'react';
import type { Declarations, ParameterSet, ValuesOf } from '@/lib/notebook/parameters';
import { useNotebook, useNotebookState } from './notebook-provider';

export interface Parameters<D extends Declarations> {
  values: ValuesOf<D>;
  /** Brings the value into range, lets what hangs on it follow, and says so in `notes` if it had to be changed. */
  set(name: keyof D & string, value: unknown): void;
  /** For a `<ParameterPanel>` of this set. */
  panel: {
    set: ParameterSet<D>;
    values: ValuesOf<D>;
    onChange: Parameters<D>['set'];
    onSlide: Parameters<D>['set'];
    provisional: readonly string[];
  };
  /** Back to the defaults of this set. */
  resetAll(): void;
  /** In words: what had to be changed in the link or a field. Of the whole page. */
  notes: readonly string[];
  dismissNotes(): void;
}

/**
 * The values of a set of parameters, shared with every cell of the page that uses the same names.
 * @param set declared once, outside of any component
 * @throws ParameterClashError if another cell declares one of the names differently
 */
export function useParameters<D extends Declarations>(set: ParameterSet<D>): Parameters<D> {
  const { notebook } = useNotebook();
  notebook.register(set);
  const all = useNotebookState((state) => state.values);
  const notes = useNotebookState((state) => state.notes);
  const provisional = useNotebookState((state) => state.provisional);
  // A cell that arrives after the link was read takes its part of it.
  useLayoutEffect(() => notebook.adopt(set), [notebook, set]);

  // One string for all values, so that another cell's slider does not make this one's values look new.
  const key = Object.keys(set.declarations)
    .map((name) => JSON.stringify(all[name] ?? null))
    .join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the part of `all` that is ours
  const values = useMemo(
    () =>
      Object.fromEntries(
        Object.entries(set.declarations).map(([name, parameter]) => [name, all[name] ?? parameter.default]),
      ) as ValuesOf<D>,
    [set, key],
  );
  return useMemo(() => {
    const change: Parameters<D>['set'] = (name, value) => notebook.set(set, name, value);
    const slide: Parameters<D>['set'] = (name, value) => notebook.slide(set, name, value);
    return {
      values,
      set: change,
      panel: { set, values, onChange: change, onSlide: slide, provisional },
      resetAll: () => notebook.reset(set),
      notes,
      dismissNotes: notebook.dismissNotes,
    };
  }, [values, notes, provisional, notebook, set]);
}
