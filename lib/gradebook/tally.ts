/**
 * How far a learner has come in what is graded together, and how well: parts that are done, and one score.
 *
 * Of a question the first answer counts; whoever tries all answers has learned them, but not known them. Of an exercise the best try
 * counts, for it is meant to be tried. A cell that was run has no score. The score is the mean over all questions and exercises; one that
 * was not tried counts as 0.
 */
import type { GradeEvent, Part } from './events';

export interface PartState {
  done: boolean;
  /** In [0, 1]; null before it was judged, and for what is not judged. */
  score: number | null;
  /** Of a question: its first answer, from 0. */
  answer: number | null;
}

export interface Tally {
  parts: readonly Part[];
  /** One for each part. */
  states: readonly PartState[];
}

export interface Rules {
  /** The share of parts, in (0, 1], that must be done. */
  enough: number;
  /** The score, in [0, 1], that passes; null: nothing is passed or failed. */
  pass: number | null;
}

export interface Summary {
  done: number;
  of: number;
  /** done / of */
  progress: number;
  complete: boolean;
  /** In [0, 1]; null where nothing is judged, and before anything was tried. */
  score: number | null;
  /** Null until it is complete, and where nothing can be passed. */
  passed: boolean | null;
}

export const UNTOUCHED: PartState = { done: false, score: null, answer: null };

export const emptyTally = (parts: readonly Part[]): Tally => ({ parts, states: parts.map(() => UNTOUCHED) });

function after(state: PartState, { type, kind, score: given, answer }: GradeEvent): PartState {
  const score = given ?? null;
  if (kind === 'question') {
    if (type !== 'answered' || state.done) return state;
    return { done: true, score: score ?? 0, answer: answer?.at ?? null };
  }
  const best = score === null ? state.score : Math.max(state.score ?? 0, score);
  const done = state.done || type === 'completed';
  return done === state.done && best === state.score ? state : { ...state, done, score: best };
}

/** With one event more; the same object where that changes nothing. */
export function withEvent(tally: Tally, event: GradeEvent): Tally {
  const at = tally.parts.findIndex(({ id, kind }) => id === event.id && kind === event.kind);
  const state = tally.states[at];
  if (!state) return tally;
  const next = after(state, event);
  return next === state ? tally : { ...tally, states: tally.states.with(at, next) };
}

const isJudged = ({ kind }: Part) => kind !== 'cell';

export function summaryOf({ parts, states }: Tally, { enough, pass }: Rules): Summary {
  const of = parts.length;
  const done = states.filter((state) => state.done).length;
  const judged = states.filter((_, at) => isJudged(parts[at]!));
  // Against 0.8 · 5 = 4.000000000000001 and its like.
  const complete = of > 0 && done >= enough * of - 1e-9;
  // Who has only opened it has no score yet: course pages with a score that passes would call a 0 failed.
  const begun = complete || judged.some((one) => one.score !== null);
  const score =
    judged.length === 0 || !begun
      ? null
      : judged.reduce((sum, one) => sum + (one.score ?? 0), 0) / judged.length;
  const passed = !complete || pass === null || score === null ? null : score >= pass - 1e-9;
  return { done, of, progress: of === 0 ? 0 : done / of, complete, score, passed };
}
