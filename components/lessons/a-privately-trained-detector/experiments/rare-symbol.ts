/**
 * A canary: one person alone drew a symbol. Four heads learn side by side, plain and private, with that person and without; which of
 * them find the symbol again?
 */
import * as z from 'zod';
import type { Refusal } from '@/lib/ledger';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import type { ChargedRun } from '@/lib/runs/charge-run';
import { chargeTraining } from '@/lib/runs/charge-training';
import { together } from '@/lib/runs/charge-twins';
import { whileCharged } from '@/lib/runs/while-charged';
import { tellZeroed } from '@/lib/runs/zeroed';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { SCENE_SAMPLE_RATE, scenesAccount, symbolRelease } from '../account';
import { type Four, WHO, type Who } from '../symbol-account';
import { scenePlan } from './charge-scenes';
import { lessonScenes } from './prepared-scenes';
import { fourHeads, type Memory, remembers, SYMBOL_CLIP, SYMBOL_PLAIN_RATE } from './symbol-memory';

const params = z.object({
  /** Of each private head. */
  epsilon: z.number().min(0.05).max(50),
  steps: z.number().int().min(1).max(1000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type RareSymbolParams = z.output<typeof params>;

export interface RareSymbolUpdate {
  step: number;
  /** Spent so far by each private head, in nats, at the account's δ. */
  epsilon: number;
  heads: Four<Memory>;
  /** The person's own form, and the first of the new ones: 64 × 64 grey values each, 0 … 255. */
  forms: { own: Uint8Array; fresh: Uint8Array };
  /** New forms in which the symbol is looked for. */
  newForms: number;
}

export interface RareSymbolResult {
  /** Why the budget did not allow it; then nothing else is here. */
  refusal: Refusal | null;
  last: RareSymbolUpdate | null;
}

const EVALUATIONS = 10;

export const rareSymbol: Experiment<RareSymbolParams, RareSymbolUpdate, RareSymbolResult> = {
  id: 'rare-symbol',
  needs: 'tensors',
  params,
  async run({ epsilon, steps, noiseSource, seed }, context) {
    const { signal, report, random, backend } = context;
    const secure = noiseSource === 'cryptographic';
    const { scenes, hash, dataset } = await lessonScenes(context);
    const release = symbolRelease({ epsilon, steps });
    const { noiseMultiplier } = release;
    context.describe({
      noise: noiseSource,
      seed: secure ? null : seed,
      accountant: `${ACCOUNTANT} scene, both private heads together`,
      epsilon: epsilonOf({ ...release, steps: 2 * steps }, SCENE_DELTA),
      delta: SCENE_DELTA,
      dataset: `${dataset}; with and without the first person`,
    });
    const spent = (done: number) => epsilonOf({ ...release, steps: done }, SCENE_DELTA);

    const planned = {
      ...scenePlan({
        ...{ account: scenesAccount(hash), noiseMultiplier, maxGradNorm: SYMBOL_CLIP, steps },
        ...{ seed: secure ? null : seed, backend: backend?.name ?? null },
      }),
      plainTitle: 'The rare symbol: a head without privacy',
    };
    planned.plainSettings.sampling = 'Poisson, seeded';
    planned.plainSettings.learningRate = SYMBOL_PLAIN_RATE;
    const withPerson = await chargeTraining({ ...planned, title: 'The rare symbol: a head by DP-SGD' });
    if (!withPerson.ok) return { refusal: withPerson.refusal, last: null };
    const withoutPerson = await chargeTraining({
      ...planned,
      title: 'The rare symbol: a head by DP-SGD, without that person',
      plainTitle: 'The rare symbol: a head without privacy and without that person',
    }).catch(async (error) => {
      await withPerson.charged.close('error', 0);
      throw error;
    });
    if (!withoutPerson.ok) {
      await withPerson.charged.close('error', 0);
      return { refusal: withoutPerson.refusal, last: null };
    }
    const charged: ChargedRun = together(withPerson.charged, withoutPerson.charged);

    const source = (who: Who) =>
      secure && (who === 'privateWith' || who === 'privateWithout') ? random.secure() : random.seeded(seed);
    const heads = fourHeads({
      ...{ people: scenes.people, noiseMultiplier },
      expectedBatchSize: SCENE_SAMPLE_RATE * scenes.people.size,
      random: source,
      initial: () => random.seeded(seed),
    });
    const look = async (step: number): Promise<RareSymbolUpdate> => {
      const seen = {} as Four<Memory>;
      for (const who of WHO) seen[who] = await remembers(heads[who], scenes);
      const { canary, symbols } = scenes;
      return {
        ...{ step, epsilon: spent(step), heads: seen, newForms: symbols.length },
        forms: { own: canary.pixels.slice(), fresh: symbols[0]!.pixels.slice() },
      };
    };
    const every = Math.max(1, Math.floor(steps / EVALUATIONS));
    return whileCharged(charged, context, async (before) => {
      let last: RareSymbolUpdate | null = null;
      for (let step = 1; step <= steps; step++) {
        await before(step);
        for (const who of WHO) {
          await heads[who].next(() => pause(signal));
          await pause(signal);
        }
        tellZeroed(context, ...WHO.map((who) => heads[who].zeroed));
        const due = step % every === 0 || step === steps;
        if (due) last = await look(step);
        report({
          ...{ phase: 'run', step, total: steps, label: 'Training four heads' },
          ...(due && last ? { update: last } : {}),
        });
        await pause(signal);
      }
      return { refusal: null, last };
    });
  },
};
