/** A vote that is counted, in two worlds: without you, and with you. All names and votes are made up. */
export const CANDIDATES = ['Ada', 'Ben', 'Cleo', 'Dov', 'Eve'] as const;
/** Votes of all others; the first leads by as much as is asked for. */
const VOTES = [20, 20, 17, 12, 6] as const;

export interface Votes {
  without: number[];
  with: number[];
}

/** @param lead votes by which the first is ahead of the second without you  @param yours whom you vote for */
export function votesOf(lead: number, yours: number): Votes {
  const without = VOTES.map((votes, i) => votes + (i === 0 ? lead : 0));
  return { without, with: without.map((votes, i) => votes + (i === yours ? 1 : 0)) };
}

/** Who wins an exact count; of equals the first on the list. */
export const winnerOf = (votes: readonly number[]): number => votes.indexOf(Math.max(...votes));
