/** The naive loop is timed over so many examples; its time is that of the batch by proportion. */
export const NAIVE_EXAMPLES = 16;
