/** Settings that stay as they are: whoever set an assignment has fixed them. */
import { linkKey } from '../parameters';
import type { Notebook } from '../store';

/**
 * The same notebook, in which no reader moves a fixed setting: neither by itself nor by its other end (of ε and σ one follows the other).
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
  const move: Notebook['set'] = (set, name, value) => {
    notebook.register(set);
    notebook.finish();
    const before = notebook.snapshot();
    notebook.set(set, name, value);
    const now = notebook.snapshot();
    const moved = fixed().find(
      ([one, parameter]) => (now[one] ?? parameter.default) !== (before[one] ?? parameter.default),
    );
    if (!moved) return;
    notebook.restore(before);
    const [, { label }] = moved;
    notebook.store.setState({ notes: [`${label} is fixed in this assignment, and this would move it.`] });
  };
  return { ...notebook, set: move, slide: move, reset: () => notebook.readHash(atFirst) };
}
