/** What a training on the scenes releases, as the ledger is told it: the private head, and the plain one beside it. */
import { type ChargeDecision, chargeRun } from './charge-run';
import { together } from './charge-training';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE } from './scene-account';
import { PLAIN_RATE, sceneLearningRate } from './scene-training';

export interface ScenePlan {
  /** As `scenesHash` gives it. */
  datasetHash: string;
  noiseMultiplier: number;
  maxGradNorm: number;
  steps: number;
  /** Null for cryptographic noise. */
  seed: number | null;
  backend: string | null;
}

/** @returns both runs in hand, or why the budget refuses the private one; then neither is charged */
export async function chargeScenes(plan: ScenePlan): Promise<ChargeDecision> {
  const { datasetHash, noiseMultiplier, maxGradNorm, steps, seed, backend } = plan;
  const account = {
    dataset: { hash: datasetHash, title: 'Digit scenes of 2,000 people', size: SCENE_PEOPLE },
    unit: 'scene',
    relation: 'add-or-remove-one' as const,
    delta: SCENE_DELTA,
  };
  const common = {
    kind: 'training' as const,
    // Curves of both models are on the screen while they train: a stop may depend on them.
    shows: 'progress' as const,
    backend,
  };
  const settings = {
    expectedBatchSize: SCENE_LOT,
    sampling: 'Poisson',
    model: 'linear detection head on a frozen public backbone',
  };
  const phases = (sigma: number) => [
    {
      perStep: [
        {
          kind: 'poisson-gaussian' as const,
          sampleRate: SCENE_LOT / SCENE_PEOPLE,
          noiseMultiplier: sigma,
          steps: 1,
        },
      ],
      steps,
    },
  ];
  const privately = await chargeRun(account, {
    ...common,
    title: 'Detector head by DP-SGD',
    phases: phases(noiseMultiplier),
    noise: seed === null ? 'secure' : 'seeded',
    seed,
    settings: { ...settings, maxGradNorm, learningRate: sceneLearningRate(noiseMultiplier) },
  });
  if (!privately.ok) return privately;
  let plainly: ChargeDecision;
  try {
    plainly = await chargeRun(account, {
      ...common,
      title: 'Detector head without privacy',
      phases: phases(0),
      noise: 'none',
      seed: null,
      settings: { ...settings, learningRate: PLAIN_RATE },
    });
  } catch (error) {
    await privately.charged.close('error', 0);
    throw error;
  }
  // No budget holds back a run that it does not cover.
  if (!plainly.ok) throw new Error('A run without noise was refused by a privacy budget.');
  return { ok: true, charged: together(privately.charged, plainly.charged) };
}
