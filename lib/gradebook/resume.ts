/** What a page is told of an earlier sitting by whoever keeps marks around it: which answers were given. */

/** Set on the window before the page's own scripts, by the package that holds the page. */
export const RESUME_NAME = 'EPSILON_ANSWERS';

/** @param id as `questionPart` names it @returns the answer, from 0; null where none was given, or nobody keeps any */
export function answerGiven(id: string, page: object = globalThis): number | null {
  const answers = (page as Record<string, unknown>)[RESUME_NAME];
  if (typeof answers !== 'object' || answers === null || !Object.hasOwn(answers, id)) return null;
  const at = (answers as Record<string, unknown>)[id];
  return typeof at === 'number' && Number.isInteger(at) && at >= 0 ? at : null;
}
