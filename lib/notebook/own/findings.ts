/** What a finished run found, in words: the columns of the table of runs. Each cell says its own in its room's `lesson.ts`. */

type Finding<Result> = readonly [words: string, of: (result: Result) => number | null | undefined];
/** The most telling first. The result is a stranger's in a damaged store: whoever reads it catches. */
export type Findings = readonly Finding<never>[];

export const findings = <Result>(...list: readonly Finding<Result>[]): Findings => list;

/** In the order of the list; what a run did not find is left out. */
export function findingsOf(list: Findings, result: unknown): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [words, of] of list) {
    try {
      const value = of(result as never);
      if (typeof value === 'number' && Number.isFinite(value)) found[words] = value;
    } catch {
      // A result of another version: the others stand.
    }
  }
  return found;
}
