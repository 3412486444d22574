/** The smallest real experiment: repeated matrix products, to try a backend, progress and Stop. */
import * as tf from '@tensorflow/tfjs-core';
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';

const params = z.object({
  size: z.number().int().min(1).max(2048),
  steps: z.number().int().min(1).max(1_000_000),
  /** Never gives way to messages, like an experiment that forgot to: its worker has to be ended by force. */
  deaf: z.boolean().default(false),
});

export interface MatrixPowerUpdate {
  step: number;
  trace: number;
}

export const matrixPower: Experiment<z.output<typeof params>, MatrixPowerUpdate, { trace: number }> = {
  id: 'matrix-power',
  needs: 'tensors',
  params: params as never,
  async run({ size, steps, deaf }, { signal, report }) {
    // A permutation matrix: its powers keep every entry 0 or 1, so the answer is known exactly.
    const shift = tf.tidy(() =>
      tf.concat([tf.slice(tf.eye(size), [1, 0]), tf.slice(tf.eye(size), [0, 0], [1, size])], 0),
    );
    let power = tf.eye(size) as tf.Tensor;
    let trace = size;
    try {
      for (let turn = 0; deaf && turn < Number.MAX_SAFE_INTEGER; turn++) trace = (trace + turn) % 7;
      for (let step = 1; step <= steps; step++) {
        const next = tf.matMul(power as tf.Tensor2D, shift as tf.Tensor2D);
        power.dispose();
        power = next;
        const total = tf.tidy(() => tf.sum(tf.mul(power, tf.eye(size))));
        trace = (await total.data())[0]!;
        total.dispose();
        report({ phase: 'run', step, total: steps, update: { step, trace } });
        await pause(signal);
      }
      return { trace };
    } finally {
      power.dispose();
      shift.dispose();
    }
  },
};
