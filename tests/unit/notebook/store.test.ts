import { describe, expect, test, vi } from 'vitest';
import { clamp, defineParameters, enteredNote, number } from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import type { CellState } from '@/lib/runtime';
import { everyKind, training } from './support';

function notebookWith(hash = '') {
  const notebook = createNotebook();
  notebook.register(training);
  notebook.register(everyKind);
  notebook.readHash(hash);
  notebook.ready();
  return notebook;
}

describe('values', () => {
  test('start at their defaults', () => {
    const notebook = notebookWith();
    expect(notebook.valuesOf(training)).toEqual(training.defaults);
    expect(notebook.hash()).toBe('');
  });

  test('ε and σ are two ends of one thing: moving either moves the other', () => {
    const notebook = notebookWith();
    notebook.set(training, 'epsilon', 4);
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 4, noiseMultiplier: 2.5 });
    notebook.set(training, 'noiseMultiplier', 10);
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 1, noiseMultiplier: 10 });
    notebook.set(training, 'steps', 400);
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 1, noiseMultiplier: 20, steps: 400 });
  });

  test('where one end cannot follow, the other comes back to it, and a note says why', () => {
    const notebook = notebookWith();
    notebook.set(training, 'steps', 10_000);
    notebook.set(training, 'epsilon', 0.2);
    // 500 would be needed; σ ends at 100, where ε is 1.
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 1, noiseMultiplier: 100 });
    expect(notebook.store.getState().notes).toEqual(['Noise multiplier σ: 500 is beyond 100; using 100.']);
  });

  test('a field says what came to stand, not what its own range would have let through', () => {
    const notebook = notebookWith();
    const { epsilon } = training.declarations;
    notebook.set(training, 'steps', 10_000);
    const type = (text: string) => {
      const { value, note } = clamp(epsilon, text);
      notebook.set(training, 'epsilon', value);
      return enteredNote(epsilon, { text, asked: Number(value), note }, notebook.valuesOf(training).epsilon);
    };
    // σ ends at 100, where ε is 1: neither 0.2 nor the 0.1 of the field's own range is reached.
    expect(type('0.2')).toBe('Privacy ε: the other settings do not reach “0.2”; the nearest is 1.');
    expect(type('-5')).toBe('Privacy ε: the other settings do not reach “-5”; the nearest is 1.');
    expect(type('900')).toBe('Privacy ε: 900 is beyond 20; using 20.');
    expect(type('1.2345678')).toBeNull();
  });

  test('a value out of range is brought in, with a note that the next change takes away', () => {
    const notebook = notebookWith();
    notebook.set(training, 'epsilon', 900);
    expect(notebook.valuesOf(training).epsilon).toBe(20);
    expect(notebook.store.getState().notes).toEqual(['Privacy ε: 900 is beyond 20; using 20.']);
    notebook.set(training, 'seed', 3);
    expect(notebook.store.getState().notes).toEqual([]);
  });

  test('two cells share a parameter that they declare alike', () => {
    const notebook = notebookWith();
    const { seed } = training.declarations;
    const other = defineParameters({ seed: { ...seed } });
    notebook.set(other, 'seed', 77);
    expect(notebook.valuesOf(training).seed).toBe(77);
  });

  test('what hangs on a shared value follows in the other cell too', () => {
    const notebook = notebookWith();
    const { epsilon } = training.declarations;
    const budget = defineParameters(
      {
        epsilon: { ...epsilon },
        budget: number({ ...epsilon, key: 'budget', label: 'Budget', max: 100, default: 4 }),
      },
      {
        reconcile: ({ epsilon: spent, budget: total }, changed) =>
          changed === 'budget' ? { epsilon: total / 2 } : { budget: 2 * spent },
      },
    );
    notebook.set(training, 'noiseMultiplier', 10);
    notebook.set(budget, 'budget', 8);
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 4, noiseMultiplier: 2.5 });
    notebook.set(training, 'noiseMultiplier', 5);
    expect(notebook.valuesOf(budget)).toEqual({ epsilon: 2, budget: 4 });
  });

  test('one name declared in two ways is an error', () => {
    const notebook = notebookWith();
    const clash = defineParameters({ seed: { ...training.declarations.seed, max: 9 } });
    expect(() => notebook.register(clash)).toThrow(expect.objectContaining({ code: 'parameter-clash' }));
  });

  test('one key for two names is an error too: a link could not tell them apart', () => {
    const notebook = notebookWith();
    const clash = defineParameters({ start: { ...training.declarations.seed, key: 'seed' } });
    expect(() => notebook.register(clash)).toThrow(expect.objectContaining({ code: 'parameter-clash' }));
  });

  test('reset takes a set back to its defaults and leaves the others', () => {
    const notebook = notebookWith('#v=1&eps=4&size=2');
    notebook.reset(training);
    expect(notebook.valuesOf(training)).toEqual(training.defaults);
    expect(notebook.valuesOf(everyKind).size).toBe(2);
  });
});

describe('reading a link', () => {
  test('what the link names moves what hangs on it', () => {
    expect(notebookWith('#v=1&eps=4').valuesOf(training)).toMatchObject({ epsilon: 4, noiseMultiplier: 2.5 });
    expect(notebookWith('#v=1&sigma=10').valuesOf(training)).toMatchObject({
      epsilon: 1,
      noiseMultiplier: 10,
    });
    expect(notebookWith('#v=1&steps=400').valuesOf(training)).toMatchObject({
      epsilon: 2,
      noiseMultiplier: 10,
    });
  });

  test('ends that do not belong together: the first declared decides, and a note says so', () => {
    const notebook = notebookWith('#v=1&sigma=50&eps=4');
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 4, noiseMultiplier: 2.5 });
    expect(notebook.store.getState().notes).toEqual([
      'Noise multiplier σ: 50 does not go with the rest of the link; using 2.5.',
    ]);
  });

  test('ends that belong together but for rounding need no note', () => {
    const notebook = notebookWith('#v=1&eps=3&sigma=3.33333');
    expect(notebook.valuesOf(training)).toMatchObject({ epsilon: 3, noiseMultiplier: 3.33333 });
    expect(notebook.store.getState().notes).toEqual([]);
  });

  test('a cell that arrives later takes its part of the link', () => {
    const notebook = createNotebook();
    notebook.register(training);
    notebook.readHash('#v=1&eps=4&size=2');
    notebook.ready();
    notebook.set(training, 'epsilon', 8);
    notebook.adopt(everyKind);
    expect(notebook.valuesOf(everyKind).size).toBe(2);
    expect(notebook.valuesOf(training).epsilon).toBe(8);
    // What was once unknown is not written twice.
    expect(notebook.hash()).toBe('#v=1&eps=8&sigma=1.25&size=2');
  });

  test('what a cell has declared and not yet taken over stays in the link while others take theirs', () => {
    const notebook = createNotebook();
    const late = defineParameters({
      late: number({ label: 'Late', help: '', min: 0, max: 9, step: 1, scale: 'linear', default: 0 }),
    });
    notebook.register(training);
    notebook.readHash('#v=1&eps=4&size=2&late=7');
    notebook.ready();
    notebook.register(late);
    notebook.adopt(everyKind);
    expect(notebook.hash()).toContain('&late=7');
    notebook.adopt(late);
    expect(notebook.valuesOf(late).late).toBe(7);
    expect(notebook.hash().match(/late/g)).toHaveLength(1);
  });

  test('a place on the page leaves everything as it was', () => {
    const notebook = notebookWith('#v=1&eps=4');
    notebook.readHash('#sources');
    expect(notebook.valuesOf(training).epsilon).toBe(4);
  });
});

test('all that a reader does to the settings is counted, so that what was said of a field can go with its cause', () => {
  const notebook = createNotebook();
  notebook.register(training);
  const { acts } = { acts: () => notebook.store.getState().acts };
  const deeds = [
    () => notebook.set(training, 'epsilon', 4),
    () => notebook.slide(training, 'steps', 50),
    () => notebook.reset(training),
    () => notebook.restore({ epsilon: 3 }),
    () => notebook.readHash('#v=1&eps=2'),
  ];
  for (const deed of deeds) {
    const before = acts();
    deed();
    expect(acts()).toBeGreaterThan(before);
  }
  const before = acts();
  notebook.dismissNotes();
  expect(acts()).toBe(before);
});

describe('cells', () => {
  function pageOfCells() {
    const notebook = createNotebook();
    const log: string[] = [];
    const add = (id: string, runnable = true) =>
      notebook.addCell(
        { id, title: id },
        {
          run: () => log.push(`run ${id}`),
          stop: () => log.push(`stop ${id}`),
          reset: () => {},
          hold: (held) => log.push(`${held ? 'hold' : 'go on'} ${id}`),
          runnable,
        },
      );
    const become = (id: string, state: CellState) => notebook.updateCell(id, { state });
    return { notebook, log, add, become };
  }

  test('Run all runs those that wait for Run, in page order, one after another', () => {
    const { notebook, log, add, become } = pageOfCells();
    add('late');
    add('follows', false);
    add('early');
    notebook.runAll(['early', 'follows', 'late']);
    expect(log).toEqual(['run early']);
    become('early', 'preparing');
    become('early', 'running');
    expect(log).toEqual(['run early']);
    become('early', 'failed');
    expect(log).toEqual(['run early', 'run late']);
    become('late', 'running');
    become('late', 'done');
    expect(log).toHaveLength(2);
  });

  test('Stop all stops what runs and forgets what was to come', () => {
    const { notebook, log, add, become } = pageOfCells();
    add('a');
    add('b');
    notebook.runAll();
    become('a', 'running');
    notebook.stopAll();
    become('a', 'stopped');
    expect(log).toEqual(['run a', 'stop a']);
  });

  test('a hidden page stops nothing, and lets those rest that are to', () => {
    const { notebook, log, add, become } = pageOfCells();
    const remove = add('a');
    add('rests');
    become('a', 'running');
    become('rests', 'running');
    notebook.hidden(true);
    notebook.hidden(false);
    expect(log).toEqual([]);
    notebook.pauseWhenHidden('rests', true);
    notebook.pauseWhenHidden('rests', true);
    notebook.hidden(true);
    notebook.hidden(false);
    expect(log).toEqual(['hold rests', 'go on rests']);
    // Also after it was away; and until told otherwise.
    notebook.pauseWhenHidden('a', true);
    remove();
    add('a');
    notebook.hidden(true);
    expect(log.slice(2)).toEqual(['hold rests', 'hold a']);
    notebook.pauseWhenHidden('a', false);
    notebook.pauseWhenHidden('rests', false);
    expect(notebook.store.getState().pausedWhenHidden).toEqual([]);
    notebook.hidden(true);
    expect(log).toHaveLength(4);
  });

  test('say which settings they show as long as they do, and which of them moved one last', () => {
    const { notebook } = pageOfCells();
    notebook.register(training);
    const { settingsOf, moved } = {
      settingsOf: () => notebook.store.getState().settingsOf.map(({ cellId }) => cellId),
      moved: () => notebook.store.getState().moved,
    };
    const gone = notebook.showSettings('a', ['epsilon']);
    notebook.showSettings('b', ['epsilon', 'steps']);
    expect(settingsOf()).toEqual(['a', 'b']);
    gone();
    expect(settingsOf()).toEqual(['b']);
    notebook.set(training, 'epsilon', 4);
    notebook.movedIn('b', 'epsilon');
    expect(moved().epsilon).toEqual({ cellId: 'b', value: 4 });
    // A name from a link is no setting.
    notebook.movedIn('b', 'constructor');
    expect(Object.keys(moved())).toEqual(['epsilon']);
  });

  test('still to come in a Run all are counted', () => {
    const { notebook, add, become } = pageOfCells();
    const queued = () => notebook.store.getState().queued;
    for (const id of ['a', 'b', 'c']) add(id);
    notebook.runAll();
    expect(queued()).toBe(2);
    become('a', 'running');
    become('a', 'done');
    expect(queued()).toBe(1);
    notebook.stopAll();
    expect(queued()).toBe(0);
  });

  test('a cell that goes is no longer commanded', () => {
    const { notebook, log, add } = pageOfCells();
    const remove = add('a');
    remove();
    notebook.runAll();
    expect(log).toEqual([]);
    expect(notebook.store.getState().cells).toEqual([]);
  });

  test('listeners hear of a change once', () => {
    const { notebook, add, become } = pageOfCells();
    add('a');
    const heard = vi.fn();
    notebook.store.subscribe(heard);
    become('a', 'running');
    expect(heard).toHaveBeenCalledTimes(1);
  });
});
