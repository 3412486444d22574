/** One call of the privacy library by name: what code cells compute with. Plain values in, plain values out. */
import * as z from 'zod';
import {
  analyticGaussianSigma,
  calibrateNoiseMultiplier,
  composeEvents,
  dpSgdEpsilon,
  gaussianDelta,
  gaussianEpsilon,
  maxSteps,
  type PrivacyEvent,
  rdpEpsilon,
} from '@/lib/privacy';
import type { Experiment } from '../experiment';

// biome-ignore lint/suspicious/noExplicitAny: the library checks its own arguments, and says what is wrong with them
type Call = (options: any) => unknown;

/** What may be called. Each takes one object of plain values. */
export const PRIVACY_CALLS: Readonly<Record<string, Call>> = {
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
};

/** Draws at a time: more would only fill memory. */
const MOST_DRAWS = 100_000;

const params = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('privacy'),
    name: z.enum(Object.keys(PRIVACY_CALLS) as [string, ...string[]]),
    options: z.record(z.string(), z.unknown()),
  }),
  z.object({
    kind: z.literal('noise'),
    distribution: z.enum(['laplace', 'gaussian', 'uniform']),
    scale: z.number().positive().max(1e12),
    count: z.number().int().min(1).max(MOST_DRAWS),
    /** Left out: cryptographic. */
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1)
      .optional(),
  }),
]);

export type PrivacyCallParams = z.output<typeof params>;

export const privacyCall: Experiment<PrivacyCallParams, null, unknown> = {
  id: 'privacy-call',
  needs: 'maths',
  params,
  async run(call, { random, describe }) {
    if (call.kind === 'privacy') return PRIVACY_CALLS[call.name]!(call.options);
    const { distribution, scale, count, seed } = call;
    describe({ noise: seed === undefined ? 'cryptographic' : 'seeded', seed: seed ?? null });
    const source = seed === undefined ? random.secure() : random.seeded(seed);
    const draw = {
      laplace: () => source.laplace(scale),
      gaussian: () => scale * source.gaussian(),
      uniform: () => scale * source.uniform(),
    }[distribution];
    return Array.from({ length: count }, draw);
  },
};
