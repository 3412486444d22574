/**
 * What a page remembers: the values of its parameters and what its cells are doing. The only mutable state that cells
 * read; the address mirrors it (`history.ts`). Plain store, no React. Its parts are in `page/`.
 */
import { createStore } from 'zustand/vanilla';
import { createCells, type PageCells } from './page/cells';
import { Declared } from './page/declared';
import { createLinkValues, type LinkValues } from './page/link-values';
import { EMPTY_PAGE, type NotebookState, type NotebookStore } from './page/state';
import { createValues, type PageValues } from './page/values';

export interface Notebook extends PageValues, LinkValues, PageCells {
  store: NotebookStore;
  /** The address has been read. */
  ready(): void;
  /** The reader went Back or Forward. */
  returned(): void;
}

export function createNotebook(): Notebook {
  const store = createStore<NotebookState>(() => EMPTY_PAGE);
  const declared = new Declared();
  const values = createValues(store, declared);
  const links = createLinkValues(store, declared);
  return {
    store,
    ...values,
    ...links,
    hash() {
      // A link is for keeps.
      values.finish();
      return links.hash();
    },
    ...createCells(store),
    ready: () => store.setState({ ready: true }),
    returned: () => store.setState((state) => ({ returns: state.returns + 1 })),
  };
}
