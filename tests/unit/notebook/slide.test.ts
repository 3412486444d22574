/** A slider that moves is answered at once by a bound, and exactly as soon as that is worked out: alone, in the address and in what runs. */
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { mirrorInAddress, REST_MS } from '@/lib/notebook/history';
import { defineParameters, number } from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { FakeAddress } from './support';

/** Exactly, σ = 10/ε; at once, a fifth more. The exact answer comes when a test lets it. */
let answered: (() => void)[] = [];
let known = new Set<number>();
const set = defineParameters(
  {
    epsilon: number({ label: 'ε', help: '', key: 'eps', min: 0.1, max: 100, scale: 'log', default: 2 }),
    noiseMultiplier: number({
      label: 'σ',
      help: '',
      key: 'sigma',
      min: 0.1,
      max: 200,
      scale: 'log',
      default: 5,
    }),
    seed: number({ label: 'Seed', help: '', min: 0, max: 9, integer: true, default: 1 }),
  },
  {
    reconcile: ({ epsilon }, changed) => (changed === 'epsilon' ? { noiseMultiplier: 10 / epsilon } : {}),
    sketch: ({ epsilon }, changed) => (changed === 'epsilon' ? { noiseMultiplier: 12 / epsilon } : {}),
    ahead: ({ epsilon }, changed) => {
      if (changed !== 'epsilon' || known.has(epsilon)) return null;
      return new Promise((resolve) => answered.push(resolve));
    },
    inLink: () => ({ without: 'noiseMultiplier' }),
  },
);

const page = () => {
  const notebook = createNotebook();
  notebook.register(set);
  const now = () => {
    const { epsilon, noiseMultiplier } = notebook.valuesOf(set);
    return [epsilon, noiseMultiplier, notebook.store.getState().provisional];
  };
  return { notebook, now };
};
const settled = async () => {
  for (const one of answered.splice(0)) one();
  await new Promise((resolve) => setTimeout(resolve));
};

beforeEach(() => {
  answered = [];
  known = new Set();
});

describe('a slider that moves', () => {
  test('is answered by the bound, and then exactly', async () => {
    const { notebook, now } = page();
    notebook.slide(set, 'epsilon', 4);
    expect(now()).toEqual([4, 3, ['noiseMultiplier']]);
    await settled();
    expect(now()).toEqual([4, 2.5, []]);
  });

  test('is answered exactly at once where nothing has to be worked out', () => {
    known.add(4);
    const { notebook, now } = page();
    notebook.slide(set, 'epsilon', 4);
    expect(now()).toEqual([4, 2.5, []]);
    notebook.slide(set, 'seed', 3);
    expect(now()).toEqual([4, 2.5, []]);
  });

  test('is overtaken by its next move, whose answer alone counts', async () => {
    const { notebook, now } = page();
    notebook.slide(set, 'epsilon', 4);
    notebook.slide(set, 'epsilon', 8);
    expect(now()).toEqual([8, 1.5, ['noiseMultiplier']]);
    answered.shift()!();
    await Promise.resolve();
    expect(now()).toEqual([8, 1.5, ['noiseMultiplier']]);
    await settled();
    expect(now()).toEqual([8, 1.25, []]);
  });

  test('is finished before another setting is moved, a link is made or a field is typed in', () => {
    for (const then of [
      ({ notebook }: ReturnType<typeof page>) => notebook.set(set, 'seed', 4),
      ({ notebook }: ReturnType<typeof page>) => notebook.slide(set, 'seed', 4),
      ({ notebook }: ReturnType<typeof page>) => expect(notebook.hash()).toBe('#v=1&eps=4'),
      ({ notebook }: ReturnType<typeof page>) => notebook.finish(),
      ({ notebook }: ReturnType<typeof page>) => notebook.set(set, 'epsilon', 4),
    ]) {
      const one = page();
      one.notebook.slide(set, 'epsilon', 4);
      then(one);
      expect(one.now()).toEqual([4, 2.5, []]);
    }
  });

  test('says nothing any more once a link was read or the settings were reset', async () => {
    for (const then of [
      ({ notebook }: ReturnType<typeof page>) => notebook.readHash('#v=1'),
      ({ notebook }: ReturnType<typeof page>) => notebook.reset(set),
      ({ notebook }: ReturnType<typeof page>) => notebook.restore({}),
    ]) {
      const one = page();
      one.notebook.slide(set, 'epsilon', 4);
      then(one);
      await settled();
      expect(one.now()).toEqual([2, 5, []]);
    }
  });

  test('is worked out here where it cannot be elsewhere', async () => {
    const failing = { ...set, ahead: () => Promise.reject(new Error('no worker')) };
    const notebook = createNotebook();
    notebook.slide(failing, 'epsilon', 4);
    await settled();
    expect(notebook.valuesOf(set)).toMatchObject({ epsilon: 4, noiseMultiplier: 2.5 });
  });

  test('comes into the address when it is exact, and not before', async () => {
    vi.useFakeTimers();
    const { notebook } = page();
    const address = new FakeAddress();
    const mirror = mirrorInAddress(notebook, address);
    notebook.slide(set, 'epsilon', 4);
    vi.advanceTimersByTime(2 * REST_MS);
    expect(address.hash()).toBe('');
    // Who leaves at once finds it where it was left.
    address.leave();
    expect(address.hash()).toBe('#v=1&eps=4');
    expect(notebook.valuesOf(set).noiseMultiplier).toBe(2.5);
    mirror.close();
    vi.useRealTimers();
  });
});

test('a number is kept as a link has it: of six digits', () => {
  const { notebook, now } = page();
  notebook.set(set, 'epsilon', 1.23456789);
  expect(now()[0]).toBe(1.23457);
});
