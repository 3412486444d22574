/** How much there is to read. */

/** Slowly, as one reads what is new: Brysbaert's survey (2019) has 238 for easy prose in one's own language. */
export const WORDS_A_MINUTE = 180;

/** Words of prose in Markdown: letters and digits that stand together, without addresses, and a formula as one. */
export function wordsIn(markdown: string): number {
  const prose = markdown
    .replace(/\]\([^)]*\)/g, ']')
    .replace(/\$\$?[^$]*\$\$?/g, ' formula ')
    .replace(/<[^>]*>/g, ' ');
  return prose.match(/[\p{L}\p{N}][\p{L}\p{N}’'.,-]*/gu)?.length ?? 0;
}

/** Whole minutes, at least one. */
export const minutesToRead = (words: number): number => Math.max(1, Math.round(words / WORDS_A_MINUTE));
