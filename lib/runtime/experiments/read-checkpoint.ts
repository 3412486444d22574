/** What a file is, before a cell is asked to run it: read in a worker, because it may be anything. */
import { z } from 'zod';
import type { CheckpointDescription } from '@/lib/detection';
import { describeCheckpoint } from '@/lib/detection/networks/describe';
import { sha256 } from '@/lib/detection/weights/sha256';
import type { Experiment } from '../experiment';

const params = z.object({
  /** Content key of the bytes sent ahead. */
  file: z.string(),
});

export type ReadCheckpointParams = z.output<typeof params>;

export interface CheckpointFacts extends CheckpointDescription {
  /** Lower-case hex, of the whole file. */
  sha256: string;
}

export const readCheckpointFile: Experiment<ReadCheckpointParams, never, CheckpointFacts> = {
  id: 'read-checkpoint',
  needs: 'maths',
  params,
  async run({ file }, { input }) {
    const bytes = input<Uint8Array>(file);
    return { ...describeCheckpoint(bytes), sha256: await sha256(bytes) };
  },
};
