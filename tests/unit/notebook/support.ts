/** Parameters to test with, and an address bar that remembers where it has been. */
import type { Address } from '@/lib/notebook/history';
import { boolean, choice, defineParameters, number, text } from '@/lib/notebook/parameters';

/** ε and σ as two ends of one thing: their product is the square root of the steps. */
export const training = defineParameters(
  {
    epsilon: number({
      label: 'Privacy ε',
      help: '',
      key: 'eps',
      min: 0.1,
      max: 20,
      step: 0.1,
      scale: 'log',
      default: 2,
    }),
    noiseMultiplier: number({
      label: 'Noise multiplier σ',
      help: '',
      key: 'sigma',
      min: 0.5,
      max: 100,
      step: 0.1,
      scale: 'log',
      default: 5,
    }),
    steps: number({
      label: 'Steps',
      help: '',
      min: 1,
      max: 10_000,
      step: 1,
      scale: 'log',
      integer: true,
      default: 100,
    }),
    seed: number({
      label: 'Seed',
      help: '',
      min: 0,
      max: 2 ** 32 - 1,
      step: 1,
      scale: 'linear',
      integer: true,
      default: 1,
    }),
  },
  {
    reconcile({ epsilon, noiseMultiplier, steps }, changed) {
      if (changed === 'noiseMultiplier') return { epsilon: Math.sqrt(steps) / noiseMultiplier };
      return changed === 'seed' ? {} : { noiseMultiplier: Math.sqrt(steps) / epsilon };
    },
  },
);

export const everyKind = defineParameters({
  size: number({ label: 'Size', help: '', min: -3, max: 3, step: 0.1, scale: 'linear', default: 0.5 }),
  kind: choice({
    label: 'Kind',
    help: '',
    options: [
      { value: 'gaussian', label: 'Gaussian' },
      { value: 'laplace', label: 'Laplace' },
    ],
    default: 'gaussian',
  }),
  shown: boolean({ label: 'Shown', help: '', default: true }),
  note: text({ label: 'Note', help: '', maxLength: 20, default: '' }),
  camera: text({ label: 'Camera', help: '', maxLength: 20, default: '', destinations: { link: false } }),
});

/** An address bar with Back and Forward. */
export class FakeAddress implements Address {
  entries: { hash: string; state: unknown }[];
  at = 0;
  private readonly listeners = new Set<() => void>();
  private readonly leavers = new Set<() => void>();

  constructor(hash = '') {
    this.entries = [{ hash, state: null }];
  }

  hash = () => this.entries[this.at]!.hash;
  // The browser keeps a copy, not the thing itself.
  state = () => structuredClone(this.entries[this.at]!.state);
  replace = (hash: string, state: unknown) => {
    this.entries[this.at] = { hash, state: structuredClone(state) };
  };
  push = (hash: string, state: unknown) => {
    this.entries.splice(this.at + 1, Number.POSITIVE_INFINITY, { hash, state: structuredClone(state) });
    this.at++;
  };
  listen = (moved: () => void) => {
    this.listeners.add(moved);
    return () => this.listeners.delete(moved);
  };

  leaving = (left: () => void) => {
    this.leavers.add(left);
    return () => this.leavers.delete(left);
  };

  /** The tab is hidden or closed. */
  leave(): void {
    for (const left of this.leavers) left();
  }

  go(by: number): void {
    this.at += by;
    for (const listener of this.listeners) listener();
  }

  /** A hash typed by hand, or a click on a link within the page. */
  type(hash: string): void {
    this.push(hash, null);
    for (const listener of this.listeners) listener();
  }
}
