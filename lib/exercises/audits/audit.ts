/**
 * What an audit of a learner's program is: many trials, in each of which a coin decides whether one canary is there, looks at what the
 * program released, and on each the bounds from below whose assumption holds there. The claim is the ε of a program that does what its
 * task says.
 *
 * The program is told nothing but inputs, and answers numbers; coins, scores and bounds stay outside of its realm.
 */
import { type AuditBound, auditBound, type ScoredCanaries } from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';
import type { Program } from '../program';

/** Of all bounds of one audit together: a program that keeps its claim is accused in at most one of a thousand audits. */
export const AUDIT_P_VALUE = 1e-3;

/** In noise: farther out nothing more is proven, and squares stay finite. */
const FARTHEST_SCORE = 1e6;

/** Those that do not need to be told how far a canary moves its score. */
type Bound = Exclude<AuditBound, 'spread'>;

export interface Look {
  id: string;
  /** What is looked at, as the beginning of a line. */
  words: string;
  /** Fixed before anything is seen. */
  bounds: readonly Bound[];
  scored: ScoredCanaries;
}

export interface CodeAudit {
  /** What is claimed, in words; its ε at δ stands below. */
  claim: string;
  claimed: number;
  /** 0 where the claim is one of pure ε. */
  delta: number;
  /** Trials with a coin each, all looks together. */
  canaries: number;
  looks(program: Program, random: RandomSource): Promise<Look[]>;
}

export interface LookFound {
  id: string;
  words: string;
  /** ε at least, by bound. May be infinite. */
  bounds: Partial<Record<Bound, number>>;
}

export interface CodeAuditFound {
  claim: string;
  claimed: number;
  delta: number;
  canaries: number;
  /** The largest of all bounds, which hold together with confidence 1 − `AUDIT_P_VALUE`. May be infinite. */
  lowerBound: number;
  looks: readonly LookFound[];
}

const within = (score: number) => Math.max(-FARTHEST_SCORE, Math.min(FARTHEST_SCORE, score));

/**
 * @param random of the coins and of the inputs
 * @throws {Unusable} at an answer that is none of those asked for
 * @throws {ProgramError} where the program does not come back
 */
export async function runAudit(
  { claim, claimed, delta, canaries, looks }: CodeAudit,
  program: Program,
  random: RandomSource,
): Promise<CodeAuditFound> {
  const seen = await looks(program, random);
  // Each of k bounds is held to a k-th (Bonferroni), so the largest may be read.
  const pValue = AUDIT_P_VALUE / seen.reduce((sum, { bounds }) => sum + bounds.length, 0);
  const found = seen.map(({ id, words, bounds, scored }) => {
    const scores = Array.from(scored.scores, within);
    const question = { scores, included: scored.included, delta, pValue, signal: 1 };
    const of = (bound: Bound) => auditBound(bound, question);
    return { id, words, bounds: Object.fromEntries(bounds.map((bound) => [bound, of(bound)])) };
  });
  const lowerBound = Math.max(...found.flatMap(({ bounds }) => Object.values(bounds)));
  return { claim, claimed, delta, canaries, lowerBound, looks: found };
}

export const coins = (count: number, random: RandomSource): boolean[] =>
  Array.from({ length: count }, () => random.bernoulli(0.5));
