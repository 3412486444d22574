/** Which habits a training pipeline has. */
import { boolean, defineParameters, number } from '@/lib/notebook';
import { SCENE_LOT, SCENE_PEOPLE } from '@/lib/runs/accounts/scenes';

export const pipelineParameters = defineParameters(
  {
    printedEpsilon: number({
      label: 'ε that the program prints',
      key: 'peps',
      help: 'What the accountant says of a training without any of these habits: σ is chosen so.',
      min: 0.1,
      max: 20,
      scale: 'log',
      default: 2,
    }),
    batchNorm: boolean({
      label: 'Batch norm in training mode',
      key: 'bn',
      help: 'A layer that shifts and scales by the mean and spread of the lot that is just passing.',
      default: false,
    }),
    mosaic: boolean({
      label: 'Mosaic or mixup',
      key: 'mosaic',
      help: 'Several pictures put together as one example.',
      default: true,
    }),
    balanced: boolean({
      label: 'Class-balanced sampling',
      key: 'bal',
      help: 'Pictures of rare classes are drawn more often, so that all classes are seen alike.',
      default: false,
    }),
    meanOfDrawn: boolean({
      label: 'Mean instead of sum',
      key: 'mean',
      help: 'The clipped gradients are divided by how many were drawn, not by a number fixed beforehand.',
      default: false,
    }),
    autoBatch: boolean({
      label: 'Auto-batch',
      key: 'auto',
      help: 'batch=-1: the program takes as many pictures as fit into memory.',
      default: false,
    }),
    videoFrames: boolean({
      label: 'Video frames as examples',
      key: 'video',
      help: 'Each frame of a film is an example of its own.',
      default: false,
    }),
    bestCheckpoint: boolean({
      label: 'best.pt and patience',
      key: 'best',
      help: 'The best of all checkpoints is kept, or the training ends, by the score on validation pictures.',
      default: false,
    }),
    rareTimes: number({
      label: 'Rarest class: drawn how many times as often',
      key: 'rare',
      help: 'As the average picture. Counts with class-balanced sampling.',
      min: 1,
      max: 7.5,
      step: 0.5,
      default: 4,
    }),
    machineLot: number({
      label: 'Lot that auto-batch finds',
      key: 'mlot',
      help: `σ was chosen for an expected lot of ${SCENE_LOT} of ${SCENE_PEOPLE.toLocaleString('en')}.`,
      min: 64,
      max: SCENE_PEOPLE,
      scale: 'log',
      integer: true,
      default: 512,
    }),
    framesEach: number({
      label: 'Frames of one person',
      key: 'frames',
      help: 'Counts with video frames as examples.',
      min: 2,
      max: 20,
      integer: true,
      default: 5,
    }),
  },
  { hero: 'printedEpsilon' },
);
