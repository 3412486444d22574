/** The values of a page's parameters: set by sliders, always in range, and together where they hang together. */
import { sixDigits } from '../link';
import {
  clamp,
  type Declarations,
  formatValue,
  linkKey,
  type Parameter,
  type ParameterSet,
  type ParameterValue,
  type ValuesOf,
} from '../parameters';
import type { Declared, Values } from './declared';
import { inSet, settle } from './settle';
import { EMPTY_PAGE, type NotebookState, type NotebookStore } from './state';

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
  /** The same for a slider that moves: within a frame, and exactly as soon as that is worked out. */
  slide<D extends Declarations>(set: ParameterSet<D>, name: keyof D & string, value: unknown): void;
  /** Works out at once what `slide` left under way. */
  finish(): void;
  reset<D extends Declarations>(set: ParameterSet<D>): void;
  dismissNotes(): void;
  /** Settings that are not at their defaults, in words. */
  changed(): { label: string; value: string }[];
  /** All settings, at their defaults or not. */
  settings(): Setting[];
  snapshot(): NotebookState['values'];
  /** Takes values that were a snapshot of this page. */
  restore(values: NotebookState['values']): void;
}

/** A setting as it stands, for a table of runs. */
export interface Setting {
  /** As links have it. */
  key: string;
  label: string;
  /** In words, with its unit. */
  value: string;
  /** Of a number, every digit: to sort by and to plot. */
  number?: number | undefined;
}

/** Of a longer text that was set, the beginning is enough to know it by. */
const SHOWN_CHARACTERS = 40;

function inWords(parameter: Parameter, value: ParameterValue): string {
  const words = formatValue(parameter, value);
  if (words === '') return 'empty';
  if (words.length > SHOWN_CHARACTERS) return `${words.slice(0, SHOWN_CHARACTERS)}…`;
  return parameter.kind === 'number' && parameter.unit ? `${words} ${parameter.unit}` : words;
}

/** A slider that was moved, and what hangs on it only sketched. */
interface Underway {
  /** Each move has its own. */
  token: object;
  /** The values that the slider was moved in. */
  before: Values;
  name: string;
  value: ParameterValue;
  /** What stands meanwhile; where something else does, a link was read. */
  shown: Values;
}

export function createValues(store: NotebookStore, declared: Declared): PageValues {
  let underway: Underway | null = null;
  const register = <D extends Declarations>(set: ParameterSet<D>) =>
    declared.add(set as unknown as ParameterSet);

  function settleExactly(values: Values, name: string, note: string | null): void {
    const settled = settle(declared, values, name);
    const notes = note ? [note, ...settled.notes] : settled.notes;
    store.setState({ values: settled.values, provisional: EMPTY_PAGE.provisional, notes });
  }

  const stillUnderway = () => (underway?.shown === store.getState().values ? underway : null);

  function finish(): void {
    const left = stillUnderway();
    underway = null;
    if (left) settleExactly({ ...left.before, [left.name]: left.value }, left.name, null);
  }

  /** The values in which a slider is moved: what is under way on it is overtaken, on another it is finished first. */
  function standing(name: string): Values {
    const left = stillUnderway();
    if (left?.name === name) return left.before;
    finish();
    return declared.complete(store.getState().values);
  }

  const acted = () => store.setState(({ acts }) => ({ acts: acts + 1 }));

  function set<D extends Declarations>(set: ParameterSet<D>, name: keyof D & string, raw: unknown): void {
    register(set);
    acted();
    const before = standing(name);
    underway = null;
    const { value, note } = clamp(set.declarations[name]!, raw);
    settleExactly({ ...before, [name]: sixDigits(set.declarations[name]!, value) }, name, note);
  }

  function slide<D extends Declarations>(set: ParameterSet<D>, name: keyof D & string, raw: unknown): void {
    register(set);
    acted();
    const before = standing(name);
    const value = sixDigits(set.declarations[name]!, clamp(set.declarations[name]!, raw).value);
    const moved = { ...before, [name]: value };
    const token = {};
    const wanted = () => underway?.token === token;
    const waits = declared
      .around(name)
      .flatMap((one) => one.ahead?.(inSet(one, moved) as never, name, wanted) ?? []);
    if (waits.length === 0) {
      underway = null;
      settleExactly(moved, name, null);
      return;
    }
    const { values } = settle(declared, moved, name, 'sketch');
    const provisional = Object.keys(values).filter(
      (other) => other !== name && values[other] !== moved[other],
    );
    underway = { token, before, name, value, shown: values };
    store.setState({ values, provisional, notes: [] });
    // Where it could not be worked out elsewhere, it is worked out here.
    void Promise.allSettled(waits).then(() => wanted() && finish());
  }

  return {
    register,
    sets: () => declared.sets,
    valuesOf: (set) =>
      inSet(set as unknown as ParameterSet, { ...set.defaults, ...store.getState().values }) as never,
    set,
    slide,
    finish,
    reset(set) {
      const values = { ...store.getState().values };
      for (const name of Object.keys(set.declarations)) delete values[name];
      underway = null;
      acted();
      store.setState({ values, provisional: EMPTY_PAGE.provisional, notes: [] });
    },
    dismissNotes: () => store.setState({ notes: [] }),
    changed: () =>
      Object.entries(declared.parameters).flatMap(([name, parameter]) => {
        const value = store.getState().values[name];
        if (value === undefined || value === parameter.default) return [];
        return [{ label: parameter.label, value: inWords(parameter, value) }];
      }),
    settings: () => {
      const { values } = store.getState();
      return Object.entries(declared.parameters).map(([name, parameter]) => {
        const value = values[name] ?? parameter.default;
        return {
          key: linkKey(name, parameter),
          label: parameter.label,
          value: inWords(parameter, value),
          ...(typeof value === 'number' ? { number: value } : {}),
        };
      });
    },
    snapshot: () => store.getState().values,
    restore(values) {
      const lawful: Values = {};
      for (const [name, parameter] of Object.entries(declared.parameters))
        if (Object.hasOwn(values, name)) lawful[name] = clamp(parameter, values[name]).value;
      underway = null;
      acted();
      store.setState({ values: lawful, provisional: EMPTY_PAGE.provisional, notes: [] });
    },
  };
}
