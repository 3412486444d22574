/**
 * What one can do to a notebook, and undo. Pure: a state and a command make a new state; ids and the time come with the command.
 *
 * Undo goes back to the document as it was. Documents are never mutated and share what has not changed, so a long history costs little.
 */
import { assertNever } from '@/lib/runtime/protocol';
import { type Answers, LIMITS, type NotebookDocument, type OwnCell, sizeOf } from './document';

export type Command =
  /** @property at the place that the cell shall have, from 0 */
  | { type: 'add'; at: number; cell: OwnCell }
  | { type: 'remove'; id: string }
  | { type: 'move'; id: string; to: number }
  | { type: 'duplicate'; id: string; copy: string }
  | { type: 'write'; id: string; text: string }
  | { type: 'set'; id: string; settings: string }
  /** In an assignment: settings that stay, by the keys that links use. */
  | { type: 'fix'; id: string; fixed: readonly string[] }
  /** In an assignment: whoever does it writes in this text, or does not. */
  | { type: 'ask'; id: string; answer: boolean }
  /** A question of the notebook was answered. */
  | { type: 'answer'; question: string; given: Answers[string] }
  /** The code was read and is run: it is no stranger's any more. */
  | { type: 'trust'; id: string }
  | { type: 'rename'; title: string }
  /** The whole document, as another tab has saved it. */
  | { type: 'replace'; document: NotebookDocument };

interface Step {
  before: NotebookDocument;
  /** What was done, in words: "delete a cell". */
  words: string;
  /** Typing and sliding go on with the step that they began: same key, soon after. */
  key: string | null;
  at: number;
}

export interface History {
  readonly document: NotebookDocument;
  /** Oldest first. */
  readonly past: readonly Step[];
  /** The next to be done again last. */
  readonly future: readonly { after: NotebookDocument; words: string }[];
}

/** Undo goes back this many steps. */
export const MOST_STEPS = 200;
/** Milliseconds within which more of the same is one step. */
export const BURST_MS = 1500;

export const begin = (document: NotebookDocument): History => ({ document, past: [], future: [] });

const NAMES: Record<OwnCell['kind'], string> = { text: 'a text', code: 'a code cell', cell: 'a cell' };

/** Why a command cannot be obeyed, in words; null if it can. */
export function whyNot(document: NotebookDocument, command: Command): string | null {
  if ((command.type === 'add' || command.type === 'duplicate') && document.cells.length >= LIMITS.cells)
    return `A notebook has at most ${LIMITS.cells} cells. Delete one, or begin another notebook.`;
  if (command.type === 'write' && command.text.length > LIMITS.textCharacters)
    return `A cell holds at most ${LIMITS.textCharacters.toLocaleString('en')} characters. Go on in another one.`;
  const next = apply(document, command);
  if (next !== document && sizeOf(next) > LIMITS.notebookCharacters && sizeOf(next) > sizeOf(document))
    return 'This notebook is full. Go on in another one.';
  return null;
}

function changed(
  document: NotebookDocument,
  id: string,
  change: (cell: OwnCell) => OwnCell,
): NotebookDocument {
  let touched = false;
  const cells = document.cells.map((cell) => {
    if (cell.id !== id) return cell;
    const next = change(cell);
    touched ||= next !== cell;
    return next;
  });
  return touched ? { ...document, cells } : document;
}

const within = (at: number, length: number) => Math.min(Math.max(0, Math.trunc(at)), length);

/** @returns the same document if the command changes nothing, or speaks of a cell that is not there */
export function apply(document: NotebookDocument, command: Command): NotebookDocument {
  const { cells } = document;
  switch (command.type) {
    case 'add': {
      if (cells.some(({ id }) => id === command.cell.id)) return document;
      return { ...document, cells: cells.toSpliced(within(command.at, cells.length), 0, command.cell) };
    }
    case 'remove': {
      const left = cells.filter(({ id }) => id !== command.id);
      return left.length === cells.length ? document : { ...document, cells: left };
    }
    case 'move': {
      const from = cells.findIndex(({ id }) => id === command.id);
      const to = within(command.to, cells.length - 1);
      if (from < 0 || from === to) return document;
      return { ...document, cells: cells.toSpliced(from, 1).toSpliced(to, 0, cells[from]!) };
    }
    case 'duplicate': {
      const at = cells.findIndex(({ id }) => id === command.id);
      if (at < 0 || cells.some(({ id }) => id === command.copy)) return document;
      return { ...document, cells: cells.toSpliced(at + 1, 0, { ...cells[at]!, id: command.copy }) };
    }
    case 'write':
      return changed(document, command.id, (cell) => {
        if (cell.kind === 'text') return cell.text === command.text ? cell : { ...cell, text: command.text };
        if (cell.kind !== 'code' || cell.code === command.text) return cell;
        return { ...cell, code: command.text };
      });
    case 'set':
      return changed(document, command.id, (cell) =>
        cell.kind === 'cell' && cell.settings !== command.settings
          ? { ...cell, settings: command.settings.slice(0, LIMITS.settingsCharacters) }
          : cell,
      );
    case 'fix':
      return changed(document, command.id, (cell) =>
        cell.kind === 'cell' ? { ...cell, fixed: command.fixed.slice(0, LIMITS.fixedSettings) } : cell,
      );
    case 'ask':
      return changed(document, command.id, (cell) =>
        cell.kind === 'text' && (cell.answer ?? false) !== command.answer
          ? { ...cell, answer: command.answer }
          : cell,
      );
    case 'answer':
      // The first one stands.
      return Object.hasOwn(document.answers ?? {}, command.question)
        ? document
        : { ...document, answers: { ...document.answers, [command.question]: command.given } };
    case 'trust':
      return changed(document, command.id, (cell) => {
        if (cell.kind !== 'code' || !cell.stranger) return cell;
        const { stranger: _, ...own } = cell;
        return own;
      });
    case 'rename': {
      const title = command.title.slice(0, LIMITS.titleCharacters);
      return title === document.title ? document : { ...document, title };
    }
    case 'replace':
      return command.document;
    default:
      return assertNever(command);
  }
}

function wordsOf(document: NotebookDocument, command: Command): string {
  const kind = 'id' in command ? document.cells.find(({ id }) => id === command.id)?.kind : undefined;
  const what = kind ? NAMES[kind] : 'a cell';
  switch (command.type) {
    case 'add':
      return `add ${NAMES[command.cell.kind]}`;
    case 'remove':
      return `delete ${what}`;
    case 'move':
      return `move ${what}`;
    case 'duplicate':
      return `duplicate ${what}`;
    case 'write':
      return `edit ${what}`;
    case 'set':
      return 'change settings';
    case 'fix':
      return 'fix settings';
    case 'ask':
      return 'ask for an answer';
    case 'answer':
      return 'answer a question';
    case 'trust':
      return 'read code';
    case 'rename':
      return 'rename';
    case 'replace':
      return 'take a change of another tab';
    default:
      return assertNever(command);
  }
}

function keyOf(command: Command): string | null {
  if (command.type === 'write' || command.type === 'set') return `${command.type} ${command.id}`;
  return command.type === 'rename' ? 'rename' : null;
}

/**
 * @param now milliseconds, never falling
 * @returns the same history if nothing changes. What cannot be obeyed (see `whyNot`) changes nothing.
 */
export function obey(history: History, command: Command, now: number): History {
  const { document, past } = history;
  if (whyNot(document, command) !== null) return history;
  const next = apply(document, command);
  if (next === document) return history;
  // Nothing that one would undo.
  if (command.type === 'trust' || command.type === 'answer') return { ...history, document: next };
  const key = keyOf(command);
  const last = past.at(-1);
  if (key !== null && last?.key === key && now - last.at <= BURST_MS)
    return { document: next, past: [...past.slice(0, -1), { ...last, at: now }], future: [] };
  const step: Step = { before: document, words: wordsOf(document, command), key, at: now };
  return { document: next, past: [...past, step].slice(-MOST_STEPS), future: [] };
}

/** @returns what was undone, in words, or null if there is nothing */
export function undo(history: History): { history: History; words: string } | null {
  const last = history.past.at(-1);
  if (!last) return null;
  return {
    words: last.words,
    history: {
      document: last.before,
      past: history.past.slice(0, -1),
      future: [...history.future, { after: history.document, words: last.words }],
    },
  };
}

export function redo(history: History): { history: History; words: string } | null {
  const next = history.future.at(-1);
  if (!next) return null;
  return {
    words: next.words,
    history: {
      document: next.after,
      // No key: what is typed now is a step of its own.
      past: [...history.past, { before: history.document, words: next.words, key: null, at: 0 }],
      future: history.future.slice(0, -1),
    },
  };
}
