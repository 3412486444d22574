/** How likely a secret in the training data can be named at the first try, by how many records hold it. */
import * as z from 'zod';
import { namedSecretBound } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** nats, of one record */
  epsilon: z.number().min(0.01).max(50),
  delta: z.number().min(0).lt(1),
  digits: z.number().int().min(1).max(16),
  /** At most so many records hold the secret. */
  records: z.number().int().min(1).max(100),
});

export type RepeatedSecretParams = z.output<typeof params>;

export interface SecretPoint {
  records: number;
  /** No model with this promise lets it be named more often. */
  atMost: number;
  /** A mechanism with this promise at δ = 0 that does let it be named so often: randomised response among all candidates. */
  reached: number;
}

export interface RepeatedSecretResult {
  points: SecretPoint[];
  /** Of whoever has not seen the model. */
  blind: number;
  /** The first number of records at which it may be named more often than not; null where there is none among those shown. */
  exposedAt: number | null;
}

/** e^a / (e^a + n − 1), for any a. */
const responded = (a: number, n: number) => 1 / (1 + (n - 1) * Math.exp(-a));

export const repeatedSecret: Experiment<RepeatedSecretParams, null, RepeatedSecretResult> = {
  id: 'repeated-secret',
  needs: 'maths',
  params,
  async run({ epsilon, delta, digits, records: most }, { describe }) {
    describe({ noise: 'none', accountant: 'group privacy', epsilon, delta });
    const candidates = 10 ** digits;
    const points = Array.from({ length: most }, (_, i): SecretPoint => {
      const records = i + 1;
      return {
        records,
        atMost: namedSecretBound({ epsilon, delta, records, candidates }),
        reached: responded(records * epsilon, candidates),
      };
    });
    return {
      points,
      blind: 1 / candidates,
      exposedAt: points.find(({ atMost }) => atMost > 0.5)?.records ?? null,
    };
  },
};
