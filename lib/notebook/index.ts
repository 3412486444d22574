export { isAnchor, LINK_VERSION, longLinkWarning, type ReadLink, readLink, writeLink } from './link';
export * from './parameters';
export {
  type CellCommands,
  type CellEntry,
  createNotebook,
  type Notebook,
  type NotebookState,
  ParameterClashError,
} from './store';
