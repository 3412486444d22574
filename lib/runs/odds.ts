/**
 * The odds of a run as plain numbers, for a page that shows them and a worker that works them out: `lib/privacy/odds` says what each is.
 */
import {
  type AttackOdds,
  attackOdds,
  balancedOdds,
  noiseForRisk,
  type PrivacyEvent,
  pickedOut,
  type Risk,
  type RiskQuestion,
} from '@/lib/privacy';

/** Of so many people each rate is told. */
export const CROWD = 1000;
/** People of the crowd who did not take part and are accused all the same. */
export const WRONGLY = [1, 10, 100] as const;
export type Wrongly = (typeof WRONGLY)[number];

/** Numbers only, as they cross between threads. */
export interface OddsFigures {
  /** Of the crowd who took part: how many the best attacker names at most, by how many he accuses wrongly. */
  pickedOut: Record<Wrongly, number>;
  /** The same of an attacker who names those who did not take part, out of those who did not. */
  ruledOut: Record<Wrongly, number>;
  /** Share of possible results after which the even-handed attacker says "took part", if the person did. */
  ifIn: number;
  /** Largest true less false positive rate. */
  advantage: number;
}

export function oddsFigures(events: readonly PrivacyEvent[]): OddsFigures {
  const odds = attackOdds(events);
  return {
    pickedOut: counted(odds),
    ruledOut: counted({ ...odds, presence: odds.absence }),
    ifIn: balancedOdds(odds).ifIn,
    advantage: odds.advantage.upper,
  };
}

const counted = (odds: AttackOdds) =>
  Object.fromEntries(WRONGLY.map((wrongly) => [wrongly, pickedOut(odds, { of: CROWD, wrongly })])) as Record<
    Wrongly,
    number
  >;

/** The noise that keeps a run to a risk, with its ε; `found` is null where no noise allowed does. */
export interface NoiseOfRisk {
  found: { noiseMultiplier: number; epsilon: number } | null;
}

export const noiseOfRisk = (question: RiskQuestion): NoiseOfRisk => ({ found: noiseForRisk(question) });

/** "Of 1,000 who took part, at most so many, if 10 of 1,000 who did not are accused": as a risk. */
export const riskOf = (atMost: number, wrongly: Wrongly): Risk => ({
  falsePositiveRate: wrongly / CROWD,
  truePositiveRate: atMost / CROWD,
});
