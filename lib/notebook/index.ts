export { isAnchor, LINK_VERSION, longLinkWarning, type ReadLink, readLink, writeLink } from './link';
export type { CellCommands } from './page/cells';
export { ParameterClashError } from './page/declared';
export type { CellEntry, NotebookState } from './page/state';
export * from './parameters';
export { createNotebook, type Notebook } from './store';
