/**
 * What a gradebook keeps between two sittings, in the one text that SCORM has for it: `1|<parts>|<states>|<settings>`. Three letters a
 * part, so that it fits SCORM 1.2 too (4,096 characters; SCORM 2004, 4th edition: 64,000).
 */
import { questionKey } from '../notebook/progress';
import type { Part } from './events';
import { emptyTally, type PartState, type Tally, UNTOUCHED } from './tally';

export const SUSPEND_LIMITS = { '1.2': 4096, '2004': 64_000, cmi5: 64_000 } as const;

/** With three letters each, and some for the rest, these fit everywhere. */
export const MOST_PARTS = 1200;

const VERSION = '1';
/** Two digits in base 36. */
const FULL = 36 * 36 - 1;
const LETTERS = 3;

/** Another list of parts gives another mark, so that an older package's states are not taken for these. */
const markOf = (parts: readonly Part[]) => questionKey(parts.map(({ id }) => id).join(' '));

function lettersOf({ done, score, answer }: PartState): string {
  const judged =
    score === null
      ? done
        ? '..'
        : '--'
      : Math.round(score * FULL)
          .toString(36)
          .padStart(2, '0');
  // A judged part that is not done, an exercise tried and not passed, says so in the place of the answer.
  const third = answer !== null ? String.fromCharCode(65 + answer) : score !== null && !done ? '!' : '-';
  return judged + third;
}

function stateOf(letters: string): PartState {
  const [judged, third] = [letters.slice(0, 2), letters[2] ?? '-'];
  if (judged === '--') return UNTOUCHED;
  if (judged === '..') return { done: true, score: null, answer: null };
  const score = Number.parseInt(judged, 36) / FULL;
  if (!(score >= 0 && score <= 1)) return UNTOUCHED;
  return { done: third !== '!', score, answer: /[A-Z]/.test(third) ? third.charCodeAt(0) - 65 : null };
}

/**
 * @param settings of the page, as a link has them; left out where they do not fit
 * @param limit in characters
 */
export function writeSuspendData({ parts, states }: Tally, settings: string, limit: number): string {
  const kept = [VERSION, markOf(parts), states.map(lettersOf).join('')].join('|');
  const whole = `${kept}|${settings}`;
  return whole.length <= limit ? whole : `${kept}|`.slice(0, limit);
}

/** @returns an empty tally for nothing, nonsense, and what another package has written. Never throws. */
export function readSuspendData(text: string, parts: readonly Part[]): { tally: Tally; settings: string } {
  const [version, mark, letters = '', ...rest] = text.split('|');
  if (version !== VERSION || mark !== markOf(parts) || letters.length !== parts.length * LETTERS)
    return { tally: emptyTally(parts), settings: '' };
  const settings = rest.join('|');
  return {
    tally: {
      parts,
      states: parts.map((_, at) => stateOf(letters.slice(at * LETTERS, (at + 1) * LETTERS))),
    },
    settings: settings.startsWith('#') ? settings : '',
  };
}
