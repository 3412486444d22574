/**
 * Whether a budget was fixed before any result was seen, as the proof of the filter asks. It is read off the dates of the record,
 * so it stays true for as long as the record does, and nobody can forget to write it down.
 */
import { startedSteps } from './charge';
import type { Account, BudgetChange, LedgerEvent } from './schema';

/** When the first result of an event could be seen, as a timestamp; null where nothing of it was released yet. */
function seenAt(event: LedgerEvent): string | null {
  if (event.closing?.rule === 'nothing-ran' || startedSteps(event) === 0) return null;
  if (event.shows === 'nothing') return event.closing?.at ?? null;
  return event.attempts.find((attempt) => attempt.startedTo > attempt.from)?.at ?? null;
}

/**
 * How many runs on an account's data had shown something by a time; runs without protecting noise count too, for whoever
 * saw those has seen more.
 * @param at a timestamp, as in the record
 */
export function resultsSeenBy(account: Account, events: readonly LedgerEvent[], at: string): number {
  return events.filter((event) => {
    const seen = event.account === account.id ? seenAt(event) : null;
    return seen !== null && seen <= at;
  }).length;
}

/**
 * Of the changes that make up today's budget (its ε and its filter), the latest, and how many results had been seen by then.
 * A change that repeats ε and filter as they were is none.
 */
export function budgetForesight(
  account: Account,
  events: readonly LedgerEvent[],
): { change: BudgetChange; resultsSeen: number } | null {
  const { budgets } = account;
  let index = budgets.length - 1;
  const isRepeated = (one: BudgetChange, other: BudgetChange | undefined) =>
    other !== undefined && one.epsilon === other.epsilon && one.filter === other.filter;
  while (index > 0 && isRepeated(budgets[index]!, budgets[index - 1])) index -= 1;
  const change = budgets[index];
  if (change === undefined || change.epsilon === null) return null;
  return { change, resultsSeen: resultsSeenBy(account, events, change.at) };
}
