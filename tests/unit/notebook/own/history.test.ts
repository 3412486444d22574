import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentSchema, LIMITS } from '@/lib/notebook/own/document';
import {
  BURST_MS,
  begin,
  type Command,
  type History,
  MOST_STEPS,
  obey,
  redo,
  undo,
  whyNot,
} from '@/lib/notebook/own/history';
import { code, documentArbitrary, notebook, site, text } from './support';

const ids = ({ document }: History) => document.cells.map(({ id }) => id).join('');
const abc = () => begin(notebook(text('a', 'one'), code('b', '1'), site('c')));

/** Commands that may or may not make sense for the document at hand. */
const commandArbitrary: fc.Arbitrary<Command> = (() => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'gone');
  const place = fc.integer({ min: -2, max: 9 });
  return fc.oneof(
    fc.record({
      type: fc.constant('add' as const),
      at: place,
      cell: id.chain((one) => fc.constantFrom(text(one, 'new'), code(one, '2'), site(one, 'ask'))),
    }),
    fc.record({ type: fc.constant('remove' as const), id }),
    fc.record({ type: fc.constant('move' as const), id, to: place }),
    fc.record({ type: fc.constant('duplicate' as const), id, copy: id }),
    fc.record({ type: fc.constant('write' as const), id, text: fc.string({ maxLength: 5 }) }),
    fc.record({ type: fc.constant('set' as const), id, settings: fc.constantFrom('', '#v=1&eps=2') }),
    fc.record({ type: fc.constant('rename' as const), title: fc.string({ maxLength: 5 }) }),
    fc.record({ type: fc.constant('replace' as const), document: documentArbitrary }),
  );
})();

describe('commands', () => {
  test('add, delete, move and duplicate where they are told to', () => {
    let history = obey(abc(), { type: 'add', at: 1, cell: text('d') }, 0);
    expect(ids(history)).toBe('adbc');
    history = obey(history, { type: 'move', id: 'a', to: 2 }, 0);
    expect(ids(history)).toBe('dbac');
    history = obey(history, { type: 'remove', id: 'b' }, 0);
    expect(ids(history)).toBe('dac');
    history = obey(history, { type: 'duplicate', id: 'a', copy: 'e' }, 0);
    expect(ids(history)).toBe('daec');
    expect(history.document.cells[2]).toEqual({ id: 'e', kind: 'text', text: 'one' });
  });

  test('of a cell that is not there change nothing, and leave no step to undo', () => {
    const history = abc();
    for (const command of [
      { type: 'remove', id: 'gone' },
      { type: 'move', id: 'gone', to: 0 },
      { type: 'write', id: 'c', text: 'a cell of the site has no text' },
      { type: 'set', id: 'a', settings: '#v=1' },
      { type: 'add', at: 0, cell: text('a') },
      { type: 'move', id: 'c', to: 99 },
    ] as const)
      expect(obey(history, command, 0)).toBe(history);
  });

  test('reading code is no step: undo never makes it strange again', () => {
    const strange = begin(notebook({ id: 'b', kind: 'code', code: '1', stranger: true }));
    const read = obey(strange, { type: 'trust', id: 'b' }, 0);
    expect(read.document.cells[0]).toEqual({ id: 'b', kind: 'code', code: '1' });
    expect(undo(read)).toBeNull();
  });

  test('that go beyond a limit are refused in words', () => {
    const full = begin(notebook(...Array.from({ length: LIMITS.cells }, (_, at) => text(`t${at}`))));
    const add: Command = { type: 'add', at: 0, cell: text('more') };
    expect(whyNot(full.document, add)).toMatch(/at most 1000 cells/);
    expect(obey(full, add, 0)).toBe(full);
    const long: Command = { type: 'write', id: 'a', text: 'x'.repeat(LIMITS.textCharacters + 1) };
    expect(whyNot(abc().document, long)).toMatch(/400,000 characters/);
    const heavy = notebook(
      ...Array.from({ length: 20 }, (_, at) => text(`t${at}`, 'x'.repeat(LIMITS.textCharacters))),
    );
    expect(whyNot(heavy, { type: 'duplicate', id: 't0', copy: 'more' })).toMatch(/full/);
    // What makes it smaller is always allowed.
    expect(whyNot(heavy, { type: 'write', id: 't0', text: 'short' })).toBeNull();
  });
});

describe('undo and redo', () => {
  test('whatever was done: undoing it all leads back, doing it all again leads here', () => {
    fc.assert(
      fc.property(fc.array(commandArbitrary, { maxLength: 40 }), (commands) => {
        const first = abc();
        // Far apart, so that nothing runs together.
        let history = commands.reduce((now, command, at) => obey(now, command, at * 10 * BURST_MS), first);
        const last = history.document;
        const steps = history.past.length;
        const seen = [last];
        for (let back = undo(history); back; back = undo(history)) {
          history = back.history;
          seen.push(history.document);
        }
        expect(history.document).toBe(first.document);
        expect(seen).toHaveLength(steps + 1);
        for (let on = redo(history); on; on = redo(history)) {
          history = on.history;
          seen.pop();
          expect(history.document).toBe(seen.at(-1));
        }
        expect(history.document).toBe(last);
      }),
    );
  });

  test('every document on the way is sound, and its cells keep their names apart', () => {
    fc.assert(
      fc.property(fc.array(commandArbitrary, { maxLength: 30 }), (commands) => {
        let history = abc();
        for (const command of commands) {
          history = obey(history, command, 0);
          expect(documentSchema.safeParse(history.document).success).toBe(true);
        }
      }),
    );
  });

  test('nothing is ever mutated', () => {
    const freeze = <T>(value: T): T => {
      if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
        Object.freeze(value);
        Object.values(value).forEach(freeze);
      }
      return value;
    };
    fc.assert(
      fc.property(fc.array(commandArbitrary, { maxLength: 30 }), (commands) => {
        let history = freeze(abc());
        for (const command of commands) history = freeze(obey(history, freeze(command), 0));
        const back = undo(history);
        if (back) redo(freeze(back.history));
      }),
    );
  });

  test('typing goes on with its step; a pause, another cell or an undo begins a new one', () => {
    const write = (history: History, id: string, words: string, at: number) =>
      obey(history, { type: 'write', id, text: words }, at);
    let history = write(abc(), 'a', 'o', 0);
    history = write(history, 'a', 'on', BURST_MS);
    history = write(history, 'a', 'onward', 2 * BURST_MS);
    expect(history.past).toHaveLength(1);
    history = write(history, 'b', '2', 2 * BURST_MS);
    history = write(history, 'b', '23', 3 * BURST_MS + 1);
    expect(history.past).toHaveLength(3);
    const back = undo(history)!.history;
    expect(write(back, 'b', '24', 3 * BURST_MS + 2).past.length).toBeGreaterThanOrEqual(2);
    history = undo(undo(undo(history)!.history)!.history)!.history;
    expect(history.document.cells[0]).toMatchObject({ text: 'one' });
  });

  test('what was undone is gone once something else is done', () => {
    const back = undo(obey(abc(), { type: 'remove', id: 'a' }, 0))!.history;
    expect(redo(back)).not.toBeNull();
    expect(redo(obey(back, { type: 'remove', id: 'b' }, 0))).toBeNull();
  });

  test('says what it undoes', () => {
    expect(undo(obey(abc(), { type: 'remove', id: 'b' }, 0))!.words).toBe('delete a code cell');
  });

  test('remembers a bounded number of steps', () => {
    let history = abc();
    for (let at = 0; at < MOST_STEPS + 50; at++)
      history = obey(history, { type: 'move', id: 'a', to: at % 2 === 0 ? 2 : 0 }, at);
    expect(history.past).toHaveLength(MOST_STEPS);
  });
});
