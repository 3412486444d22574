/** The protocols by which a crowd of phones reports, and one survey by each of them. */
import {
  CountMeanSketch,
  type CrowdKind,
  crowdIntoSketch,
  crowdSupportCounts,
  estimateFromCounts,
  type FrequencyEstimate,
  type FrequencyOracle,
  frequencyVariance,
  hadamardResponse,
  kAryRandomizedResponse,
  optimizedUnaryEncoding,
  sketchFrequencyVariance,
  symmetricUnaryEncoding,
} from '@/lib/privacy';
import type { RandomSource } from '@/lib/random';

export const PROTOCOLS = ['choice', 'symmetric', 'optimised', 'hadamard', 'sketch'] as const;
export type ProtocolId = (typeof PROTOCOLS)[number];

export const PROTOCOL_NAMES: Record<ProtocolId, string> = {
  choice: 'k-ary randomised response',
  symmetric: 'Symmetric unary encoding',
  optimised: 'Optimised unary encoding',
  hadamard: 'Hadamard response',
  sketch: 'Count-mean sketch',
};

/** Size of the sketch: k hash functions, m places. Public. */
export const SKETCH = { hashes: 64, width: 128 };

type Report = number | Uint8Array;

/** The oracle of a protocol, and how its reports add up. Null for the sketch, which is another kind of thing. */
export function oracleOf(
  protocol: ProtocolId,
  epsilon: number,
  categories: number,
): { kind: CrowdKind; oracle: FrequencyOracle<Report> } | null {
  const options = { epsilon, categories };
  switch (protocol) {
    case 'choice':
      return { kind: 'choice', oracle: kAryRandomizedResponse(options) as FrequencyOracle<Report> };
    case 'symmetric':
      return { kind: 'bits', oracle: symmetricUnaryEncoding(options) as FrequencyOracle<Report> };
    case 'optimised':
      return { kind: 'bits', oracle: optimizedUnaryEncoding(options) as FrequencyOracle<Report> };
    case 'hadamard':
      return { kind: 'hadamard', oracle: hadamardResponse(options) as FrequencyOracle<Report> };
    case 'sketch':
      return null;
  }
}

export interface SurveyOptions {
  protocol: ProtocolId;
  epsilon: number;
  /** How many people hold each value. */
  people: ArrayLike<number>;
  random: RandomSource;
  /** Of each interval by itself. */
  confidence?: number;
}

export interface EveryPhoneOptions extends SurveyOptions {
  /** Called after each thousand phones or so; lets messages in, throws on Stop. */
  breathe?(done: number): Promise<void>;
}

const total = (people: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < people.length; i++) sum += people[i]!;
  return sum;
};

const newSketch = (epsilon: number, random: RandomSource) =>
  new CountMeanSketch({ epsilon, ...SKETCH, seed: random.integer(2 ** 31) });

function readSketch(sketch: CountMeanSketch, categories: number, confidence: number): FrequencyEstimate[] {
  const counts = Array.from({ length: categories }, (_, value) => sketch.estimateCount(value));
  return counts.map((_, value) =>
    sketch.estimateFrequency(
      value,
      confidence,
      counts.filter((_, other) => other !== value),
    ),
  );
}

/** One survey of the whole crowd, its counts drawn at once. In time that does not grow with the crowd. */
export function surveyAtOnce(options: SurveyOptions): FrequencyEstimate[] {
  const { protocol, epsilon, people, random, confidence = 0.95 } = options;
  const known = oracleOf(protocol, epsilon, people.length);
  if (known !== null)
    return estimateFromCounts(
      known.oracle,
      crowdSupportCounts(known.kind, known.oracle, people, random),
      total(people),
      confidence,
    );
  const sketch = newSketch(epsilon, random);
  crowdIntoSketch(sketch, people, random);
  return readSketch(sketch, people.length, confidence);
}

const CHUNK = 2000;

/** The same survey with every phone making its own report. */
export async function surveyEveryPhone(options: EveryPhoneOptions): Promise<FrequencyEstimate[]> {
  const { protocol, epsilon, people, random, confidence = 0.95, breathe } = options;
  const known = oracleOf(protocol, epsilon, people.length);
  const sketch = known === null ? newSketch(epsilon, random) : null;
  const counts = new Float64Array(people.length);
  const all = total(people);
  let chunk: Report[] = [];
  let done = 0;
  for (let value = 0; value < people.length; value++) {
    for (let person = 0; person < people[value]!; person++) {
      if (sketch !== null) sketch.receive(sketch.perturb(value, random));
      else chunk.push(known!.oracle.perturb(value, random));
      done++;
      if (done % CHUNK !== 0 && done !== all) continue;
      if (known !== null) {
        const part = known.oracle.supportCounts(chunk).counts;
        for (let i = 0; i < counts.length; i++) counts[i]! += part[i]!;
        chunk = [];
      }
      await breathe?.(done);
    }
  }
  return sketch !== null
    ? readSketch(sketch, people.length, confidence)
    : estimateFromCounts(known!.oracle, counts, all, confidence);
}

/** Standard error of an estimated share, before anybody is asked. */
export function expectedError(
  protocol: ProtocolId,
  epsilon: number,
  shares: readonly number[],
  index: number,
  people: number,
): number {
  const known = oracleOf(protocol, epsilon, shares.length);
  return Math.sqrt(
    known !== null
      ? frequencyVariance(known.oracle, people, shares[index]!)
      : sketchFrequencyVariance({
          epsilon,
          ...SKETCH,
          counts: shares.map((share) => share * people),
          index,
          people,
        }),
  );
}
