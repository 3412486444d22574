/** The keys of slide programs and clickers, and where they are somebody else's. */
import { expect, test } from 'vitest';
import { presentingCommand } from '@/lib/notebook/presenting-keys';

const NOWHERE = { withModifier: false, inText: false, inControl: false, inRunning: false, letters: true };
const press = (key: string, where: Partial<typeof NOWHERE> = {}) =>
  presentingCommand({ key, ...NOWHERE, ...where });

test.each([
  ['PageDown', 'next'],
  ['ArrowRight', 'next'],
  ['PageUp', 'back'],
  ['ArrowLeft', 'back'],
  ['Home', 'first'],
  ['End', 'last'],
  ['b', 'blank'],
  ['B', 'blank'],
  ['.', 'blank'],
  ['n', 'notes'],
  ['s', 'speaker'],
  ['Escape', 'end'],
  ['ArrowDown', null],
  ['x', null],
])('%s: %s', (key, command) => expect(press(key)).toBe(command));

test('a clicker moves on from a slider; arrows and ends are the slider’s own', () => {
  expect(press('PageDown', { inControl: true })).toBe('next');
  for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'b'])
    expect(press(key, { inControl: true })).toBeNull();
});

test('whoever writes is left alone, but for Escape; that stops a cell at work first', () => {
  for (const key of ['PageDown', 'ArrowLeft', 'b', '.']) expect(press(key, { inText: true })).toBeNull();
  expect(press('Escape', { inText: true })).toBe('end');
  expect(press('Escape', { inRunning: true })).toBeNull();
});

test('with Ctrl, Alt or Command it is the browser’s; letters can be turned off', () => {
  for (const key of ['b', 'ArrowLeft', 'Escape']) expect(press(key, { withModifier: true })).toBeNull();
  for (const key of ['b', '.', 'n', 's']) expect(press(key, { letters: false })).toBeNull();
  expect(press('PageDown', { letters: false })).toBe('next');
});
