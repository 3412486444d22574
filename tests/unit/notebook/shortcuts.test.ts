import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMMANDS,
  commandOf,
  DEFAULT_SHORTCUTS,
  keyFor,
  keyOf,
  parseShortcuts,
  whyNot,
} from '@/lib/notebook/shortcuts';

const press = (
  key: string,
  more: Partial<Record<'ctrlKey' | 'altKey' | 'shiftKey' | 'metaKey', boolean>> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('keyboard commands', () => {
  it('have a key each, and no two the same', () => {
    const keys = COMMANDS.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('are found by their key, whatever the keyboard needs shift for', () => {
    expect(commandOf(press('j'), DEFAULT_SHORTCUTS)).toBe('next-cell');
    expect(commandOf(press('?', { shiftKey: true }), DEFAULT_SHORTCUTS)).toBe('help');
    expect(commandOf(press('j', { ctrlKey: true }), DEFAULT_SHORTCUTS)).toBeNull();
    expect(commandOf(press('x'), DEFAULT_SHORTCUTS)).toBeNull();
  });

  it('can be turned off where they are single characters, and stay where they are not', () => {
    const off = { enabled: false, keys: { present: 'Alt+p' } };
    expect(commandOf(press('j'), off)).toBeNull();
    expect(commandOf(press('p', { altKey: true }), off)).toBe('present');
  });

  it('can be moved to another key, but not to one that is taken or needed', () => {
    expect(whyNot('help', press('h'), DEFAULT_SHORTCUTS)).toBeNull();
    expect(whyNot('help', press('j'), DEFAULT_SHORTCUTS)).toMatch(/next cell/);
    expect(whyNot('help', press('Tab'), DEFAULT_SHORTCUTS)).toMatch(/needed/);
    expect(whyNot('help', press('Shift', { shiftKey: true }), DEFAULT_SHORTCUTS)).toMatch(/Press a key/);
    const moved = { enabled: true, keys: { help: keyOf(press('h')) } };
    expect(commandOf(press('h'), moved)).toBe('help');
    expect(commandOf(press('?', { shiftKey: true }), moved)).toBeNull();
  });

  it('survive whatever was stored', () => {
    expect(parseShortcuts(null)).toEqual(DEFAULT_SHORTCUTS);
    expect(parseShortcuts('{"keys":{"run-cell":"x","help":7,"nonsense":"y"},"enabled":false}')).toEqual({
      enabled: false,
      keys: {},
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = parseShortcuts(text);
        for (const { id } of COMMANDS) expect(typeof keyFor(id, read)).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});
