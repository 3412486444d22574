/** Names back onto a file without names; and what a private count would have told instead. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { type Diagnosis, link, makeFiles, makeTown, shown } from './town';

const params = z.object({
  postcode: z.enum(['full', 'district', 'none']),
  born: z.enum(['day', 'year', 'decade', 'none']),
  sex: z.enum(['shown', 'none']),
  residents: z.number().int().min(100).max(20_000),
  /** Share of the town that is on the public list. */
  listed: z.number().min(0).max(1),
  /** ε of each private count, in nats. */
  epsilon: z.number().min(0.05).max(10),
  seed: z.number().int().min(0),
});

export type LinkageParams = z.output<typeof params>;

export interface Victim {
  name: string;
  postcode: string;
  born: string;
  sex: string;
  diagnosis: Diagnosis;
  /** False: the attacker put the wrong name to this record. */
  right: boolean;
}

export interface LinkageResult {
  records: number;
  onList: number;
  unique: number;
  alike: number;
  smallest: number;
  sizes: { from: number; to: number; records: number }[];
  /** Names put to records, and how many of them are right. */
  named: number;
  right: number;
  /** The first few. */
  victims: Victim[];
  /** How many in the file have diabetes: exactly, and by a count with Laplace noise, rounded. */
  count: { exact: number; private: number };
}

const SHOWN = 6;

export const linkage: Experiment<LinkageParams, null, LinkageResult> = {
  id: 'linkage',
  needs: 'maths',
  params,
  async run({ postcode, born, sex, residents, listed, epsilon, seed }, { describe, random }) {
    describe({
      noise: 'seeded',
      seed,
      epsilon,
      delta: 0,
      accountant: 'pure ε, one count',
      dataset: 'a made-up town',
    });
    const detail = { postcode, born, sex };
    const { file, list } = makeFiles(makeTown(residents, seed), listed, seed);
    const { links, ...rest } = link(file, list, detail);
    const exact = file.filter(({ diagnosis }) => diagnosis === 'diabetes').length;
    return {
      ...rest,
      records: file.length,
      onList: list.length,
      named: links.length,
      right: links.filter(({ record, claimed }) => record.id === claimed.id).length,
      victims: links.slice(0, SHOWN).map(({ record, claimed }) => ({
        name: claimed.name,
        ...shown(record, detail),
        diagnosis: record.diagnosis,
        right: record.id === claimed.id,
      })),
      // Rounding after the noise is post-processing; the noise is seeded, so this protects nobody anyway.
      count: { exact, private: Math.round(exact + random.seeded(seed + 2).laplace(1 / epsilon)) },
    };
  },
};
