/** One call of the privacy library by name: what code cells compute with. Plain values in, plain values out. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { MECHANISM_NAMES, PRIVACY_NAMES } from '@/lib/sandbox/names';
import { MECHANISMS, PRIVACY_CALLS } from './lab-privacy';

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
