/**
 * Which questions a claim of privacy leaves open, and what each does to its number. The questions are those of NIST SP 800-226
 * (“Guidelines for evaluating differential privacy guarantees”, 2025) and of Ponomareva et al. (“How to DP-fy ML”, 2023),
 * in our words; the numbers are worked out here.
 */
import {
  calibrateNoiseMultiplier,
  composeEvents,
  dpSgdEpsilon,
  groupPrivacy,
  shuffledEpsilonBounds,
  zcdpEpsilon,
} from '@/lib/privacy';
import type { Claim } from './claim';
import { oddsFromStated, type StatedOdds } from './stated';

/** A number that an answer leads to. */
export interface Effect {
  words: string;
  /** nats */
  epsilon: number;
  /** null where δ is not part of it. */
  delta: number | null;
  /** Whether the true ε is at most this, at least this, or this. */
  bound: 'at most' | 'at least' | 'exactly';
}

export type QuestionId =
  | 'numbers'
  | 'unit'
  | 'period'
  | 'model'
  | 'relation'
  | 'sampling'
  | 'tuning'
  | 'else'
  | 'noise';

export interface OpenQuestion {
  id: QuestionId;
  ask: string;
  /** `said`: the claim answers it. `careful`: it does, and the answer weakens the promise. `open`: it does not. */
  state: 'said' | 'careful' | 'open';
  /** What the claim says, or what not saying it may hide. */
  words: string;
  effects: Effect[];
}

export interface Assessment {
  /** The claim as (ε, δ); null where it has no number to reckon with. */
  stated: ({ epsilon: number; delta: number } & StatedOdds) | null;
  questions: OpenQuestion[];
}

/** What the reader supposes where the claim is silent. */
export interface Suppositions {
  /** Records of one person. */
  records: number;
  /** Settings that were tried. */
  tries: number;
}

/** Where many releases are added up with a little slack, and none is named: δ of the sum. */
const SUMMED_DELTA = 1e-5;
/** Beyond this, ε and its sum mean the same: nothing is promised. */
const ENOUGH = 2000;
/** A training by which shuffling is shown where the claim tells none: passes, and lots a pass. */
const EXAMPLE_RUN = { epochs: 10, lotsPerEpoch: 100 };

interface Stated {
  epsilon: number;
  delta: number;
}

const article = (count: number, one: string) => `${count.toLocaleString('en')} ${one}`;

function statedOf({ epsilon, delta, rho }: Claim): Stated | null {
  if (epsilon !== null) return { epsilon, delta: delta ?? 0 };
  return rho === null
    ? null
    : { epsilon: zcdpEpsilon(rho, delta || SUMMED_DELTA), delta: delta || SUMMED_DELTA };
}

/** `count` releases of (ε, δ) about the same people: added up, and by the tightest accounting that (ε, δ) alone allows. */
function composed(words: string, { epsilon, delta }: Stated, count: number): Effect[] {
  const summed = {
    words: `${words}, added up`,
    epsilon: count * epsilon,
    delta: Math.min(1, count * delta),
    bound: 'at most' as const,
  };
  const total = Math.max(SUMMED_DELTA, 2 * count * delta);
  if (count === 1 || summed.epsilon > ENOUGH || total >= 0.5) return [summed];
  const tight = composeEvents([{ kind: 'approximate', epsilon, delta, count }], total).epsilon;
  return tight > 0.99 * summed.epsilon
    ? [summed]
    : [summed, { words: `${words}, by a tight accountant`, epsilon: tight, delta: total, bound: 'at most' }];
}

function numbers(claim: Claim, stated: Stated | null): OpenQuestion {
  const ask = 'Which ε, and which δ?';
  if (stated === null)
    return {
      id: 'numbers',
      ask,
      state: 'open',
      words: 'No ε is named. Without one there is no promise to read.',
      effects: [],
    };
  if (claim.epsilon === null)
    return {
      id: 'numbers',
      ask,
      state: 'said',
      words: `ρ = ${claim.rho} of zero-concentrated DP. It is worth an ε at every δ.`,
      effects: [{ words: 'As ε', ...stated, bound: 'at most' }],
    };
  if (claim.delta === null)
    return {
      id: 'numbers',
      ask,
      state: 'open',
      words:
        'ε is named, δ is not. Below it is taken as 0. If the noise is Gaussian, there is a δ, and it must be far below one in the number of people.',
      effects: [],
    };
  const large = claim.delta > 1e-4;
  return {
    id: 'numbers',
    ask,
    state: large ? 'careful' : 'said',
    words: large
      ? 'δ is large. With that probability, for each person, everything may come out. It should be far below one in the number of people.'
      : 'Both are named.',
    effects: [],
  };
}

const UNIT_WORDS = {
  person: 'all of one person',
  household: 'all of one household',
  device: 'all of one device; a person may have several',
  record: 'one record or example',
  event: 'one event or report',
} as const;

function unit(claim: Claim, stated: Stated | null, supposed: number): OpenQuestion {
  const records = claim.recordsPerPerson ?? supposed;
  const whole = claim.unit === 'person' || claim.unit === 'household';
  const effects: Effect[] =
    stated === null || whole
      ? []
      : [
          {
            words: `For a person with ${article(records, 'of them')}`,
            ...groupPrivacy(stated.epsilon, stated.delta, records),
            bound: 'at most',
          },
        ];
  return {
    id: 'unit',
    ask: 'Whom does it protect?',
    state: claim.unit === null ? 'open' : whole ? 'said' : 'careful',
    words:
      claim.unit === null
        ? 'It is not said. In machine learning one example is usual. Of k examples of one person, all that is promised is k times ε, and a δ that grows as e to the kε.'
        : `It protects ${UNIT_WORDS[claim.unit]}.`,
    effects,
  };
}

function period(claim: Claim, stated: Stated | null): OpenQuestion {
  const ask = 'For how long?';
  const said = claim.period;
  if (said === null)
    return {
      id: 'period',
      ask,
      state: 'open',
      words: 'It is not said whether this ε is all, or whether each day, week or release spends it again.',
      effects: stated === null ? [] : composed('If it is for a day, a year', stated, 365),
    };
  if (said.perYear === 1)
    return {
      id: 'period',
      ask,
      state: 'said',
      words: `It is said to be for ${said.words === 'a year' ? 'a year; every further year adds to it' : 'everything, once'}.`,
      effects: [],
    };
  return {
    id: 'period',
    ask,
    state: 'careful',
    words:
      `It is for ${said.words.replace(/^every/, '')}: each adds to what is known of the same people.`.replace(
        '  ',
        ' ',
      ),
    effects: stated === null ? [] : composed('A whole year', stated, said.perYear),
  };
}

const MODEL_WORDS = {
  central: 'Central: whoever holds the data sees all of it, and adds the noise. One has to trust them.',
  local: 'Local: each device adds its own noise, and nobody sees the truth.',
  federated:
    'Federated: devices send updates, and a server adds noise to their sum. Without secure aggregation it sees each update.',
  'shuffled-reports':
    'Reports are shuffled before they are read. The ε holds against those who read them, not against whoever shuffles.',
} as const;

function model(claim: Claim): OpenQuestion {
  return {
    id: 'model',
    ask: 'Against whom: who adds the noise, and who sees the data before?',
    state: claim.model === null ? 'open' : 'said',
    words:
      claim.model === null
        ? 'It is not said. At the same ε, local noise protects from the collector too, and costs far more accuracy.'
        : MODEL_WORDS[claim.model],
    effects: [],
  };
}

function relation(claim: Claim, stated: Stated | null): OpenQuestion {
  const replaced = stated === null ? null : groupPrivacy(stated.epsilon, stated.delta, 2);
  return {
    id: 'relation',
    ask: 'What do two neighbouring data sets differ by?',
    state: claim.relation === null ? 'open' : 'said',
    words:
      claim.relation === null
        ? 'It is not said whether a record is added or removed, or replaced by another. To replace is to remove and to add.'
        : claim.relation === 'replace'
          ? 'One record is replaced by another. Such an ε can be twice the one for adding or removing: the two do not compare as they are.'
          : 'One record is added or removed.',
    effects:
      replaced === null || claim.relation === 'replace'
        ? []
        : [{ words: 'For one record replaced', ...replaced, bound: 'at most' }],
  };
}

/** The training that the claim tells of; null where it does not tell enough. */
function toldRun({ noiseMultiplier, lotSize, datasetSize, epochs }: Claim) {
  if (noiseMultiplier === null || lotSize === null || datasetSize === null || epochs === null) return null;
  const lotsPerEpoch = Math.round(datasetSize / lotSize);
  if (lotsPerEpoch < 2 || lotsPerEpoch * epochs > 1e6 || noiseMultiplier < 0.2) return null;
  return { noiseMultiplier, lotsPerEpoch, epochs };
}

function sampling(claim: Claim, stated: Stated | null): OpenQuestion {
  const ask = 'How were the lots drawn?';
  const told = toldRun(claim);
  const delta = stated?.delta || SUMMED_DELTA;
  const poisson = (run: NonNullable<typeof told>): Effect => ({
    words: 'The training that is told, with Poisson lots',
    epsilon: dpSgdEpsilon({
      sampleRate: 1 / run.lotsPerEpoch,
      noiseMultiplier: run.noiseMultiplier,
      steps: run.lotsPerEpoch * run.epochs,
      delta,
    }),
    delta,
    bound: 'exactly',
  });
  if (claim.sampling === 'poisson')
    return {
      id: 'sampling',
      ask,
      state: 'said',
      words:
        'By Poisson sampling, as the usual accountants assume. It must be so in the code, too, and not only in the accountant.',
      effects: told === null ? [] : [poisson(told)],
    };
  if (claim.sampling === 'none')
    return { id: 'sampling', ask, state: 'said', words: 'Nothing is claimed for sampling.', effects: [] };
  const shuffled = stated === null ? null : shuffledEffects(stated.epsilon, delta, told);
  return {
    id: 'sampling',
    ask,
    state: claim.sampling === 'shuffled' ? 'careful' : 'open',
    words:
      claim.sampling === 'shuffled'
        ? 'Shuffled lots are not Poisson lots. If ε was computed for Poisson lots, it is not the ε of what was run.'
        : 'If this is a training: it is not said. Most training loops shuffle, and most accountants assume Poisson lots.',
    effects: [...(told === null ? [] : [poisson(told)]), ...(shuffled ?? [])],
  };
}

/** What ε is at least if it was computed for Poisson lots and the lots were shuffled. */
function shuffledEffects(epsilon: number, delta: number, told: ReturnType<typeof toldRun>): Effect[] | null {
  const { epochs, lotsPerEpoch } = told ?? EXAMPLE_RUN;
  // Outside of this range no noise gives that ε in such a training, or so little that a grid cannot hold it.
  if (told === null && !(epsilon >= 0.05 && epsilon <= 50)) return null;
  const noiseMultiplier =
    told?.noiseMultiplier ??
    calibrateNoiseMultiplier({
      targetEpsilon: epsilon,
      delta,
      sampleRate: 1 / lotsPerEpoch,
      steps: lotsPerEpoch * epochs,
      accountant: 'rdp',
    }).noiseMultiplier;
  const { atLeast } = shuffledEpsilonBounds({ noiseMultiplier, lotsPerEpoch, epochs, delta });
  const plan =
    told === null
      ? `For example, ${epochs} epochs of ${lotsPerEpoch} lots, with noise for that ε by Poisson`
      : 'The training that is told';
  return [{ words: `${plan}, but shuffled`, epsilon: atLeast, delta, bound: 'at least' }];
}

function tuning(claim: Claim, stated: Stated | null, supposed: number): OpenQuestion {
  const ask = 'How were settings chosen?';
  if (claim.tuning === 'elsewhere')
    return { id: 'tuning', ask, state: 'said', words: 'Not by looking at the private data.', effects: [] };
  const tries = claim.tries ?? supposed;
  const effects =
    stated === null
      ? []
      : composed(
          `The best of ${article(tries, tries === 1 ? 'run' : 'runs')} on the private data`,
          stated,
          tries,
        );
  // A number of tries drawn from the geometric distribution, and only the best is told (Liu and Talwar 2019; Papernot and Steinke 2022, η = 1).
  if (stated !== null && stated.delta === 0)
    effects.push({
      words: 'A private search, its number of runs drawn at random',
      epsilon: 3 * stated.epsilon,
      delta: 0,
      bound: 'at most',
    });
  return {
    id: 'tuning',
    ask,
    state: claim.tuning === null ? 'open' : 'careful',
    words:
      claim.tuning === null
        ? 'It is not said. If settings were tried on the private data, every run that was looked at has a price, also those thrown away.'
        : 'They were tuned on the private data. If ε is that of one run, it is not that of all.',
    effects,
  };
}

/** No claim answers these two by itself. */
const ELSE: OpenQuestion = {
  id: 'else',
  ask: 'What else came out of the same data?',
  state: 'open',
  words:
    'Exact totals, earlier versions, other teams’ models: all of them add to ε, or are outside of it. No claim can say this of others; ask.',
  effects: [],
};
const NOISE: OpenQuestion = {
  id: 'noise',
  ask: 'Is the code what the proof is about?',
  state: 'open',
  words:
    'Noise from a cryptographic generator, no seed that anybody knows, floating-point numbers dealt with, code that can be read. If not, ε is a wish.',
  effects: [],
};

const ASK: Readonly<
  Record<QuestionId, (claim: Claim, stated: Stated | null, suppositions: Suppositions) => OpenQuestion>
> = {
  numbers,
  unit: (claim, stated, { records }) => unit(claim, stated, records),
  period,
  model,
  relation,
  sampling,
  tuning: (claim, stated, { tries }) => tuning(claim, stated, tries),
  else: () => ELSE,
  noise: () => NOISE,
};

/** In the order in which they are asked. */
export const QUESTIONS = Object.keys(ASK) as QuestionId[];

/**
 * One question, put to a claim.
 * @param suppositions used where the claim is silent; whole numbers of at least 1
 */
export const askClaim = (id: QuestionId, claim: Claim, suppositions: Suppositions): OpenQuestion =>
  ASK[id](claim, statedOf(claim), suppositions);

/** All of them. */
export function assessClaim(claim: Claim, suppositions: Suppositions): Assessment {
  const stated = statedOf(claim);
  return {
    stated: stated === null ? null : { ...stated, ...oddsFromStated(stated) },
    questions: QUESTIONS.map((id) => askClaim(id, claim, suppositions)),
  };
}
