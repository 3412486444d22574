/** The object that a course page gives a SCORM package, and how it is found. */
import { GradebookError } from './gradebook';

/** SCORM 1.2 calls it `API` (Run-Time Environment 1.2, section 3.2). Every argument and answer is a text. */
export interface Api12 {
  LMSInitialize(empty: ''): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit(empty: ''): unknown;
  LMSFinish(empty: ''): unknown;
  LMSGetLastError(): unknown;
  LMSGetErrorString(code: string): unknown;
}

/** SCORM 2004 calls it `API_1484_11` (Run-Time Environment, 4th edition, section 3.1; IEEE 1484.11.2). */
export interface Api2004 {
  Initialize(empty: ''): unknown;
  GetValue(element: string): unknown;
  SetValue(element: string, value: string): unknown;
  Commit(empty: ''): unknown;
  Terminate(empty: ''): unknown;
  GetLastError(): unknown;
  GetErrorString(code: string): unknown;
}

/** A window as far as it is looked at. Those of other origins throw at every look. */
export interface Above {
  parent: Above | null;
  opener?: Above | null;
  [name: string]: unknown;
}

/** More frames than this stand around no page; a window that claims to be in itself ends it too. */
const MOST_WINDOWS = 500;

const BEGINS = { API: 'LMSInitialize', API_1484_11: 'Initialize' } as const;
type Name = keyof typeof BEGINS;

/** Not a frame or an element that has that name in the page: a window gives those out under it, too. */
function isApi(found: unknown, name: Name): boolean {
  const begins = (found as Record<string, unknown> | null | undefined)?.[BEGINS[name]];
  // Objects that are no JavaScript have methods that are no functions.
  return typeof begins === 'function' || (typeof begins === 'object' && begins !== null);
}

function among(start: Above | null | undefined, name: Name): unknown {
  let at = start;
  for (let looked = 0; at && looked < MOST_WINDOWS; looked += 1) {
    try {
      const found = at[name];
      if (isApi(found, name)) return found;
      if (at.parent === at) return null;
      at = at.parent;
    } catch {
      // Another origin's window: nothing above it can be ours.
      return null;
    }
  }
  return null;
}

/**
 * Looks where the standard says: up the chain of frames, and then at the window that opened this one, and up its chain.
 * @returns null where there is none
 */
export function findApi<Api>(self: Above, name: Name): Api | null {
  const found = among(self, name);
  if (found) return found as Api;
  try {
    let top = self;
    for (let looked = 0; looked < MOST_WINDOWS && top.parent && top.parent !== top; looked += 1)
      top = top.parent;
    return (among(self.opener, name) ?? among(top.opener, name)) as Api | null;
  } catch {
    return null;
  }
}

/** LMSs answer "true", true, and some "True". */
export const isTrue = (answer: unknown): boolean => String(answer).toLowerCase() === 'true';

/** The words of an error that the course page gives. */
export function apiError(doing: string, code: unknown, words: unknown): GradebookError {
  const said = [String(code ?? ''), String(words ?? '')].filter((one) => one !== '').join(': ');
  return new GradebookError(`The course page did not let us ${doing}${said ? ` (${said})` : ''}.`);
}

const two = (value: number) => String(value).padStart(2, '0');

/** CMITimespan of SCORM 1.2: `HHHH:MM:SS.SS`. */
export function timespan12(seconds: number): string {
  const hundredths = Math.min(Math.round(Math.max(0, seconds) * 100), 9999 * 360_000);
  const whole = Math.floor(hundredths / 100);
  const hours = String(Math.floor(whole / 3600)).padStart(4, '0');
  return `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}.${two(hundredths % 100)}`;
}

/** A duration as ISO 8601 has it, which SCORM 2004 and xAPI use: `PT90.5S`. */
export const isoDuration = (seconds: number): string => `PT${Number(Math.max(0, seconds).toFixed(2))}S`;

/** CMITime of SCORM 1.2: `HH:MM:SS`. */
export const timeOfDay = (date: Date): string =>
  `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** As SCORM 2004 has a moment, `time(second,10,0)`: hundredths, and a time zone only behind them. */
export const moment2004 = (date: Date): string => date.toISOString().replace(/(\.\d\d)\d*Z$/, '$1Z');

/** A share as a course page writes it, in parts of `whole`; null for what is none: the field may be unknown, or empty. */
export function shareOf(text: string, whole: number): number | null {
  const share = text.trim() === '' ? Number.NaN : Number(text) / whole;
  return share >= 0 && share <= 1 ? share : null;
}

/** A score in hundredths, as teachers read it; at most two digits behind the point. */
export const inPercent = (score: number): string => String(Number((100 * score).toFixed(2)));
