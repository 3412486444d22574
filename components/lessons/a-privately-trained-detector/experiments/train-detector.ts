/**
 * Two heads learn on the same scenes, on the same public features: one privately, one plainly. The scenes are the lesson's, or a
 * labelled folder of the learner's own. At the end both are shown noisy pictures.
 */
import * as z from 'zod';
import { formatEpsilon } from '@/components/ledger/words';
import { SCENE_SIDE, type Scene } from '@/lib/data';
import type { ScoredBox } from '@/lib/detection/metrics';
import type { AccountRequest, Refusal } from '@/lib/ledger';
import type { RandomSource } from '@/lib/random';
import { ACCOUNTANT, epsilonOf } from '@/lib/runs/accountant';
import { SCENE_DELTA, SCENE_LOT } from '@/lib/runs/accounts/scenes';
import { SCENE_CHECKPOINTS } from '@/lib/runs/broken-off';
import { trainPaired } from '@/lib/runs/paired-training';
import { tellZeroed } from '@/lib/runs/zeroed';
import type { Experiment, ExperimentContext } from '@/lib/runtime/experiment';
import { pacedPause, pause } from '@/lib/runtime/pause';
import { SITE_VERSION } from '@/lib/runtime/version';
import { SCENE_FEATURE_WIDTH, type Trainer } from '@/lib/training';
import { SCENE_SAMPLE_RATE, sceneRelease, scenesAccount } from '../account';
import { type OwnScenes, ownScenesAccount } from '../own-scenes';
import { scenePlan } from './charge-scenes';
import { networkLook, openNetwork } from './network-look';
import { lessonScenes, publicBackbone } from './prepared-scenes';
import {
  backboneLook,
  boxesIn,
  detectorFile,
  featuresOf,
  headTrainer,
  inkOf,
  judge,
  type Look,
  lookAt,
  type PreparedScenes,
  predictScenes,
  SHOWN_CONFIDENCE,
  sceneDataset,
} from './scene-training';

/** What a private training of the head can be told, whatever else is asked of it. */
export const runParams = z.object({
  /** σ: what really sets the privacy, together with q, the steps and δ. */
  noiseMultiplier: z.number().positive().max(1000),
  /** C */
  maxGradNorm: z.number().positive().max(1000),
  steps: z.number().int().min(1).max(2000),
  noiseSource: z.enum(['cryptographic', 'seeded']),
  seed: z.number().int().min(0),
});

const params = runParams.extend({
  /** Hash of the learner's own scenes, sent ahead under it; null for the lesson's. */
  scenes: z.string().nullable().default(null),
  /** Key of a YOLO checkpoint that looks at the scenes instead of the lesson's backbone, sent ahead; null for that one. */
  backbone: z.string().nullable().default(null),
  /** What stands for somebody with several pictures in a step. */
  ofEachPerson: z.enum(['one', 'all']).default('one'),
});

export type TrainDetectorParams = z.output<typeof params>;

export interface WatchedScene {
  /** 64 × 64 grey values, 0 … 255. */
  pixels: Uint8Array;
  truth: Scene['objects'];
  privateBoxes: ScoredBox[];
  plainBoxes: ScoredBox[];
}

export interface TrainDetectorUpdate {
  step: number;
  /** Spent so far, in nats, at the run's δ. */
  epsilon: number;
  /** On test scenes. */
  privateMAP50: number;
  plainMAP50: number;
  /** Mean over the last lots, per scene; not covered by ε. Null before the first step. */
  privateLoss: number | null;
  plainLoss: number | null;
  /** Share of the last private lot that was cut back to C. */
  clippedFraction: number | null;
  /** The same test scenes in every update. */
  scenes: WatchedScene[];
  /** How many were judged. */
  tests: number;
  /** What the head's answers stand for, where they are not the lesson's. */
  classes: readonly string[] | null;
}

export interface TrainDetectorResult {
  /** Why the budget did not allow the run; then nothing else is here. */
  refusal: Refusal | null;
  last: TrainDetectorUpdate | null;
  epsilon: number;
  /** What learnt: the head. */
  parameters: number;
  /** mAP50 of both on test scenes with Gaussian noise on the pixels. */
  noisy: { scale: number; private: number; plain: number }[];
  /** Whole detectors as safetensors. */
  files: { private: Uint8Array<ArrayBuffer>; plain: Uint8Array<ArrayBuffer> } | null;
  /** The step at which a run that had broken off went on; null for one in a single piece. */
  continuedFrom: number | null;
}

const WATCHED = 4;
const EVALUATIONS = 20;
const NOISE_SCALES = [0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4];

interface Sources {
  scenes: PreparedScenes;
  /** Whom the ledger counts. */
  account: AccountRequest;
  /** Whose the scenes are, where somebody has several. */
  persons?: OwnScenes['persons'];
  /** q N */
  expectedBatchSize: number;
  /** For the provenance. */
  dataset: string;
  /** What the head's answers stand for, where they are not the lesson's. */
  classes: readonly string[] | null;
}

async function prepare(
  { scenes: key, backbone }: TrainDetectorParams,
  context: ExperimentContext<TrainDetectorUpdate>,
): Promise<Sources> {
  const detector = backbone === null ? null : await openNetwork(backbone, context);
  context.signal.throwIfAborted();
  const network = detector && { key: backbone!, look: networkLook(detector) };
  const through = detector ? `, through ${detector.title}` : '';
  try {
    if (key !== null) return await prepareOwn(context.input<OwnScenes>(key), network, through, context);
    const { scenes, hash, dataset } = await lessonScenes(context, network);
    return {
      ...{ scenes, account: scenesAccount(hash), expectedBatchSize: SCENE_LOT, classes: null },
      dataset: `${dataset}${through}`,
    };
  } finally {
    network?.look.dispose?.();
  }
}

/** The last folder that was looked at, and with what: a second run need not look again. */
let looked: { key: string; scenes: PreparedScenes } | null = null;

async function prepareOwn(
  own: OwnScenes,
  network: { key: string; look: Look } | null,
  through: string,
  context: ExperimentContext<TrainDetectorUpdate>,
): Promise<Sources> {
  const { people, persons, test, hash, classes } = own;
  const key = `${hash} ${network?.key ?? ''}`;
  if (looked?.key !== key) {
    const backbone = await publicBackbone(context);
    const look = network?.look ?? backboneLook(backbone);
    const total = people.length + test.length;
    const breathe = async (step: number) => {
      context.report({ phase: 'compile', step, total, label: 'Looking at your pictures' });
      await pause(context.signal);
    };
    try {
      const ours = await lookAt(look, people.length, (i) => people[i]!, breathe);
      const others = await lookAt(
        look,
        test.length,
        (i) => test[i]!,
        (done) => breathe(people.length + done),
      );
      const scenes = { backbone, people: sceneDataset(people, ours.features) };
      looked = { key, scenes: { ...scenes, test, testFeatures: others.features } };
    } finally {
      look.dispose?.();
    }
  }
  return {
    scenes: looked.scenes,
    account: ownScenesAccount(own),
    persons,
    expectedBatchSize: SCENE_SAMPLE_RATE * (persons ?? people).length,
    dataset: `a folder of your own: ${people.length} pictures${persons ? ` of ${persons.length} people` : ''} to learn from, ${test.length} others to judge on${through}`,
    classes,
  };
}

export const trainDetector: Experiment<TrainDetectorParams, TrainDetectorUpdate, TrainDetectorResult> = {
  id: 'train-detector',
  needs: 'tensors',
  params,
  async run(settings, context) {
    const { noiseMultiplier, maxGradNorm, steps, noiseSource, seed, ofEachPerson } = settings;
    const { signal, report, random } = context;
    const sources = await prepare(settings, context);
    const { scenes, account, expectedBatchSize, dataset, classes } = sources;
    const { people } = scenes;
    const persons = sources.persons ?? undefined;
    const release = sceneRelease(settings);
    /** Steps that were drawn anew after a break: they cost again. */
    let repeated = 0;
    const spent = (done: number) => epsilonOf({ ...release, steps: done + repeated }, SCENE_DELTA);
    const describe = () =>
      context.describe({
        noise: noiseSource,
        seed: noiseSource === 'seeded' ? seed : null,
        accountant: `${ACCOUNTANT} ${account.unit}`,
        epsilon: spent(steps),
        delta: SCENE_DELTA,
        dataset,
      });
    describe();

    const breathe = pacedPause(signal);
    const initial = random.seeded(seed);
    const privately = headTrainer({
      people,
      persons,
      ofEachPerson,
      expectedBatchSize,
      privacy: { noiseMultiplier, maxGradNorm },
      random: noiseSource === 'cryptographic' ? random.secure() : random.seeded(seed),
      initial,
    });
    const plainly = headTrainer({
      ...{ people, persons, ofEachPerson, expectedBatchSize, initial },
      privacy: null,
      random: random.seeded(seed + 1),
    });

    async function look(
      step: number,
      losses: Pick<TrainDetectorUpdate, 'privateLoss' | 'plainLoss' | 'clippedFraction'>,
    ): Promise<TrainDetectorUpdate> {
      const ours = await predictScenes(privately, scenes.testFeatures);
      const theirs = await predictScenes(plainly, scenes.testFeatures);
      return {
        step,
        epsilon: spent(step),
        privateMAP50: await judge(ours, scenes.test, breathe),
        plainMAP50: await judge(theirs, scenes.test, breathe),
        ...losses,
        ...{ tests: scenes.test.length, classes },
        scenes: scenes.test.slice(0, WATCHED).map((scene, i) => watched(scene, ours[i]!, theirs[i]!)),
      };
    }

    const every = Math.max(1, Math.floor(steps / EVALUATIONS));
    let last: TrainDetectorUpdate | null = null;
    const { refusal, continuedFrom } = await trainPaired<TrainDetectorParams, TrainDetectorUpdate>({
      database: SCENE_CHECKPOINTS,
      params: settings,
      plan: scenePlan({
        ...{ account, expectedBatchSize, ofEachPerson },
        noiseMultiplier,
        maxGradNorm,
        steps,
        seed: noiseSource === 'seeded' ? seed : null,
        backend: context.backend?.name ?? null,
      }),
      privately,
      plainly,
      signal,
      async begin(from, again, history, charged) {
        repeated = again;
        describe();
        context.describe({ charged });
        for (const update of history)
          report({ phase: 'run', step: update.step, total: steps, label: 'Training', update });
        last = await look(from, { privateLoss: null, plainLoss: null, clippedFraction: null });
        report({ phase: 'run', step: from, total: steps, label: 'Training', update: last });
      },
      async after(step, lot, plain) {
        tellZeroed(context, privately.zeroed);
        if (step % every !== 0 && step !== steps) {
          report({ phase: 'run', step, total: steps, label: 'Training' });
          return null;
        }
        const clipped = lot.norms.reduce((count, norm) => count + (norm > maxGradNorm ? 1 : 0), 0);
        last = await look(step, {
          privateLoss: lot.loss,
          plainLoss: plain.loss,
          clippedFraction: lot.lotSize === 0 ? 0 : clipped / lot.lotSize,
        });
        report({ phase: 'run', step, total: steps, label: 'Training', update: last });
        // For the record: curves need no pictures.
        return { ...last, scenes: [] };
      },
    });
    const epsilon = spent(steps);
    if (refusal)
      return {
        refusal,
        last: null,
        epsilon,
        parameters: 0,
        noisy: [],
        files: null,
        continuedFrom: null,
      };

    return {
      refusal: null,
      last,
      epsilon,
      parameters: privately.parameterCount,
      // A head alone, without the network that looks for it, is no detector to save or to look on with.
      noisy:
        settings.backbone === null
          ? await withNoise(scenes, privately, plainly, { seed, random: random.seeded(seed) }, signal)
          : [],
      files:
        settings.backbone === null
          ? {
              private: file(privately, {
                ...{ epsilon: formatEpsilon(epsilon), delta: String(SCENE_DELTA), noiseMultiplier },
              }),
              plain: file(plainly, {}),
            }
          : null,
      continuedFrom,
    };

    function file(trainer: Trainer, facts: Record<string, string | number>) {
      const metadata = {
        format: 'epsilon-playground-scene-detector',
        version: SITE_VERSION,
        dataset: account.dataset.hash,
        ...(classes ? { classes: JSON.stringify(classes) } : {}),
        unit: account.unit,
        noise: noiseSource,
        steps,
        expectedBatchSize,
        ...(facts.epsilon ? { maxGradNorm } : {}),
        ...facts,
      };
      const words = Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, String(value)]));
      return detectorFile(scenes.backbone, trainer.released, words);
    }
  },
};

function watched(scene: Scene, ours: Float32Array, theirs: Float32Array): WatchedScene {
  return {
    pixels: scene.pixels.slice(),
    truth: scene.objects,
    privateBoxes: boxesIn(ours, SHOWN_CONFIDENCE),
    plainBoxes: boxesIn(theirs, SHOWN_CONFIDENCE),
  };
}

/** Test scenes that are also judged on with noise. */
const NOISY_SCENES = 100;

/** Both models on noisy copies of the test scenes. */
async function withNoise(
  scenes: PreparedScenes,
  privately: Trainer,
  plainly: Trainer,
  noise: { seed: number; random: RandomSource },
  signal: AbortSignal,
): Promise<TrainDetectorResult['noisy']> {
  const pictures = scenes.test.slice(0, NOISY_SCENES);
  const breathe = pacedPause(signal);
  const looks = await noisyLooks(scenes, noise, breathe);
  const points = [];
  for (const [i, scale] of NOISE_SCALES.entries())
    points.push({
      scale,
      private: await judge(await predictScenes(privately, looks[i]!), pictures, breathe),
      plain: await judge(await predictScenes(plainly, looks[i]!), pictures, breathe),
    });
  return points;
}

/** The last ones: they hang on scenes and seed, not on what was trained, so a second run need not look again. */
let seen: { scenes: PreparedScenes; seed: number; looks: Float32Array[] } | null = null;

/** Features of the noisy copies, one array a scale. The noise is the same field at every scale, more or less of it. */
async function noisyLooks(
  scenes: PreparedScenes,
  { seed, random }: { seed: number; random: RandomSource },
  breathe: () => Promise<void>,
): Promise<Float32Array[]> {
  if (seen?.scenes === scenes && seen.seed === seed) return seen.looks;
  const pictures = scenes.test.slice(0, NOISY_SCENES);
  const clean = inkOf(pictures);
  const field = new Float32Array(pictures.length * SCENE_SIDE ** 2);
  random.fillGaussian(field);
  const looks: Float32Array[] = [];
  for (const scale of NOISE_SCALES) {
    const noisy = clean.map((value, i) => Math.min(1, Math.max(0, value + scale * field[i]!)));
    looks.push(
      scale === 0
        ? scenes.testFeatures.subarray(0, pictures.length * SCENE_FEATURE_WIDTH)
        : await featuresOf(scenes.backbone, noisy, breathe),
    );
  }
  seen = { scenes, seed, looks };
  return looks;
}
