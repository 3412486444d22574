/** Settings that stay as they are: whoever set an assignment has fixed them. */
import { linkKey, type ParameterSet, type ParameterValue } from '../parameters';
import { createNotebook, type Notebook } from '../store';

/** Two ends of one thing, brought together out of a link with six digits. */
const ROUNDING = 1e-5;

const alike = (a: ParameterValue, b: ParameterValue): boolean =>
  typeof a === 'number' && typeof b === 'number'
    ? Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b))
    : a === b;

/**
 * The same notebook, in which no reader moves a fixed setting: neither by itself nor by its other end (of ε and σ one follows the other),
 * by no slider, key or field, and by no link or kept value that says otherwise.
 * @param keys of the fixed settings, as links use them
 * @param atFirst the settings of the assignment, as a link has them: where Reset leads
 */
export function withFixed(notebook: Notebook, keys: ReadonlySet<string>, atFirst: string): Notebook {
  if (keys.size === 0) return notebook;
  const fixed = () =>
    notebook
      .sets()
      .flatMap(({ declarations }) => Object.entries(declarations))
      .filter(([name, parameter]) => keys.has(linkKey(name, parameter)));
  type Values = ReturnType<Notebook['snapshot']>;
  const moved = (before: Values, now: Values) =>
    fixed().find(
      ([one, parameter]) =>
        !alike((now[one] ?? parameter.default) as ParameterValue, before[one] ?? parameter.default),
    );
  const refuse = (words: string) => notebook.store.setState({ notes: [words] });

  const move: Notebook['set'] = (set, name, value) => {
    notebook.register(set);
    notebook.finish();
    const before = notebook.snapshot();
    notebook.set(set, name, value);
    const found = moved(before, notebook.snapshot());
    if (!found) return;
    notebook.restore(before);
    refuse(`${found[1].label} is fixed in this assignment, and this would move it.`);
  };

  /** What the assignment's own settings come to, for the cells that have appeared so far. */
  function asked(): Values {
    const scratch = createNotebook();
    for (const set of notebook.sets()) scratch.register(set as ParameterSet);
    scratch.readHash(atFirst);
    return scratch.snapshot();
  }

  /** After values came from elsewhere: whatever moves a fixed setting gives way, with all that came with it. */
  function hold(): void {
    const found = moved(asked(), notebook.snapshot());
    if (!found) return;
    notebook.readHash(atFirst);
    refuse(`${found[1].label} is fixed in this assignment. The settings are those of the assignment again.`);
  }
  const held =
    <Args extends unknown[]>(act: (...args: Args) => void) =>
    (...args: Args) => {
      act(...args);
      hold();
    };

  return {
    ...notebook,
    ...{ set: move, slide: move },
    reset: () => notebook.readHash(atFirst),
    readHash: held(notebook.readHash),
    restore: held(notebook.restore),
    adopt(set) {
      notebook.adopt(set);
      if (notebook.store.getState().ready) hold();
    },
  };
}
