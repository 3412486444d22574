/** The values of a page's parameters: set by sliders, always in range, and together where they hang together. */
import {
  clamp,
  type Declarations,
  formatValue,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  type ValuesOf,
} from '../parameters';
import type { Declared, Values } from './declared';
import { inSet, settle } from './settle';
import type { NotebookState, NotebookStore } from './state';

export interface PageValues {
  /**
   * Makes a cell's parameters known to the page. Cells that declare the same parameter share its value.
   * @throws ParameterClashError
   */
  register<D extends Declarations>(set: ParameterSet<D>): void;
  /** The parameters of the cells that have appeared so far. */
  sets(): readonly ParameterSet[];
  valuesOf<D extends Declarations>(set: ParameterSet<D>): ValuesOf<D>;
  /** Sets one value, brought into range, and whatever hangs on it. */
  set<D extends Declarations>(set: ParameterSet<D>, name: keyof D & string, value: unknown): void;
  reset<D extends Declarations>(set: ParameterSet<D>): void;
  dismissNotes(): void;
  /** Settings that are not at their defaults, in words. */
  changed(): { label: string; value: string }[];
  snapshot(): NotebookState['values'];
  /** Takes values that were a snapshot of this page. */
  restore(values: NotebookState['values']): void;
}

/** Of a longer text that was set, the beginning is enough to know it by. */
const SHOWN_CHARACTERS = 40;

function inWords(parameter: Parameter, value: ParameterValue): string {
  const words = formatValue(parameter, value);
  if (words.length > SHOWN_CHARACTERS) return `${words.slice(0, SHOWN_CHARACTERS)}…`;
  return parameter.kind === 'number' && parameter.unit ? `${words} ${parameter.unit}` : words;
}

export function createValues(store: NotebookStore, declared: Declared): PageValues {
  const register = <D extends Declarations>(set: ParameterSet<D>) =>
    declared.add(set as unknown as ParameterSet);
  return {
    register,
    sets: () => declared.sets,
    valuesOf: (set) =>
      inSet(set as unknown as ParameterSet, { ...set.defaults, ...store.getState().values }) as never,
    set(set, name, raw) {
      register(set);
      const { value, note } = clamp(set.declarations[name]!, raw);
      const moved = { ...declared.complete(store.getState().values), [name]: value };
      const { values, notes } = settle(declared, moved, name);
      store.setState({ values, notes: note ? [note, ...notes] : notes });
    },
    reset(set) {
      const values = { ...store.getState().values };
      for (const name of Object.keys(set.declarations)) delete values[name];
      store.setState({ values, notes: [] });
    },
    dismissNotes: () => store.setState({ notes: [] }),
    changed: () =>
      Object.entries(declared.parameters).flatMap(([name, parameter]) => {
        const value = store.getState().values[name];
        if (value === undefined || value === parameter.default) return [];
        return [{ label: parameter.label, value: inWords(parameter, value) }];
      }),
    snapshot: () => store.getState().values,
    restore(values) {
      const lawful: Values = {};
      for (const [name, parameter] of Object.entries(declared.parameters))
        if (Object.hasOwn(values, name)) lawful[name] = clamp(parameter, values[name]).value;
      store.setState({ values: lawful, notes: [] });
    },
  };
}
