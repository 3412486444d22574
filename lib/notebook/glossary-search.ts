/** Finds words of the glossary by parts of what is typed. */
import type { GlossaryEntry } from './glossary';

/**
 * Without capitals and accents, with Greek letters spelt out, so that "epsilon" finds ε, and in one spelling: "memorize" finds
 * memorise, "neighbor" neighbour.
 */
const GREEK: Readonly<Record<string, string>> = { ε: 'epsilon', δ: 'delta', σ: 'sigma', μ: 'mu' };
const plain = (text: string) =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[εδσμ]/gu, (letter) => ` ${GREEK[letter]} `)
    .replace(/(?<=\p{L}{2}[iy])z(?=[eai]|\P{L}|$)/gu, 's')
    .replace(/(?<=[blv]|vi)our/gu, 'or')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The letter under which an entry stands in an alphabet. */
export const letterOf = ({ name }: Pick<GlossaryEntry, 'name'>): string =>
  plain(name).charAt(0).toUpperCase();

/**
 * Entries that hold every part of what is wanted; those with it in their name come first, each half by name. Nothing wanted: all.
 */
export function findTerms<Entry extends GlossaryEntry>(entries: readonly Entry[], wanted: string): Entry[] {
  const parts = plain(wanted)
    .split(' ')
    .filter((part) => part !== '');
  const byName = (a: Entry, b: Entry) => plain(a.name).localeCompare(plain(b.name), 'en');
  const named = (entry: Entry) => parts.every((part) => plain(entry.name).includes(part));
  return entries
    .filter((entry) => parts.every((part) => plain(`${entry.name} ${entry.text}`).includes(part)))
    .sort((a, b) => Number(named(b)) - Number(named(a)) || byName(a, b));
}
