/**
 * The values of a page as a link has them. Cells may appear after the link was read: each takes its part when it comes, and
 * till then its part is kept as it stands.
 */
import { isAnchor, type ReadLink, readLink, writeLink } from '../link';
import { type Declarations, destinationsOf, linkKey, type ParameterSet } from '../parameters';
import type { Declared, Values } from './declared';
import { inSet } from './settle';
import { EMPTY_PAGE, type NotebookState, type NotebookStore } from './state';
import { takeLink } from './take-link';

export interface LinkValues {
  /** Makes parameters known, and reads what the link said of them if they were not when it was read. */
  adopt<D extends Declarations>(set: ParameterSet<D>): void;
  /** Takes the values of a link; those that it does not name go back to their defaults. Never throws. */
  readHash(hash: string): void;
  /** The hash that leads back here. */
  hash(): string;
  /** The hash that would lead to these values. */
  hashOf(values: NotebookState['values']): string;
  /** Settings that a link may carry: their keys and names. */
  linkable(): { key: string; label: string }[];
}

/** Whether any of its values is another than the default. */
const isMoved = ({ declarations }: ParameterSet, values: Values): boolean =>
  Object.entries(declarations).some(([name, parameter]) => values[name] !== parameter.default);

export function createLinkValues(store: NotebookStore, declared: Declared): LinkValues {
  let lastHash = '';
  /** Parameters that the last link was read for. */
  let readFor = new Set<string>();
  let unknown: ReadLink['unknown'] = [];

  function take(among: Set<string>): void {
    readFor = new Set([...readFor, ...among]);
    const known = Object.entries(declared.parameters).filter(([name]) => readFor.has(name));
    const read = readLink(lastHash, Object.fromEntries(known));
    unknown = read.unknown;
    const before = store.getState();
    const { values, notes } = takeLink(declared, read.values, declared.complete(before.values), among);
    store.setState({
      values,
      provisional: EMPTY_PAGE.provisional,
      notes: [...new Set([...before.notes, ...read.notes, ...notes])],
    });
  }

  const hashOf = (values: NotebookState['values']) => {
    const complete = declared.complete(values);
    const inLink = declared.sets.flatMap((set) =>
      // Defaults are left out whichever end decides, and an accountant takes its time to say which.
      isMoved(set, complete) ? (set.inLink?.(inSet(set, complete) as never) ?? []) : [],
    );
    return writeLink(complete, declared.parameters, unknown, inLink);
  };

  return {
    adopt(set) {
      declared.add(set as unknown as ParameterSet);
      const missed = Object.keys(set.declarations).filter((name) => !readFor.has(name));
      if (store.getState().ready && missed.length > 0) take(new Set(missed));
    },
    readHash(hash) {
      // An anchor says nothing of the experiment.
      if (!isAnchor(hash)) lastHash = hash;
      store.setState(({ acts }) => ({ acts: acts + 1, notes: [] }));
      readFor = new Set();
      take(new Set(declared.names));
    },
    hash: () => hashOf(store.getState().values),
    hashOf,
    linkable: () =>
      Object.entries(declared.parameters)
        .filter(([, parameter]) => destinationsOf(parameter).link)
        .map(([name, parameter]) => ({ key: linkKey(name, parameter), label: parameter.label })),
  };
}
