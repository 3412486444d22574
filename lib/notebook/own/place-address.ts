/** In the place of the address bar, for a cell of a notebook of one's own: its settings are mirrored in the document. */
import { type Address, onLeaving } from '../history';

/** Of all places on the page: each hands over a setting that it still holds back. */
const holding = new Set<() => void>();

/** Before a cell is moved or deleted, or something undone: what its sliders say now counts. */
export function settlePlaces(): void {
  for (const settle of holding) settle();
}

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

  leaving = (left: () => void) => {
    const unlisten = onLeaving(left);
    holding.add(left);
    return () => {
      unlisten();
      holding.delete(left);
    };
  };

  /** The document says otherwise: undo, redo, another tab. */
  take(settings: string): void {
    if (settings === this.settings) return;
    this.settings = settings;
    this.#state = null;
    for (const listener of this.#listeners) listener();
  }
}
