/** The protocols by which a crowd of phones reports, and one survey by each of them. */
import {
  alarmLine,
  CountMeanSketch,
  type CrowdKind,
  crowdIntoSketch,
  crowdSupportCounts,
  estimateFromCounts,
  type FrequencyEstimate,
  type FrequencyOracle,
  frequencyVariance,
  hadamardResponse,
  intervalCoverage,
  kAryRandomizedResponse,
  optimizedUnaryEncoding,
  sketchAlarmLaw,
  sketchFrequencyVariance,
  supportLaw,
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

const CHUNK = 2000;

/** A server that collects reports by one protocol: from single phones, from whole crowds, or from both. */
export class Survey {
  private readonly known: ReturnType<typeof oracleOf>;
  private readonly sketch: CountMeanSketch | null;
  private readonly counts: Float64Array;
  private reports = 0;

  constructor(
    protocol: ProtocolId,
    epsilon: number,
    private readonly categories: number,
    private readonly random: RandomSource,
  ) {
    this.known = oracleOf(protocol, epsilon, categories);
    this.counts = new Float64Array(categories);
    this.sketch =
      this.known === null ? new CountMeanSketch({ epsilon, ...SKETCH, seed: random.integer(2 ** 31) }) : null;
  }

  /** One phone’s report. @returns the values that it speaks for */
  phone(value: number): number[] {
    this.reports++;
    const { sketch, known, categories } = this;
    const all = Array.from({ length: categories }, (_, other) => other);
    if (sketch !== null) {
      const report = sketch.perturb(value, this.random);
      sketch.receive(report);
      return all.filter((other) => report.signs[sketch.place(report.row, other)] === 1);
    }
    const { counts } = known!.oracle.supportCounts([known!.oracle.perturb(value, this.random)]);
    // A half for Hadamard’s rounding.
    const spokenFor = all.filter((other) => counts[other]! > 0.5);
    for (const other of spokenFor) this.counts[other]!++;
    return spokenFor;
  }

  /** A crowd, its counts drawn at once: in time that does not grow with it. */
  crowd(people: ArrayLike<number>): void {
    this.reports += total(people);
    if (this.sketch !== null) crowdIntoSketch(this.sketch, people, this.random);
    else this.add(crowdSupportCounts(this.known!.kind, this.known!.oracle, people, this.random));
  }

  /** The same with every phone making its own report. */
  async everyPhone(people: ArrayLike<number>, breathe?: (done: number) => Promise<void>): Promise<void> {
    const { known, sketch, random } = this;
    let chunk: Report[] = [];
    let done = 0;
    const all = total(people);
    for (let value = 0; value < people.length; value++) {
      for (let person = 0; person < people[value]!; person++) {
        if (sketch !== null) sketch.receive(sketch.perturb(value, random));
        else chunk.push(known!.oracle.perturb(value, random));
        done++;
        if (done % CHUNK !== 0 && done !== all) continue;
        if (known !== null) {
          this.add(known.oracle.supportCounts(chunk).counts);
          chunk = [];
        }
        await breathe?.(done);
      }
    }
    this.reports += all;
  }

  private add(counts: ArrayLike<number>): void {
    for (let i = 0; i < this.counts.length; i++) this.counts[i]! += counts[i]!;
  }

  /** Estimated shares, without intervals. */
  shares(): number[] {
    const { sketch, known, reports } = this;
    return Array.from(this.counts, (count, value) =>
      sketch !== null
        ? sketch.estimateCount(value) / reports
        : (count / reports - known!.oracle.q) / (known!.oracle.p - known!.oracle.q),
    );
  }

  estimates(confidence = 0.95): FrequencyEstimate[] {
    const { sketch, known, categories } = this;
    if (sketch === null) return estimateFromCounts(known!.oracle, this.counts, this.reports, confidence);
    const counts = Array.from({ length: categories }, (_, value) => sketch.estimateCount(value));
    return counts.map((_, value) =>
      sketch.estimateFrequency(
        value,
        confidence,
        counts.filter((_, other) => other !== value),
      ),
    );
  }
}

const surveyOf = ({ protocol, epsilon, people, random }: SurveyOptions) =>
  new Survey(protocol, epsilon, people.length, random);

/** One survey of the whole crowd, its counts drawn at once. */
export function surveyAtOnce(options: SurveyOptions): FrequencyEstimate[] {
  const survey = surveyOf(options);
  survey.crowd(options.people);
  return survey.estimates(options.confidence);
}

/** The estimated shares alone: intervals take longer than the survey. */
export function sharesAtOnce(options: SurveyOptions): number[] {
  const survey = surveyOf(options);
  survey.crowd(options.people);
  return survey.shares();
}

/** The same survey with every phone making its own report. */
export async function surveyEveryPhone(options: EveryPhoneOptions): Promise<FrequencyEstimate[]> {
  const survey = surveyOf(options);
  await survey.everyPhone(options.people, options.breathe);
  return survey.estimates(options.confidence);
}

/**
 * How often, over all surveys of this crowd, the 95 % intervals hold the truth: exactly, the mean over its values. Null for the sketch,
 * whose intervals are normal ones.
 */
export function expectedCoverage(
  protocol: ProtocolId,
  epsilon: number,
  people: ArrayLike<number>,
): number | null {
  const known = oracleOf(protocol, epsilon, people.length);
  if (known === null) return null;
  const all = total(people);
  const each = Array.from(people, (holders) => intervalCoverage(supportLaw(known.oracle, all, holders)));
  return each.reduce((sum, coverage) => sum + coverage, 0) / each.length;
}

/**
 * The estimated share above which a word that nobody types comes with a chance of at most `chance`, and its exact chance. For the
 * sketch it depends on what the others type, which a real server would first have to estimate.
 */
export function alarmShare(
  protocol: ProtocolId,
  epsilon: number,
  people: ArrayLike<number>,
  chance: number,
): { share: number; chance: number } {
  const known = oracleOf(protocol, epsilon, people.length);
  const all = total(people);
  if (known !== null) {
    const { p, q } = known.oracle;
    const line = alarmLine(supportLaw(known.oracle, all, 0), chance);
    // Half a report below the count, so that no rounding decides.
    return { share: ((line.count - 0.5) / all - q) / (p - q), chance: line.chance };
  }
  const sketch = new CountMeanSketch({ epsilon, ...SKETCH });
  const line = alarmLine(sketchAlarmLaw(sketch, people), chance);
  return { share: sketch.frequencyOf(line.count - 0.5, all), chance: line.chance };
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
