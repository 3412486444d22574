/**
 * Grades `totalCost(releases)`: (ε, δ) of a sequence of releases by basic composition (Dwork et al. 2006), in parallel over people that
 * no release shares (McSherry 2009), and for nothing where only earlier answers are read.
 */
import type { RandomSource } from '@/lib/random';
import { ask, type Reader } from '../answers';
import { between, told, wholeBetween } from '../draws';
import type { Trial } from '../grade';

/** Room for single precision: whoever rounds to digits that are read is far off. */
const ROUNDING = 1e-6;

interface Release {
  /** 'all', or the group whose people it reads; 'answers' where it reads no people, but earlier answers. */
  reads: string;
  epsilon: number;
  delta: number;
}

interface Cost {
  epsilon: number;
  delta: number;
}

const aCost: Reader<Cost> = {
  what: 'an object { epsilon, delta } of two finite numbers',
  read(answer) {
    if (typeof answer !== 'object' || answer === null) return null;
    const { epsilon, delta } = answer as Record<string, unknown>;
    return typeof epsilon === 'number' && typeof delta === 'number' && Number.isFinite(epsilon + delta)
      ? { epsilon, delta }
      : null;
  },
};

/** Names of groups, drawn for each sequence: whoever knows some by heart is found out. */
const groups = (random: RandomSource): string[] =>
  Array.from(
    { length: wholeBetween(2, 7, random) },
    (_, i) => `${['ward', 'north', 'clinic', 'Group'][random.integer(4)]} ${10 * random.integer(90) + i}`,
  );

function release(reads: string, random: RandomSource): Release {
  return {
    reads,
    epsilon: between(0.05, 2, random),
    delta: random.bernoulli(0.5) ? 0 : 10 ** between(-9, -6, random),
  };
}

/** So many releases that read one of these. */
const sequence = (reads: readonly string[], length: number, random: RandomSource): Release[] =>
  Array.from({ length }, () => release(reads[random.integer(reads.length)]!, random));

/** The same release some times over: each of them costs. */
function repeated(reads: readonly string[], random: RandomSource): Release[] {
  const some = sequence(reads, 3, random);
  return random.shuffle([...some, ...some, some[0]!].map((one) => ({ ...one })));
}

/** What the person pays who pays most; ε and δ may be two people's. */
function costOf(releases: readonly Release[]): Cost & { payer: string } {
  const paid = (group: string, kind: 'epsilon' | 'delta') =>
    releases
      .filter(({ reads }) => reads === 'all' || reads === group)
      .reduce((sum, one) => sum + one[kind], 0);
  // Somebody may be in no group that is named.
  const named = [...new Set(releases.map(({ reads }) => reads))].filter((reads) => reads !== 'answers');
  let worst = { payer: 'all', epsilon: paid('all', 'epsilon'), delta: paid('all', 'delta') };
  for (const group of named) {
    const [epsilon, delta] = [paid(group, 'epsilon'), paid(group, 'delta')];
    worst = {
      payer: epsilon > worst.epsilon ? group : worst.payer,
      epsilon: Math.max(worst.epsilon, epsilon),
      delta: Math.max(worst.delta, delta),
    };
  }
  return worst;
}

const trial = (id: string, words: string, make: (random: RandomSource) => Release[][]): Trial => ({
  id,
  words,
  async run(program, random) {
    const all = make(random);
    const found = await ask(
      program,
      'totalCost',
      aCost,
      all.map((releases) => [releases]),
    );
    for (const [at, releases] of all.entries()) {
      const right = costOf(releases);
      for (const [kind, sign] of [
        ['epsilon', 'ε'],
        ['delta', 'δ'],
      ] as const) {
        const [said, due] = [found[at]![kind], right[kind]];
        if (Math.abs(said - due) <= ROUNDING * due) continue;
        const who = right.payer === 'all' ? 'everybody' : `a person in “${right.payer}”`;
        return {
          words:
            said < due
              ? `The ${sign} is too small: somebody has paid more than is said${kind === 'epsilon' ? ` (${who})` : ''}.`
              : `The ${sign} is larger than what any one person has paid.`,
          input: `totalCost of ${releases.length} releases: ${releases
            .slice(0, 6)
            .map(
              (one) => `{ reads: '${one.reads}', epsilon: ${told(one.epsilon)}, delta: ${told(one.delta)} }`,
            )
            .join(', ')}${releases.length > 6 ? ', …' : ''}`,
          found: `${sign} = ${told(said)}, where ${told(due)} is right`,
        };
      }
    }
    return null;
  },
});

/** So many that a fault in one call of fifty shows. */
const TIMES = 80;
const times = (make: () => Release[]): Release[][] => Array.from({ length: TIMES }, make);

export const costOfASequence = (): Trial[] => [
  trial('one-after-another', 'Releases on the same people add up, ε and δ alike.', (random) => [
    ...times(() => sequence(['all'], wholeBetween(2, 12, random), random)),
    sequence(['all'], 1, random),
    sequence(['all'], 300, random),
    repeated(['all'], random),
  ]),
  trial('side-by-side', 'Groups that share nobody pay side by side: the largest counts.', (random) => [
    ...times(() => sequence(groups(random), wholeBetween(2, 16, random), random)),
    repeated(groups(random), random),
  ]),
  trial('answers', 'What reads earlier answers alone costs nothing.', (random) => [
    ...times(() => sequence(['all', 'answers'], wholeBetween(2, 10, random), random)),
    sequence(['answers'], 3, random),
  ]),
  trial('together', 'All of it together, and nothing at all costs nothing.', (random) => [
    ...times(() => sequence(['all', 'answers', ...groups(random)], wholeBetween(5, 30, random), random)),
    [],
  ]),
];
