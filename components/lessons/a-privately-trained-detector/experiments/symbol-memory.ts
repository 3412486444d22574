/**
 * What four heads know of a symbol that one single person drew: plain and private, each trained with that person and without.
 * With tensors, and without the ledger: a command measures with it what the cell shows.
 */
import { CANARY_CLASS, type Scene } from '@/lib/data';
import { iou } from '@/lib/detection/boxes';
import type { ScoredBox } from '@/lib/detection/metrics';
import { SCENE_GEOMETRY, sceneCandidates } from '@/lib/detection/scenes';
import type { RandomSource } from '@/lib/random';
import { SCENE_LOT } from '@/lib/runs/accounts/scenes';
import { type Dataset, makeDataset, SCENE_FEATURE_WIDTH, type Trainer, withTargets } from '@/lib/training';
import { FOUND_IOU, FOUND_SCORE, type Four, type Who } from '../symbol-account';
import { boxesIn, headTrainer, predictScenes, type SymbolScenes } from './scene-training';

/**
 * η of the plain heads. Somewhat above the lesson's, so that they have time to learn a single person by heart; from 0.02 on, a
 * box may run away from so bold a symbol.
 */
export const SYMBOL_PLAIN_RATE = 0.015;
export const SYMBOL_CLIP = 1;

export interface Memory {
  /** On the person's own form: the best score of a box of the symbol's class that overlaps with it enough; 0 without one. */
  score: number;
  found: boolean;
  /** New forms with the symbol, by others, in which it is found. */
  foundInNew: number;
  /** Boxes of any class of at least `FOUND_SCORE` on the person's own form, and on the first new one. */
  boxes: { own: ScoredBox[]; fresh: ScoredBox[] };
}

/** Everybody but the first person. */
export function withoutFirst(people: Dataset): Dataset {
  const size = people.size - 1;
  const { values, shape } = people.targets!;
  const rows = makeDataset(
    people.features.subarray(people.width),
    new Uint8Array(size),
    people.width,
    people.classes,
  );
  return withTargets(rows, values.subarray(values.length / people.size), shape);
}

export interface FourOptions {
  /** The first of them drew the symbol. */
  people: Dataset;
  /** q N; the lesson's if absent. */
  expectedBatchSize?: number;
  noiseMultiplier: number;
  /** Sampling, and noise where it is private; a new one for each head. */
  random(who: Who): RandomSource;
  initial(): RandomSource;
}

/** Four heads that start alike and take the same share of people in each step. */
export function fourHeads(options: FourOptions): Four<Trainer> {
  const { people, expectedBatchSize = SCENE_LOT, noiseMultiplier, random, initial } = options;
  const others = withoutFirst(people);
  const head = (who: Who) => {
    const all = who === 'plainWith' || who === 'privateWith';
    const isPrivate = who === 'privateWith' || who === 'privateWithout';
    return headTrainer({
      people: all ? people : others,
      expectedBatchSize: all ? expectedBatchSize : (expectedBatchSize * others.size) / people.size,
      privacy: isPrivate ? { noiseMultiplier, maxGradNorm: SYMBOL_CLIP } : null,
      plainRate: SYMBOL_PLAIN_RATE,
      random: random(who),
      initial: initial(),
    });
  };
  return {
    plainWith: head('plainWith'),
    plainWithout: head('plainWithout'),
    privateWith: head('privateWith'),
    privateWithout: head('privateWithout'),
  };
}

/** Best score of a box that finds the symbol of a scene. */
function symbolScore(output: Float32Array, { objects }: Scene): number {
  const { box } = objects.find(({ classId }) => classId === CANARY_CLASS)!;
  const scores = sceneCandidates(output, SCENE_GEOMETRY, 0.001)
    .filter((found) => found.classId === CANARY_CLASS && iou(found.box, box) >= FOUND_IOU)
    .map(({ score }) => score);
  return Math.max(0, ...scores);
}

/** What one head knows of it. */
export async function remembers(trainer: Trainer, scenes: SymbolScenes): Promise<Memory> {
  const { people, canary, symbols, symbolFeatures } = scenes;
  const [own] = await predictScenes(trainer, people.features.subarray(0, SCENE_FEATURE_WIDTH));
  const fresh = await predictScenes(trainer, symbolFeatures);
  const score = symbolScore(own!, canary);
  return {
    score,
    found: score >= FOUND_SCORE,
    foundInNew: fresh.filter((output, i) => symbolScore(output, symbols[i]!) >= FOUND_SCORE).length,
    boxes: { own: boxesIn(own!, FOUND_SCORE), fresh: boxesIn(fresh[0]!, FOUND_SCORE) },
  };
}
