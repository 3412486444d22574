/** Nine attacks, five shields: what becomes of an attack on those who wear some of them. Verdicts are those of `threats.ts`. */
import { CONTROLS, type ControlId, THREATS, type Threat, type Verdict } from './threats';

/** An attack is stopped by one shield that is made for it; held back by such as make it harder; else it passes. */
export type Outcome = 'stopped' | 'held back' | 'passed';

const OUTCOME_BY_BEST: Readonly<Record<Verdict, Outcome>> = {
  yes: 'stopped',
  partly: 'held back',
  no: 'passed',
};
const STRENGTH: readonly Verdict[] = ['no', 'partly', 'yes'];

const best = (threat: Threat, worn: readonly ControlId[]): Verdict =>
  worn
    .map((id) => threat.judgements[id].verdict)
    .reduce((a, b) => (STRENGTH.indexOf(a) >= STRENGTH.indexOf(b) ? a : b), 'no' as Verdict);

export const outcomeOf = (threat: Threat, worn: readonly ControlId[]): Outcome =>
  OUTCOME_BY_BEST[best(threat, worn)];

/** The best that can be done with all five: two of the attacks no shield stops. */
export const bestOutcome = (threat: Threat): Outcome =>
  outcomeOf(
    threat,
    CONTROLS.map(({ id }) => id),
  );

/** Shields that leave this attack as it was. */
export const idle = (threat: Threat, worn: readonly ControlId[]): ControlId[] =>
  worn.filter((id) => threat.judgements[id].verdict === 'no');

/** Won: as good as can be, and no shield put on in vain. */
export const isWon = (threat: Threat, worn: readonly ControlId[]): boolean =>
  outcomeOf(threat, worn) === bestOutcome(threat) && idle(threat, worn).length === 0;

/** For each threat the shields put on, or null where the round has not been played. */
export type Rounds = readonly (readonly ControlId[] | null)[];

/** A sign a round: `-`, or the number whose bits are the shields, in base 32. */
export const NO_ROUNDS = '-'.repeat(THREATS.length);

export function readRounds(text: string): Rounds {
  return THREATS.map((_, i) => {
    const sign = text[i] ?? '-';
    if (!/^[0-9a-v]$/.test(sign)) return null;
    const bits = Number.parseInt(sign, 32);
    return CONTROLS.filter((_, place) => bits & (1 << place)).map(({ id }) => id);
  });
}

export const writeRounds = (rounds: Rounds): string =>
  rounds
    .map((worn) =>
      worn === null
        ? '-'
        : CONTROLS.reduce((bits, { id }, place) => bits | (worn.includes(id) ? 1 << place : 0), 0).toString(
            32,
          ),
    )
    .join('');
