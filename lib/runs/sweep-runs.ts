/**
 * One training after the other, several at each ε, and plain ones beside. Each private run is charged before it begins; each
 * finished one is kept, so that a sweep that broke off goes on with what is missing.
 */
import * as z from 'zod';
import { type AccountRequest, type ChargedRelease, type Refusal, togetherCharged } from '@/lib/ledger';
import { composeEvents } from '@/lib/privacy';
import type { ExperimentContext } from '@/lib/runtime/experiment';
import { pacedPause, pause } from '@/lib/runtime/pause';
import type { Trainer } from '@/lib/training';
import { chargeRun } from './charge-run';
import {
  eventOf,
  GRID_IDS,
  type PlannedPoint,
  plannedPoints,
  type SweepSubject,
  sweepNoise,
} from './sweep-plan';
import { type SweepPoint, withSweepStore } from './sweep-store';
import { whileCharged } from './while-charged';
import { tellZeroed } from './zeroed';

export const sweepParams = z.object({
  grid: z.enum(GRID_IDS),
  repeats: z.number().int().min(1).max(20),
  steps: z.number().int().min(1).max(2000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

export type SweepParams = z.output<typeof sweepParams>;

export interface SweepResult {
  /** Why the budget did not allow the next run; the points before it stand. */
  refusal: Refusal | null;
  points: SweepPoint[];
  /** Points that an earlier visit had finished. */
  kept: number;
}

/** A run of a sweep, with its σ: 0 for a plain one. */
export type NoisyPoint = PlannedPoint & { noiseMultiplier: number };

/** What the runs of one sweep share. */
export interface SweepOf {
  account: AccountRequest;
  /** For the provenance. */
  dataset: string;
  /** What the ledger is told of a run's settings. */
  settings(point: NoisyPoint): Record<string, string | number>;
  trainer(point: NoisyPoint): Trainer;
  /** What the finished model is worth on data of nobody in the account, 0 … 1. */
  judge(trainer: Trainer): Promise<number>;
}

const titleOf = ({ epsilon }: PlannedPoint) =>
  epsilon === null ? 'Sweep over ε: a run without privacy' : `Sweep over ε: a run at ε = ${epsilon}`;

/** @param prepare loads the data; called once, before anything is charged */
export async function runSweep(
  subject: SweepSubject,
  settings: SweepParams,
  context: ExperimentContext<SweepPoint>,
  prepare: () => Promise<SweepOf>,
): Promise<SweepResult> {
  const { steps, noiseSource, seed } = settings;
  const { signal, report, backend } = context;
  const secure = noiseSource === 'cryptographic';
  const plan = plannedPoints(subject, settings);
  const known = new Map(
    (await withSweepStore((store) => store.find(plan.map(({ key }) => key))))?.map((one) => [one.key, one]),
  );
  const kept = known.size;
  const noiseOf = ({ epsilon }: PlannedPoint) => sweepNoise(subject, epsilon, steps);
  const sweep = await prepare();
  const shown = plan.filter(({ epsilon }) => epsilon !== null);
  context.describe({
    noise: noiseSource,
    seed: secure ? null : seed,
    accountant: `PLD, all ${shown.length} private runs together`,
    epsilon: composeEvents(
      shown.map((point) => eventOf(subject, noiseOf(point), steps)),
      subject.delta,
      'pld',
    ).epsilon,
    delta: subject.delta,
    dataset: sweep.dataset,
  });

  const total = plan.length * steps;
  const breathe = pacedPause(signal);
  const points: SweepPoint[] = [];
  const charges: ChargedRelease[] = [];
  /** Over the runs that are over. */
  let zeroed = 0;
  /** Each run is one charge; the reader sees them together. */
  const describe: typeof context.describe = ({ charged }) => {
    if (!charged) return;
    charges.push(charged);
    context.describe({ charged: togetherCharged('Sweep over ε: its private runs', charges) });
  };
  const tell = (at: number, step: number, update?: SweepPoint) =>
    report({
      phase: 'run',
      step: at * steps + step,
      total,
      label: titleOf(plan[Math.min(at, plan.length - 1)]!),
      ...(update ? { update } : {}),
    });
  for (const [at, point] of plan.entries()) {
    const before = known.get(point.key);
    if (before) {
      points.push(before);
      tell(at + 1, 0, before);
      continue;
    }
    const plain = point.epsilon === null;
    const noiseMultiplier = noiseOf(point);
    const decision = await chargeRun(sweep.account, {
      kind: 'sweep',
      title: titleOf(point),
      phases: [{ perStep: [eventOf(subject, noiseMultiplier, 1)], steps }],
      // Only the finished model is looked at.
      shows: 'nothing',
      noise: plain ? 'none' : secure ? 'secure' : 'seeded',
      seed: plain || secure ? null : point.seed,
      settings: {
        ...sweep.settings({ ...point, noiseMultiplier }),
        sampling: plain || !secure ? 'Poisson, seeded' : 'Poisson',
      },
      backend: backend?.name ?? null,
    });
    if (!decision.ok) return { refusal: decision.refusal, points, kept };
    const trainer = sweep.trainer({ ...point, noiseMultiplier });
    const train = async (before: (step: number) => Promise<void>) => {
      for (let step = 1; step <= steps; step++) {
        await before(step);
        await trainer.next(breathe);
        tellZeroed(context, zeroed, trainer.zeroed);
        tell(at, step);
        await breathe();
      }
    };
    await whileCharged(decision.charged, { signal, describe }, train, () => trainer.step);
    zeroed += trainer.zeroed;
    const accuracy = await sweep.judge(trainer);
    const { key, epsilon, repeat } = point;
    const finished = { key, epsilon, repeat, noiseMultiplier, accuracy, finishedAt: Date.now() };
    await withSweepStore((store) => store.keep(finished)).catch(() => null);
    points.push(finished);
    tell(at + 1, 0, finished);
    await pause(signal);
  }
  return { refusal: null, points, kept };
}
