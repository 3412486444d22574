/**
 * How far a learner has come, kept in this browser and nowhere else: lessons opened, questions answered, cells run. Only what was
 * done is kept, not what was answered.
 */
import { NAMES } from '@/lib/kept';

export interface LessonProgress {
  /** Keys of the questions that were answered. */
  questions: readonly string[];
  /** Ids of the cells that were run. */
  cells: readonly string[];
}

/** By the lesson's name in its address. A lesson that is in it was opened. */
export type Progress = Readonly<Record<string, LessonProgress>>;

export const PROGRESS_KEY = NAMES.progress;
export const PROGRESS_VERSION = 1;
/** More than any lesson has: what is longer was not written here. */
const MOST = 200;

const NOTHING: LessonProgress = { questions: [], cells: [] };
export const NO_PROGRESS: Progress = {};

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= 80;
const texts = (value: unknown): string[] =>
  Array.isArray(value) ? [...new Set(value.filter(isText))].slice(0, MOST) : [];

/** Reads what was stored. Nothing, another version or nonsense is no progress; never throws. */
export function readProgress(stored: string | null): Progress {
  if (stored === null) return NO_PROGRESS;
  try {
    const { version, lessons } = JSON.parse(stored) as { version?: unknown; lessons?: unknown };
    if (version !== PROGRESS_VERSION || typeof lessons !== 'object' || lessons === null) return NO_PROGRESS;
    return Object.fromEntries(
      Object.entries(lessons)
        .slice(0, MOST)
        .filter(([, one]) => typeof one === 'object' && one !== null)
        .map(([slug, { questions, cells }]) => [slug, { questions: texts(questions), cells: texts(cells) }]),
    );
  } catch {
    return NO_PROGRESS;
  }
}

export const writeProgress = (lessons: Progress): string =>
  JSON.stringify({ version: PROGRESS_VERSION, lessons });

export type Deed = { kind: 'opened' } | { kind: 'question' | 'cell'; id: string };

/** With one deed more; the same object if it was known. */
export function withDeed(progress: Progress, slug: string, deed: Deed): Progress {
  const old = Object.hasOwn(progress, slug) ? progress[slug]! : null;
  if (deed.kind === 'opened') return old ? progress : { ...progress, [slug]: NOTHING };
  const list = deed.kind === 'question' ? 'questions' : 'cells';
  const known = (old ?? NOTHING)[list];
  if (known.includes(deed.id)) return progress;
  return { ...progress, [slug]: { ...(old ?? NOTHING), [list]: [...known, deed.id] } };
}

/** A short key for a question: its words, hashed (FNV-1a, 32 bits). Another wording is another question. */
export function questionKey(prompt: string): string {
  let hash = 0x811c9dc5;
  for (const character of prompt) {
    hash ^= character.codePointAt(0)!;
    hash = Math.imul(hash, 0x01000193);
  }
  return (hash >>> 0).toString(36);
}
