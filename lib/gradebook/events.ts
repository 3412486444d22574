/**
 * What a page tells of a learner's work, to whoever keeps marks: a question answered, something begun, something brought to its end.
 * Cells, questions and exercises emit it; whether anybody listens is not their business. It is neutral: SCORM, cmi5 and xAPI are made of
 * it elsewhere.
 *
 * An event stays on its own page (a DOM event of the window). Only a listener that the reader's host asked for passes it on.
 */
import { questionKey } from '../notebook/progress';

export const GRADE_EVENT = 'epsilon-playground-grade';

export type PartKind = 'question' | 'cell' | 'exercise';

/** Something that can be done: a question by its words, a cell or an exercise by its name. */
export interface Part {
  /** Unique in what is graded together. */
  id: string;
  kind: PartKind;
  /** In words. */
  text: string;
}

export interface GradeEvent extends Part {
  /** `progressed`: begun, or moved on. `completed`: a run is over, an exercise is passed. */
  type: 'answered' | 'progressed' | 'completed';
  /** In [0, 1]; left out where nothing was judged. */
  score?: number;
  /** Of a question: which of its answers, from 0, and its words. */
  answer?: { at: number; text: string };
}

const TYPES: readonly unknown[] = ['answered', 'progressed', 'completed'] satisfies GradeEvent['type'][];
const KINDS: readonly unknown[] = ['question', 'cell', 'exercise'] satisfies PartKind[];
const LONGEST_TEXT = 2000;
/** As many answers as letters: how SCORM names them. */
export const MOST_ANSWERS = 26;

const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;
const isScore = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

/** The part that a question is, by its words: the same in a lesson and in a copy of it. */
export function questionPart(prompt: string): Part {
  const text = prompt.replace(/\s+/g, ' ').trim();
  return { id: `q-${questionKey(text)}`, kind: 'question', text };
}

/** @returns the event, or null for what is none: a message may come from anywhere */
export function readGradeEvent(value: unknown): GradeEvent | null {
  if (typeof value !== 'object' || value === null) return null;
  const { type, kind, id, text, score, answer } = value as Record<string, unknown>;
  if (!TYPES.includes(type) || !KINDS.includes(kind) || !isText(text)) return null;
  if (typeof id !== 'string' || !/^[\w-]{1,80}$/.test(id)) return null;
  if (score !== undefined && !isScore(score)) return null;
  const event = { type, kind, id, text, ...(score === undefined ? {} : { score }) } as GradeEvent;
  if (answer === undefined) return event;
  const { at, text: words } = (answer ?? {}) as Record<string, unknown>;
  if (!Number.isInteger(at) || Number(at) < 0 || Number(at) >= MOST_ANSWERS || !isText(words)) return null;
  return { ...event, answer: { at: Number(at), text: words } };
}

/** The part of a window that is used, so that tests can stand in. */
type Listening = Pick<EventTarget, 'dispatchEvent' | 'addEventListener' | 'removeEventListener'>;

/** Tells the page of it. What is too long is cut; nothing waits for an answer. */
export function emitGrade(event: GradeEvent, page: Listening = globalThis as unknown as Listening): void {
  const detail = readGradeEvent({ ...event, text: event.text.slice(0, LONGEST_TEXT) });
  if (detail) page.dispatchEvent(new CustomEvent(GRADE_EVENT, { detail }));
}

/** @returns a function that ends the listening */
export function onGrade(
  heard: (event: GradeEvent) => void,
  page: Listening = globalThis as unknown as Listening,
): () => void {
  const listener = (event: Event) => {
    const read = readGradeEvent((event as CustomEvent).detail);
    if (read) heard(read);
  };
  page.addEventListener(GRADE_EVENT, listener);
  return () => page.removeEventListener(GRADE_EVENT, listener);
}
