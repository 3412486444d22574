/** What a key does while a page presents. Clickers send the keys of slide programs: Page Up and Down, `b` or a full stop, Escape. */

export type PresentingCommand = 'next' | 'back' | 'first' | 'last' | 'notes' | 'speaker' | 'blank' | 'end';

export interface Pressed {
  key: string;
  /** With Ctrl, Alt or Command it is another's. */
  withModifier: boolean;
  /** Where letters and moves mean something of their own: text is written there. */
  inText: boolean;
  /** A control that arrows, Home and End move, such as a slider. */
  inControl: boolean;
  /** A cell at work, whose run Escape stops. */
  inRunning: boolean;
  /** Whether letters by themselves are commands on this site (WCAG 2.1.4): a setting. */
  letters: boolean;
}

const MOVES: Readonly<Record<string, PresentingCommand>> = {
  ArrowRight: 'next',
  ArrowLeft: 'back',
  Home: 'first',
  End: 'last',
};
/** Also from a slider that was just moved: whoever holds a clicker cannot leave it first. */
const CLICKER: Readonly<Record<string, PresentingCommand>> = { PageDown: 'next', PageUp: 'back' };
/** Whether a clicker sends it: then it is taken before a slider hears of it, which it would move. */
export const isOfClicker = (key: string): boolean => key in CLICKER;

const LETTERS: Readonly<Record<string, PresentingCommand>> = {
  n: 'notes',
  s: 'speaker',
  b: 'blank',
  '.': 'blank',
};

export function presentingCommand(pressed: Pressed): PresentingCommand | null {
  const { key, withModifier, inText, inControl, inRunning, letters } = pressed;
  if (withModifier) return null;
  if (key === 'Escape') return inRunning ? null : 'end';
  if (inText) return null;
  const clicked = CLICKER[key];
  if (clicked) return clicked;
  if (inControl) return null;
  return MOVES[key] ?? (letters ? (LETTERS[key.toLowerCase()] ?? null) : null);
}
