/** What a file is, before a cell is asked to run it: read in a worker, because it may be anything. */
import * as z from 'zod';
import { type Checkpoint, type CheckpointDescription, readCheckpoint } from '@/lib/detection';
import { describeNanoDet, isNanoDet, type NanoDetDescription } from '@/lib/detection/nanodet/weights';
import { describe, planNetwork } from '@/lib/detection/networks/describe';
import {
  describeSceneDetector,
  isSceneDetector,
  type SceneDescription,
} from '@/lib/detection/scenes/weights';
import { sha256 } from '@/lib/detection/weights/sha256';
import type { Experiment } from '@/lib/runtime/experiment';

const params = z.object({
  /** Content key of the bytes sent ahead. */
  file: z.string(),
});

export type ReadCheckpointParams = z.output<typeof params>;

/** A YOLO network, NanoDet as this site serves it, or a detector that was trained in the lesson about it. */
export type CheckpointFacts = (CheckpointDescription | NanoDetDescription | SceneDescription) & {
  /** Lower-case hex, of the whole file. */
  sha256: string;
};

export const readCheckpointFile: Experiment<ReadCheckpointParams, never, CheckpointFacts> = {
  id: 'read-checkpoint',
  needs: 'maths',
  params,
  async run({ file }, { input }) {
    const bytes = input<Uint8Array>(file);
    const checkpoint = readCheckpoint(bytes);
    return { ...factsOf(checkpoint), sha256: await sha256(bytes) };
  },
};

function factsOf(checkpoint: Checkpoint): CheckpointDescription | NanoDetDescription | SceneDescription {
  if (isSceneDetector(checkpoint)) return describeSceneDetector(checkpoint);
  return isNanoDet(checkpoint) ? describeNanoDet(checkpoint) : describe(checkpoint, planNetwork(checkpoint));
}
