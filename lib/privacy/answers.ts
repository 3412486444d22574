/**
 * What lists of events cost, kept: pages ask the same again and again, and an answer takes milliseconds, too long for a frame. So a page may
 * find out first what it would have to ask, and have it worked out elsewhere.
 */
import { type Accountant, composeEvents } from './compose';
import type { PrivacyEvent } from './events';

/** What some releases cost together, at δ. */
export interface AccountantQuestion {
  events: readonly PrivacyEvent[];
  delta: number;
  accountant: Accountant;
}

const answers = new Map<string, number>();
const REMEMBERED = 5000;

/** Thrown only while a page finds out what it would have to ask. */
class Unanswered {
  constructor(readonly question: AccountantQuestion) {}
}
let rehearsing = false;

/**
 * ε in nats, by the accountant named.
 * @throws PrivacyError `event-unsupported` where that accountant has no bound for one of the events
 */
export function answerOf(question: AccountantQuestion): number {
  const known = answers.get(JSON.stringify(question));
  if (known !== undefined) return known;
  if (rehearsing) throw new Unanswered(question);
  const { events, delta, accountant } = question;
  const { epsilon } = composeEvents(events, delta, accountant);
  remember(question, epsilon);
  return epsilon;
}

/** Keeps an answer, also one that was worked out elsewhere. */
export function remember(question: AccountantQuestion, epsilon: number): void {
  if (answers.size >= REMEMBERED) answers.delete(answers.keys().next().value!);
  answers.set(JSON.stringify(question), epsilon);
}

/** The first question that `work` would have to work out, or null where every answer is known. */
export function firstQuestion(work: () => void): AccountantQuestion | null {
  rehearsing = true;
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Unanswered) return error.question;
    throw error;
  } finally {
    rehearsing = false;
  }
}
