import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mirrorInAddress, REST_MS } from '@/lib/notebook/history';
import { RunMemory } from '@/lib/notebook/run-memory';
import { createNotebook } from '@/lib/notebook/store';
import { everyKind, FakeAddress, training } from './support';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(address: FakeAddress) {
  const notebook = createNotebook();
  notebook.register(training);
  notebook.register(everyKind);
  const mirror = mirrorInAddress(notebook, address);
  const slide = (epsilon: number) => notebook.set(training, 'epsilon', epsilon);
  const rest = () => vi.advanceTimersByTime(REST_MS);
  return { notebook, mirror, slide, rest, epsilon: () => notebook.valuesOf(training).epsilon };
}

describe('the address', () => {
  test('is read on opening, and cells may run from then on', () => {
    const { notebook, epsilon } = open(new FakeAddress('#v=1&eps=4'));
    expect(epsilon()).toBe(4);
    expect(notebook.store.getState().ready).toBe(true);
  });

  test('follows a slider once it rests, without a new entry', () => {
    const address = new FakeAddress();
    const replace = vi.spyOn(address, 'replace');
    const { slide, rest } = open(address);
    for (let epsilon = 2.1; epsilon < 8; epsilon += 0.1) {
      slide(epsilon);
      vi.advanceTimersByTime(REST_MS / 3);
    }
    expect(replace).not.toHaveBeenCalled();
    slide(8);
    rest();
    expect(replace).toHaveBeenCalledTimes(1);
    expect(address.entries.map(({ hash }) => hash)).toEqual(['#v=1&eps=8&sigma=1.25']);
  });

  test('has a slider’s last move even if the page is left at once, and nothing is written twice', () => {
    const address = new FakeAddress();
    const replace = vi.spyOn(address, 'replace');
    const { slide, rest } = open(address);
    address.leave();
    expect(replace).not.toHaveBeenCalled();
    slide(8);
    address.leave();
    expect(address.entries.map(({ hash }) => hash)).toEqual(['#v=1&eps=8&sigma=1.25']);
    address.leave();
    rest();
    expect(replace).toHaveBeenCalledTimes(1);
  });

  test('opening a page writes nothing', () => {
    const address = new FakeAddress('#sources');
    open(address);
    vi.advanceTimersByTime(1000);
    expect(address.entries).toEqual([{ hash: '#sources', state: null }]);
  });

  test('a reload keeps the parameters, to the last digit', () => {
    const address = new FakeAddress();
    const first = open(address);
    first.notebook.set(training, 'noiseMultiplier', 7);
    first.rest();
    const exact = first.epsilon();
    first.mirror.close();
    expect(open(address).epsilon()).toBe(exact);
  });

  test('a link opened elsewhere, without our state, gives the same to six digits', () => {
    const address = new FakeAddress();
    const { notebook, rest, epsilon } = open(address);
    notebook.set(training, 'noiseMultiplier', 7);
    rest();
    const elsewhere = open(new FakeAddress(address.hash()));
    expect(elsewhere.epsilon()).toBeCloseTo(epsilon(), 5);
    expect(elsewhere.notebook.store.getState().notes).toEqual([]);
  });
});

describe('Back', () => {
  test('returns to the run before, not to where its slider had wandered since', () => {
    const address = new FakeAddress();
    const { slide, rest, mirror, epsilon } = open(address);
    slide(4);
    mirror.ran();
    slide(5);
    rest();
    slide(8);
    mirror.ran();
    expect(address.entries.map(({ hash }) => hash)).toEqual([
      '#v=1&eps=4&sigma=2.5',
      '#v=1&eps=8&sigma=1.25',
    ]);
    address.go(-1);
    expect(epsilon()).toBe(4);
    address.go(+1);
    expect(epsilon()).toBe(8);
  });

  test('the first run takes the entry of the page: Back from it leaves', () => {
    const address = new FakeAddress();
    const { mirror } = open(address);
    mirror.ran();
    expect(address.entries).toHaveLength(1);
  });

  test('running again with the same parameters makes no entry', () => {
    const address = new FakeAddress();
    const { mirror, slide } = open(address);
    slide(4);
    mirror.ran();
    slide(8);
    slide(4);
    mirror.ran();
    expect(address.entries).toHaveLength(1);
  });

  test('what was waiting to be written is dropped: it belongs to the entry that was left', () => {
    const address = new FakeAddress();
    const { mirror, slide, rest, epsilon } = open(address);
    slide(4);
    mirror.ran();
    slide(8);
    mirror.ran();
    slide(16);
    address.go(-1);
    rest();
    expect(epsilon()).toBe(4);
    expect(address.hash()).toBe('#v=1&eps=4&sigma=2.5');
  });

  test('tells the cells to look for their results', () => {
    const address = new FakeAddress();
    const { notebook, mirror, slide } = open(address);
    mirror.ran();
    slide(4);
    mirror.ran();
    expect(notebook.store.getState().returns).toBe(0);
    address.go(-1);
    expect(notebook.store.getState().returns).toBe(1);
  });

  test('after a reload still leads to the run before', () => {
    const address = new FakeAddress();
    const first = open(address);
    first.slide(4);
    first.mirror.ran();
    first.slide(8);
    first.mirror.ran();
    first.mirror.close();
    const second = open(address);
    expect(second.epsilon()).toBe(8);
    second.slide(9);
    address.go(-1);
    expect(second.epsilon()).toBe(4);
  });

  test('a hash typed by hand is read; a link to a place on the page is not', () => {
    const address = new FakeAddress();
    const { notebook, epsilon } = open(address);
    address.type('#v=1&eps=900');
    expect(epsilon()).toBe(20);
    expect(notebook.store.getState().notes).toEqual(['Privacy ε: 900 is beyond 20; using 20.']);
    address.type('#sources');
    expect(epsilon()).toBe(20);
  });

  test('after a jump on the page the address names the experiment again, so that a reload keeps it', () => {
    const address = new FakeAddress('#v=1&eps=4&sigma=2.5');
    const { rest, epsilon } = open(address);
    address.type('#sources');
    expect(address.hash()).toBe('#sources');
    rest();
    expect(address.hash()).toBe('#v=1&eps=4&sigma=2.5');
    address.go(-1);
    expect(epsilon()).toBe(4);
  });

  test('state that is not ours, or was tampered with, does no harm', () => {
    for (const state of [
      'no',
      5,
      [],
      { values: 7 },
      { values: { epsilon: 1e9, __proto__: 1 }, run: { hash: 1 } },
    ]) {
      const address = new FakeAddress('#v=1&eps=4&sigma=2.5');
      address.entries[0]!.state = state;
      expect(open(address).epsilon()).toBe(4);
    }
  });
});

describe('finished runs', () => {
  test('are found by cell and parameters, whatever the order of their names', () => {
    const memory = new RunMemory<string>();
    memory.keep('train', { epsilon: 1, steps: 10 }, 'first');
    expect(memory.find('train', { steps: 10, epsilon: 1 })).toBe('first');
    expect(memory.find('train', { steps: 11, epsilon: 1 })).toBeNull();
    expect(memory.find('other', { steps: 10, epsilon: 1 })).toBeNull();
  });

  test('the oldest is forgotten first; a repeated one is new again', () => {
    const memory = new RunMemory<number>(2);
    memory.keep('c', 1, 1);
    memory.keep('c', 2, 2);
    memory.keep('c', 1, 10);
    memory.keep('c', 3, 3);
    expect([1, 2, 3].map((params) => memory.find('c', params))).toEqual([10, null, 3]);
  });
});
