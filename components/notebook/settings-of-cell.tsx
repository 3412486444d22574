'use client';

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
import { useNotebook } from './notebook-provider';

interface Settings {
  cellId: string;
  /** All but the hero wait behind “More settings”. */
  folded: boolean;
}

const SettingsContext = createContext<Settings | null>(null);

/** The settings of a cell. One comes first, if its parameters name a hero; the others are opened by a button. The style sheet does the rest. */
export function SettingsOfCell({ cellId, children }: { cellId: string; children: ReactNode }) {
  const id = useId();
  const [folded, setFolded] = useState(true);
  const settings = useMemo(() => ({ cellId, folded }), [cellId, folded]);
  return (
    <SettingsContext value={settings}>
      <div id={id} className="cell-controls grid content-start gap-4" data-folded={folded}>
        {children}
        <button
          type="button"
          data-more-settings
          aria-expanded={!folded}
          aria-controls={id}
          onClick={() => setFolded(!folded)}
          className="-my-1 w-fit rounded-control px-1 py-1 text-sm font-medium text-secondary hover:text-text"
        >
          <span aria-hidden="true">{folded ? '▸' : '▾'}</span> More settings
        </button>
      </div>
    </SettingsContext>
  );
}

/**
 * For what draws settings: whether all but the hero are folded away, null outside of a cell; and to be told of a setting that a reader
 * moves here. Says meanwhile that this cell shows these settings, for others that share them.
 */
export function useSettings(names: readonly string[]): { folded: boolean | null; moves(name: string): void } {
  const settings = useContext(SettingsContext);
  const { notebook } = useNotebook();
  const cellId = settings?.cellId ?? null;
  const key = names.join(' ');
  useEffect(
    () => (cellId === null ? undefined : notebook.showSettings(cellId, key.split(' '))),
    [notebook, cellId, key],
  );
  const moves = useCallback(
    (name: string) => {
      if (cellId !== null) notebook.movedIn(cellId, name);
    },
    [notebook, cellId],
  );
  return { folded: settings?.folded ?? null, moves };
}

/** The cell around; null outside of one. */
export const useCellAround = (): string | null => useContext(SettingsContext)?.cellId ?? null;
