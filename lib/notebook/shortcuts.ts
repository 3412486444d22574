/**
 * The keyboard commands of a page, in one place: the help sheet, the settings and the listener all read this list.
 *
 * WCAG 2.1.4: a shortcut of one plain character can be turned off or remapped, since speech input types such characters by the dozen.
 */
import { NAMES } from '@/lib/kept';

export type CommandId = 'next-cell' | 'previous-cell' | 'run-cell' | 'run-next' | 'stop' | 'present' | 'help';

export interface Command {
  id: CommandId;
  words: string;
  /** As `keyOf` writes it. */
  key: string;
  /** Fixed: belongs to the cell that has the focus, and cannot be in anybody's way. */
  fixed?: boolean;
}

export const COMMANDS: readonly Command[] = [
  { id: 'run-cell', words: 'Run the cell that has the focus', key: 'Ctrl+Enter', fixed: true },
  { id: 'run-next', words: 'Run it and go to the next', key: 'Shift+Enter', fixed: true },
  { id: 'stop', words: 'Stop the cell that has the focus', key: 'Escape', fixed: true },
  { id: 'next-cell', words: 'Go to the next cell', key: 'j' },
  { id: 'previous-cell', words: 'Go to the cell before', key: 'k' },
  { id: 'present', words: 'Present: one cell a screen', key: 'p' },
  { id: 'help', words: 'Show this list', key: '?' },
];

export interface Shortcuts {
  /** False: keys without Ctrl, Alt or Command do nothing on the page. */
  enabled: boolean;
  /** Only those that were changed. */
  keys: Partial<Record<CommandId, string>>;
}

export const DEFAULT_SHORTCUTS: Shortcuts = { enabled: true, keys: {} };
const STORAGE_KEY = NAMES.shortcuts;

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

/** Keys that only change others. */
const MODIFIERS = ['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'CapsLock', 'Dead'];
/** Keys a page must leave alone. */
const RESERVED = ['Tab', 'Escape', 'Enter', ' ', 'F5'];

/** `j`, `?`, `Alt+n`. Shift counts only where it does not already make another character. Command counts as Ctrl. */
export function keyOf(press: KeyPress): string {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = press;
  const parts = [
    ctrlKey || metaKey ? 'Ctrl' : '',
    altKey ? 'Alt' : '',
    shiftKey && key.length > 1 ? 'Shift' : '',
    key.length === 1 ? key.toLowerCase() : key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

export const keyFor = (id: CommandId, { keys }: Shortcuts): string =>
  keys[id] ?? COMMANDS.find((command) => command.id === id)!.key;

const isPlain = (key: string) => !/^(Ctrl|Alt)\+/.test(key);

/** @returns the command a key press stands for, or null */
export function commandOf(press: KeyPress, shortcuts: Shortcuts): CommandId | null {
  const key = keyOf(press);
  const found = COMMANDS.find(({ id, fixed }) => !fixed && keyFor(id, shortcuts) === key);
  if (!found || (!shortcuts.enabled && isPlain(key))) return null;
  return found.id;
}

/** Why a key cannot be used, in words; null if it can. */
export function whyNot(id: CommandId, press: KeyPress, shortcuts: Shortcuts): string | null {
  if (MODIFIERS.includes(press.key)) return 'Press a key, alone or with Ctrl or Alt.';
  if (RESERVED.includes(press.key)) return 'This key is needed to move about the page.';
  const key = keyOf(press);
  const taken = COMMANDS.find((command) => command.id !== id && keyFor(command.id, shortcuts) === key);
  return taken ? `That key already means “${taken.words}”.` : null;
}

/** What was stored, as far as it makes sense. Never throws. */
export function parseShortcuts(text: string | null): Shortcuts {
  try {
    const read = JSON.parse(text ?? '') as { enabled?: unknown; keys?: unknown };
    const given = typeof read.keys === 'object' && read.keys !== null ? Object.entries(read.keys) : [];
    const known = given.filter(
      ([id, key]) =>
        COMMANDS.some((command) => command.id === id && !command.fixed) &&
        typeof key === 'string' &&
        key.length > 0 &&
        key.length < 30,
    );
    return { enabled: read.enabled !== false, keys: Object.fromEntries(known) };
  } catch {
    return DEFAULT_SHORTCUTS;
  }
}

const listeners = new Set<() => void>();
let current: Shortcuts | null = null;

export function readShortcuts(): Shortcuts {
  if (current === null) {
    try {
      current = parseShortcuts(localStorage.getItem(STORAGE_KEY));
    } catch {
      // Storage is refused in some frames.
      current = DEFAULT_SHORTCUTS;
    }
  }
  return current;
}

export function writeShortcuts(shortcuts: Shortcuts): void {
  current = shortcuts;
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(shortcuts));
  } catch {
    // They last as long as the page.
  }
  for (const listener of listeners) listener();
}

export function onShortcuts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
