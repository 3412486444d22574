/**
 * What `lab.privacy` and `lab.mechanisms` compute, by name: the privacy library with plain values in and plain values out. The
 * library checks its arguments, and says what is wrong with them; here only what is a list, or has a name, is checked.
 */
import {
  type ApproximateDp,
  advancedComposition,
  analyticGaussianSigma,
  auditSideBySide,
  basicComposition,
  binaryRandomizedResponse,
  calibrateNoiseMultiplier,
  centralLimitEpsilonNotABound,
  classicalGaussianEpsilon,
  classicalGaussianSigma,
  cloneShuffleBound,
  clopperPearsonAudit,
  composedTradeOff,
  composeEvents,
  discreteGaussianMechanism,
  discreteLaplaceMechanism,
  dpSgdEpsilon,
  estimateFrequencies,
  exponentialMechanism,
  type FrequencyOracle,
  frequencyVariance,
  gaussianDelta,
  gaussianEpsilon,
  gaussianMechanism,
  gaussianMembership,
  gdpEpsilon,
  hadamardResponse,
  kAryRandomizedResponse,
  laplaceMechanism,
  type Mechanism,
  maxSteps,
  membershipBounds,
  oneBitMean,
  oneRunAudit,
  oneRunPValue,
  optimalComposition,
  optimizedUnaryEncoding,
  PrivacyError,
  type PrivacyEvent,
  randomizedResponseMechanism,
  rapporEpsilon,
  rdpCurve,
  rdpEpsilon,
  reportNoisyMaxMechanism,
  strongerCloneShuffleBound,
  symmetricUnaryEncoding,
} from '@/lib/privacy';
import type { MechanismName, PrivacyName } from '@/lib/sandbox/names';

// biome-ignore lint/suspicious/noExplicitAny: a learner's options, which the library checks
type Options = any;

function list<Entry>(value: unknown, name: string): readonly Entry[] {
  if (Array.isArray(value)) return value;
  throw new PrivacyError('input-invalid', `${name} is no list.`, `Give ${name} in [ ].`);
}

const events = (options: Options) => list<PrivacyEvent>(options.events, 'events');

/** The bounds without their function: what it says at the rate asked for instead. */
function atRate<Bounds extends { tprAtFpr(rate: number): number }>(
  { tprAtFpr, ...bounds }: Bounds,
  falsePositiveRate: number | undefined,
) {
  return falsePositiveRate === undefined
    ? bounds
    : { ...bounds, truePositiveRate: tprAtFpr(falsePositiveRate) };
}

/** By the names that the experiment `population` has for them. */
const PROTOCOLS: Readonly<
  Record<
    string,
    (options: { epsilon: number; categories: number }) => Pick<FrequencyOracle<unknown>, 'p' | 'q'>
  >
> = {
  choice: kAryRandomizedResponse,
  symmetric: symmetricUnaryEncoding,
  optimised: optimizedUnaryEncoding,
  hadamard: hadamardResponse,
};

function protocolVariance({ protocol, people, frequency = 0, ...options }: Options): number {
  const encoding = Object.hasOwn(PROTOCOLS, protocol) ? PROTOCOLS[protocol] : undefined;
  if (!encoding)
    throw new PrivacyError(
      'input-invalid',
      `There is no protocol “${protocol}”.`,
      `Give one of ${Object.keys(PROTOCOLS).join(', ')}.`,
    );
  return frequencyVariance(encoding(options), people, frequency);
}

function shareOfYes({ epsilon, people, meanReport }: Options) {
  const { keepProbability, varianceGivenData, estimate } = binaryRandomizedResponse({ epsilon });
  return {
    keepProbability,
    share: estimate(meanReport),
    standardError: Math.sqrt(varianceGivenData(people)),
  };
}

function rappor({ count = 1, ...options }: Options) {
  const { afterReports, ...epsilons } = rapporEpsilon(options);
  return { ...epsilons, afterReports: afterReports(count) };
}

/** Its time grows with the square of the runs. */
const MOST_RUNS = 10_000;

function optimal({ epsilon, delta, count, totalDelta }: Options): number {
  if (count > MOST_RUNS)
    throw new PrivacyError('count-invalid', `count is ${count}.`, `Give at most ${MOST_RUNS} runs.`);
  return optimalComposition({ epsilon, delta }, count, totalDelta);
}

/** The f-DP bound looks at each guess some forty times. */
const MOST_CANARIES = 20_000;

function scoredAudit({ scores, included, delta, pValue = 0.05, signal = 1 }: Options) {
  const scored = {
    scores: list<number>(scores, 'scores'),
    included: list<boolean | number>(included, 'included'),
  };
  if (scored.scores.length > MOST_CANARIES)
    throw new PrivacyError(
      'count-invalid',
      `There are ${scored.scores.length} canaries.`,
      `Give at most ${MOST_CANARIES}.`,
    );
  return auditSideBySide({ ...scored, delta, pValue, signal });
}

/** What may be called. Each takes one object of plain values. */
export const PRIVACY_CALLS: Readonly<Record<PrivacyName, (options: Options) => unknown>> = {
  rdpEpsilon: (options) => rdpEpsilon(options).epsilon,
  dpSgdEpsilon,
  calibrateNoiseMultiplier: (options) => calibrateNoiseMultiplier(options).noiseMultiplier,
  maxSteps: (options) => maxSteps(options).steps,
  composeEpsilon: (options) => composeEvents(events(options), options.delta, options.accountant).epsilon,
  rdpCurve: (options) =>
    Array.from(rdpCurve(events(options), options.orders && list(options.orders, 'orders'))),
  basicComposition: ({ guarantees }) => basicComposition(list<ApproximateDp>(guarantees, 'guarantees')),
  advancedComposition: ({ epsilon, delta, count, slack }) =>
    advancedComposition({ epsilon, delta }, count, slack),
  optimalComposition: optimal,
  gaussianSigma: analyticGaussianSigma,
  gaussianEpsilon,
  gaussianDelta,
  classicalGaussianSigma,
  classicalGaussianEpsilon,
  gdpEpsilon: ({ mu, delta }) => gdpEpsilon(mu, delta),
  centralLimitEpsilonNotABound,
  membershipBounds: (options) => atRate(membershipBounds(options), options.falsePositiveRate),
  gaussianMembership: ({ noiseMultiplier, steps = 1, falsePositiveRate }) =>
    atRate(gaussianMembership({ noiseMultiplier, steps }), falsePositiveRate),
  composedTradeOff: (options) =>
    list<number>(options.falsePositiveRates, 'falsePositiveRates').map(composedTradeOff(events(options))),
  oneRunAudit: (options) => oneRunAudit(options).epsilonLowerBound,
  oneRunPValue: ({ epsilon, ...outcomes }) => oneRunPValue(outcomes, epsilon),
  clopperPearsonAudit,
  auditSideBySide: scoredAudit,
  cloneShuffleBound,
  strongerCloneShuffleBound,
  rapporEpsilon: rappor,
  binaryRandomizedResponse: shareOfYes,
  estimateFrequencies: ({ reports, confidence, ...options }) =>
    estimateFrequencies(kAryRandomizedResponse(options), list<number>(reports, 'reports'), confidence),
  frequencyVariance: protocolVariance,
};

// biome-ignore lint/suspicious/noExplicitAny: values of one mechanism are numbers, of another lists of scores
type Releases = Pick<Mechanism<any, number>, 'release'>;

interface Scaled {
  epsilon: number;
  sensitivity?: number;
  scale?: number;
}
type Selection = Parameters<typeof reportNoisyMaxMechanism>[0];

/** Mechanisms that release about a value. Scales may be given as such, or follow from ε and the sensitivity. */
export const MECHANISMS: Readonly<Record<MechanismName, (options: never) => Releases>> = {
  laplace: ({ epsilon, sensitivity = 1, scale = sensitivity / epsilon }: Scaled) =>
    laplaceMechanism({ scale, sensitivity }),
  discreteLaplace: ({ epsilon, sensitivity = 1, scale = sensitivity / epsilon }: Scaled) =>
    discreteLaplaceMechanism({ scale, sensitivity }),
  gaussian: gaussianMechanism,
  discreteGaussian: discreteGaussianMechanism,
  randomizedResponse: randomizedResponseMechanism,
  oneBitMean: (options: { epsilon: number }) => ({ release: oneBitMean(options).report }),
  exponential: exponentialMechanism,
  noisyMax: (options: Partial<Selection>) =>
    reportNoisyMaxMechanism({ noise: 'exponential', ...options } as Selection),
};
