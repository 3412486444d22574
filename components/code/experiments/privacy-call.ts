/** One call of the privacy library by name: what code cells compute with. Plain values in, plain values out. */
import * as z from 'zod';
import {
  advancedComposition,
  analyticGaussianSigma,
  calibrateNoiseMultiplier,
  composeEvents,
  discreteLaplaceMechanism,
  dpSgdEpsilon,
  exponentialMechanism,
  gaussianDelta,
  gaussianEpsilon,
  gaussianMechanism,
  laplaceMechanism,
  type Mechanism,
  maxSteps,
  membershipBounds,
  oneRunAudit,
  type PrivacyEvent,
  randomizedResponseMechanism,
  rdpEpsilon,
  reportNoisyMaxMechanism,
} from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { MECHANISM_NAMES, type MechanismName, PRIVACY_NAMES, type PrivacyName } from '@/lib/sandbox/names';

// biome-ignore lint/suspicious/noExplicitAny: the library checks its own arguments, and says what is wrong with them
type Call = (options: any) => unknown;

/** What may be called. Each takes one object of plain values. */
const PRIVACY_CALLS: Readonly<Record<PrivacyName, Call>> = {
  rdpEpsilon: (options) => rdpEpsilon(options).epsilon,
  dpSgdEpsilon,
  calibrateNoiseMultiplier: (options) => calibrateNoiseMultiplier(options).noiseMultiplier,
  maxSteps: (options) => maxSteps(options).steps,
  gaussianSigma: analyticGaussianSigma,
  gaussianEpsilon,
  gaussianDelta,
  composeEpsilon: ({
    events,
    delta,
    accountant,
  }: {
    events: PrivacyEvent[];
    delta: number;
    accountant?: 'rdp' | 'pld';
  }) => composeEvents(events, delta, accountant).epsilon,
  advancedComposition: ({ epsilon, delta, count, slack }) =>
    advancedComposition({ epsilon, delta }, count, slack),
  membershipBounds: ({ epsilon, delta, falsePositiveRate }) => {
    const { tprAtFpr, ...bounds } = membershipBounds({ epsilon, delta });
    return falsePositiveRate === undefined
      ? bounds
      : { ...bounds, truePositiveRate: tprAtFpr(falsePositiveRate) };
  },
  oneRunAudit: (options) => oneRunAudit(options).epsilonLowerBound,
};

// biome-ignore lint/suspicious/noExplicitAny: values of one mechanism are numbers, of another lists of scores
type AnyMechanism = Mechanism<any, number>;

/** Mechanisms that release about a value. Scales may be given as such, or follow from ε and the sensitivity. */
const MECHANISMS: Readonly<Record<MechanismName, (options: never) => AnyMechanism>> = {
  laplace: ({ epsilon, sensitivity = 1, scale = sensitivity / epsilon }: Scaled) =>
    laplaceMechanism({ scale, sensitivity }),
  discreteLaplace: ({ epsilon, sensitivity = 1, scale = sensitivity / epsilon }: Scaled) =>
    discreteLaplaceMechanism({ scale, sensitivity }),
  gaussian: gaussianMechanism,
  randomizedResponse: randomizedResponseMechanism,
  exponential: exponentialMechanism,
  noisyMax: (options: Partial<Selection>) =>
    reportNoisyMaxMechanism({ noise: 'exponential', ...options } as Selection),
};

interface Scaled {
  epsilon: number;
  sensitivity?: number;
  scale?: number;
}
type Selection = Parameters<typeof reportNoisyMaxMechanism>[0];

/** Draws at a time: more would only fill memory. */
const MOST_DRAWS = 100_000;

const count = z.number().int().min(1).max(MOST_DRAWS);
/** Left out: cryptographic. */
const seed = z
  .number()
  .int()
  .min(0)
  .max(2 ** 32 - 1);

const params = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('privacy'),
    name: z.enum(PRIVACY_NAMES),
    options: z.record(z.string(), z.unknown()),
  }),
  z.object({
    kind: z.literal('mechanism'),
    name: z.enum(MECHANISM_NAMES),
    options: z.record(z.string(), z.unknown()),
    value: z.union([z.number(), z.array(z.number()).max(MOST_DRAWS)]),
    /** So many releases, in a list. Left out: one. */
    count: count.optional(),
    seed: seed.optional(),
  }),
  z.object({
    kind: z.literal('noise'),
    distribution: z.enum(['laplace', 'gaussian', 'uniform']),
    scale: z.number().positive().max(1e12),
    count,
    seed: seed.optional(),
  }),
]);

export type PrivacyCallParams = z.output<typeof params>;

export const privacyCall: Experiment<PrivacyCallParams, null, unknown> = {
  id: 'privacy-call',
  needs: 'maths',
  params,
  async run(call, { random, describe }) {
    if (call.kind === 'privacy') return PRIVACY_CALLS[call.name](call.options);
    const { seed } = call;
    describe({ noise: seed === undefined ? 'cryptographic' : 'seeded', seed: seed ?? null });
    const source = seed === undefined ? random.secure() : random.seeded(seed);
    if (call.kind === 'mechanism') {
      const { value } = call;
      const mechanism = MECHANISMS[call.name](call.options as never);
      if (call.count === undefined) return mechanism.release(value, source);
      return Array.from({ length: call.count }, () => mechanism.release(value, source));
    }
    const { distribution, scale, count } = call;
    const draw = {
      laplace: () => source.laplace(scale),
      gaussian: () => scale * source.gaussian(),
      uniform: () => scale * source.uniform(),
    }[distribution];
    return Array.from({ length: count }, draw);
  },
};
