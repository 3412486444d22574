/** In the place of the address bar, for a cell of a notebook of one's own: its settings are mirrored in the document. */
import { type Address, onLeaving } from '../history';

export class PlaceAddress implements Address {
  #state: unknown = null;
  readonly #listeners = new Set<() => void>();

  /** @param moved hears of settings that the learner has changed */
  constructor(
    private settings: string,
    private readonly moved: (settings: string) => void,
  ) {}

  hash = () => this.settings;
  state = () => this.#state;

  replace = (hash: string, state: unknown) => {
    this.#state = state;
    if (hash === this.settings) return;
    this.settings = hash;
    this.moved(hash);
  };

  // A document has no Back; its undo leads to the settings before.
  push = this.replace;

  listen = (moved: () => void) => {
    this.#listeners.add(moved);
    return () => this.#listeners.delete(moved);
  };

  leaving = onLeaving;

  /** The document says otherwise: undo, redo, another tab. */
  take(settings: string): void {
    if (settings === this.settings) return;
    this.settings = settings;
    this.#state = null;
    for (const listener of this.#listeners) listener();
  }
}
