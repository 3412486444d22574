/** Where the time of a run went: spans of time, which lie within one another, summed up by part without counting any twice. */

export const PARTS = [
  'starting the worker',
  'loading code',
  'starting tfjs',
  'download',
  'unpacking',
  'features',
  'preparing kernels',
  'ledger',
  'checkpoints',
  'steps',
  'evaluations',
  'letting messages in',
] as const;
export type Part = (typeof PARTS)[number];

/** Milliseconds, of one clock. */
export interface Span {
  part: Part;
  from: number;
  to: number;
}

/**
 * Each moment between `from` and `to` belongs to the span that began last of those that cover it: the innermost, where they
 * are nested.
 * @returns milliseconds by part, and `rest` for moments that no span covers; they sum to the whole
 */
export function waterfall(spans: readonly Span[], from: number, to: number): Record<Part | 'rest', number> {
  const within = spans
    .map(({ part, from: begin, to: end }) => ({ part, from: Math.max(begin, from), to: Math.min(end, to) }))
    .filter((span) => span.to > span.from);
  const moments = [...new Set([from, to, ...within.flatMap((span) => [span.from, span.to])])].sort(
    (a, b) => a - b,
  );
  const starting = [...within].sort((a, b) => a.from - b.from);
  const sums = Object.fromEntries([...PARTS, 'rest'].map((part) => [part, 0])) as Record<
    Part | 'rest',
    number
  >;
  let open: Span[] = [];
  let next = 0;
  for (let i = 0; i + 1 < moments.length; i++) {
    const now = moments[i]!;
    open = open.filter((span) => span.to > now);
    while (next < starting.length && starting[next]!.from <= now) open.push(starting[next++]!);
    sums[open.at(-1)?.part ?? 'rest'] += moments[i + 1]! - now;
  }
  return sums;
}
