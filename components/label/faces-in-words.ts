/** What each face of ε says, consequence first; and what exactly is counted. */
import { count, plural } from '@/components/ui/format';
import type { Relation } from '@/lib/ledger';
import { manyOf } from '@/lib/runs/label';
import { CROWD, type OddsFigures, type Wrongly } from '@/lib/runs/odds';
import type { Face } from './face';

export const FACES: readonly { face: Face; name: string }[] = [
  { face: 'people', name: 'People picked out' },
  { face: 'answers', name: 'One result' },
  { face: 'epsilon', name: 'ε and δ' },
  { face: 'sigma', name: 'σ' },
];

/** Of 100 results, so many after which the attacker says it, if it is so and if it is not. */
export function outOfHundred({ ifIn }: OddsFigures): { ifIn: number; ifOut: number } {
  const shown = Math.round(100 * ifIn);
  return { ifIn: shown, ifOut: 100 - shown };
}

/** Words for the two kinds of neighbours: somebody is there or not; or somebody answered this or that. */
const WHO: Record<
  Relation,
  {
    those: (unit: string) => string;
    others: (unit: string) => string;
    says: string;
    if: string;
    ifNot: string;
  }
> = {
  'add-or-remove-one': {
    those: (unit) => `${manyOf(unit)} that took part`,
    others: () => 'that did not',
    says: 'it took part',
    if: 'it did',
    ifNot: 'it did not',
  },
  'replace-one': {
    those: (unit) =>
      unit === 'person' ? 'people who gave one answer' : `${manyOf(unit)} that hold one thing`,
    others: (unit) => (unit === 'person' ? 'who gave another' : 'that hold another'),
    says: 'it was this answer',
    if: 'it was',
    ifNot: 'it was another',
  },
};

/** Those of whom the attacker names some, and those of whom he ought to name none. */
export const crowdInWords = (unit: string, relation: Relation): { those: string; others: string } => ({
  those: WHO[relation].those(unit),
  others: WHO[relation].others(unit),
});

export interface Subject {
  unit: string;
  relation: Relation;
}

/** In the few words of a button. */
export function inShort(face: Face, odds: OddsFigures | null, epsilon: string, sigma: string | null): string {
  if (face === 'epsilon') return `ε ${epsilon}`;
  if (face === 'sigma') return sigma === null ? 'no single σ' : `σ ${sigma}`;
  if (odds === null) return '…';
  if (face === 'people') return `at most ${count(odds.pickedOut[10])} of 1,000 picked out`;
  const { ifIn, ifOut } = outOfHundred(odds);
  return `${ifIn} of 100 against ${ifOut}`;
}

/** The whole sentence. */
export function peopleInWords(odds: OddsFigures, wrongly: Wrongly, { unit, relation }: Subject): string {
  const who = WHO[relation];
  return `Of ${count(CROWD)} ${who.those(unit)}, the best attacker picks out up to ${count(odds.pickedOut[wrongly])}, if of ${count(CROWD)} ${who.others(unit)} he wrongly names ${wrongly}.`;
}

/** Without any results the same attacker could only guess. */
export const guessInWords = (wrongly: Wrongly): string =>
  `Guessing blindly he would get ${wrongly} right as well.`;

export function answersInWords(odds: OddsFigures, { unit, relation }: Subject): string {
  const { ifIn, ifOut } = outOfHundred(odds);
  const who = WHO[relation];
  const whose = relation === 'replace-one' && unit === 'person' ? 'an answer' : `one ${unit}`;
  return `Of 100 results that were possible, ${ifIn} make the best attacker say of ${whose} that ${who.says}, if ${who.if}; and ${ifOut} if ${who.ifNot}.`;
}

/** What is counted, so that nobody takes it for more. */
export function countedInWords(face: Face, { relation }: Subject): string {
  if (face === 'people')
    return 'The attacker sees all that was released, knows every other record and the one in question, and does what is best at so many false accusations. It is the limit for any attack; real ones do worse.';
  if (face === 'answers')
    return `A result is all that one run releases. This attacker errs as often ${relation === 'replace-one' ? 'on one answer as on the other' : 'on those that took part as on those that did not'}. 50 against 50 is a coin. Rounded to whole results.`;
  if (face === 'epsilon')
    return 'However the results come out, they are at most e to the ε times as likely with the record as without it, but for a chance of δ.';
  return 'The standard deviation of the noise on what one step releases, divided by the most that one record can change.';
}

export function epsilonInWords(epsilon: string, delta: string): string {
  return `ε = ${epsilon} at δ = ${delta}.`;
}

export function sigmaInWords(sigma: string | null, releases: number): string {
  return sigma === null
    ? 'There is no one σ: the releases have different noise, or noise of another kind. The label has them all.'
    : `σ = ${sigma}, in ${plural(releases, 'release')}.`;
}
