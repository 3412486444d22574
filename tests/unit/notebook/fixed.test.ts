/** Settings that an assignment fixes: nothing that a learner can do moves them. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { mirrorInAddress } from '@/lib/notebook/history';
import { PlaceAddress } from '@/lib/notebook/own/place-address';
import { withFixed } from '@/lib/notebook/page/fixed';
import { createNotebook } from '@/lib/notebook/store';
import { FakeAddress, training } from './support';

const AT_FIRST = '#v=1&eps=4&seed=7';

function assignment(keys: readonly string[], settings = AT_FIRST) {
  const notebook = withFixed(createNotebook(), new Set(keys), AT_FIRST);
  notebook.register(training);
  mirrorInAddress(notebook, new FakeAddress(settings));
  notebook.ready();
  const values = () => notebook.valuesOf(training);
  const notes = () => notebook.store.getState().notes;
  return { notebook, values, notes };
}

afterEach(() => vi.unstubAllGlobals());

describe('a fixed setting', () => {
  test.each(['set', 'slide'] as const)('is not moved by itself: %s', (how) => {
    const { notebook, values, notes } = assignment(['eps']);
    notebook[how](training, 'epsilon', 9);
    expect(values().epsilon).toBe(4);
    expect(notes()).toEqual(['Privacy ε is fixed in this assignment, and this would move it.']);
  });

  test.each(['set', 'slide'] as const)('is not moved by its other end: %s', (how) => {
    const { notebook, values, notes } = assignment(['eps']);
    const { noiseMultiplier } = values();
    notebook[how](training, 'noiseMultiplier', 50);
    expect(values()).toMatchObject({ epsilon: 4, noiseMultiplier });
    expect(notes()[0]).toContain('Privacy ε is fixed');
  });

  test('leaves the others free, and those that follow it follow', () => {
    const { notebook, values } = assignment(['eps']);
    notebook.set(training, 'steps', 400);
    expect(values()).toMatchObject({ epsilon: 4, steps: 400, noiseMultiplier: 5 });
    notebook.set(training, 'seed', 9);
    expect(values().seed).toBe(9);
  });

  test('is where the assignment has it after Reset, with all the rest', () => {
    const { notebook, values } = assignment(['eps']);
    notebook.set(training, 'seed', 9);
    notebook.reset(training);
    expect(values()).toMatchObject({ epsilon: 4, seed: 7 });
  });

  test.each([
    ['another value', '#v=1&eps=9&seed=7'],
    ['its other end', '#v=1&sigma=50&seed=7'],
    ['both ends, that do not agree', '#v=1&eps=4&sigma=50'],
    ['its default, by leaving it out', '#v=1&seed=8'],
    ['nothing at all', ''],
  ])('is not moved by a link with %s', (_, hash) => {
    const { notebook, values, notes } = assignment(['eps']);
    notebook.readHash(hash);
    expect(values().epsilon).toBe(4);
    // Either the link gave way whole, or what it said of the fixed end did.
    const { noiseMultiplier } = values();
    expect(4 * noiseMultiplier).toBeCloseTo(10, 3);
    expect(notes().length).toBeGreaterThan(0);
  });

  test('is not moved by a page that opens with other settings, as after a reload of a tampered notebook', () => {
    const { values, notebook } = assignment(['eps', 'seed'], '#v=1&eps=9&seed=3&steps=900');
    expect(values()).toMatchObject({ epsilon: 4, seed: 7 });
    expect(notebook.hash()).toContain('eps=4');
    expect(notebook.hash()).not.toContain('steps');
  });

  test('is not moved by what was kept with an entry of the history', () => {
    const { notebook, values } = assignment(['eps']);
    notebook.restore({ ...notebook.snapshot(), epsilon: 9 });
    expect(values().epsilon).toBe(4);
  });

  test('is not moved by the document that its cell stands in', () => {
    for (const name of ['addEventListener', 'removeEventListener']) vi.stubGlobal(name, () => {});
    const notebook = withFixed(createNotebook(), new Set(['eps']), AT_FIRST);
    notebook.register(training);
    const address = new PlaceAddress(AT_FIRST, () => {});
    mirrorInAddress(notebook, address);
    notebook.ready();
    address.take('#v=1&eps=9&seed=7');
    expect(notebook.valuesOf(training).epsilon).toBe(4);
  });

  test('is held for a cell that comes after the settings were read', () => {
    const notebook = withFixed(createNotebook(), new Set(['eps']), AT_FIRST);
    mirrorInAddress(notebook, new FakeAddress('#v=1&eps=9'));
    notebook.ready();
    notebook.register(training);
    notebook.adopt(training);
    expect(notebook.valuesOf(training).epsilon).toBe(4);
  });

  test('may have free settings moved by a link', () => {
    const { notebook, values, notes } = assignment(['eps']);
    notebook.readHash('#v=1&eps=4&seed=12&steps=400');
    expect(values()).toMatchObject({ epsilon: 4, seed: 12, steps: 400 });
    expect(notes()).toEqual([]);
  });
});

test('nothing is fixed where no key is named', () => {
  const notebook = createNotebook();
  expect(withFixed(notebook, new Set(), AT_FIRST)).toBe(notebook);
});
