/** Secure aggregation, really done on real updates: what each client sends, what the server sums, and what a drop-out does. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pause } from '@/lib/runtime/pause';
import { localUpdate } from '@/lib/training/federated/fed-avg';
import {
  dequantise,
  maskedMessage,
  quantise,
  sumMessages,
  withoutStrayMasks,
} from '@/lib/training/federated/secure-aggregation';
import { parameterCount } from '@/lib/training/federated/softmax';
import { testDigits } from './digits';

const params = z.object({
  clients: z.number().int().min(2).max(24),
  /** Clients that take part in the masks and then send nothing: the last ones. */
  dropped: z.number().int().min(0).max(8),
  /** Whether the others reveal the seeds they shared with those that dropped out. */
  repair: z.boolean(),
  /** Which client’s message is shown. */
  shown: z.number().int().min(0).max(23),
  seed: z.number().int().min(0),
});
export type MasksParams = z.output<typeof params>;

export interface MasksResult {
  /** Of the shown client, a few numbers as the server reads them: its update in truth, and the message it sent. */
  entries: number[];
  truth: number[];
  message: number[];
  /** The same few numbers of the sum: what it should be and what the server has. */
  trueSum: number[];
  serverSum: number[];
  /** All numbers of an update, and how many of the sum’s are the same integers. */
  numbers: number;
  exact: number;
  /** Mean share of bits that are one in the message; ½ for noise. */
  ones: number;
  pairs: number;
  survivors: number;
}

/** Pixels in the middle of the picture, where ink is: rows 10 … 17 of columns 12 … 14. */
const PIXELS = Array.from({ length: 24 }, (_, i) => (10 + Math.floor(i / 3)) * 28 + 12 + (i % 3));

export const federatedMasks: Experiment<MasksParams, never, MasksResult> = {
  id: 'federated-masks',
  needs: 'maths',
  params,
  async run(settings, context) {
    const { clients, repair, seed } = settings;
    const survivors = clients - Math.min(settings.dropped, clients - 1);
    const shown = Math.min(settings.shown, survivors - 1);
    const examples = await testDigits(context);
    context.describe({
      noise: 'seeded',
      seed,
      dataset: `MNIST (${examples.sha256.slice(0, 12)}), test digits`,
    });
    const parameters = parameterCount(examples);
    const weights = new Float64Array(parameters);
    const values: Uint32Array[] = [];
    const messages: Uint32Array[] = [];
    for (let client = 0; client < survivors; client++) {
      const rows = Array.from({ length: 20 }, (_, i) => client * 20 + i);
      values.push(quantise(localUpdate(weights, examples, rows, { localSteps: 5, learningRate: 0.1 })));
      messages.push(maskedMessage(values[client]!, client, clients, seed));
      await pause(context.signal);
    }
    const truth = sumMessages(values, parameters);
    let sum = sumMessages(messages, parameters);
    const dropped = Array.from({ length: clients - survivors }, (_, i) => survivors + i);
    if (repair) sum = withoutStrayMasks(sum, dropped, clients, seed);
    let exact = 0;
    for (let j = 0; j < parameters; j++) if (sum[j] === truth[j]) exact++;
    let ones = 0;
    for (let word of messages[shown]!) for (; word !== 0; word = (word & (word - 1)) >>> 0) ones++;
    const digit = examples.labels[0]!;
    const entries = PIXELS.map((pixel) => digit * (examples.width + 1) + pixel);
    const at = (numbers: Uint32Array) => {
      const real = dequantise(numbers);
      return entries.map((j) => real[j]!);
    };
    return {
      entries,
      truth: at(values[shown]!),
      message: at(messages[shown]!),
      trueSum: at(truth),
      serverSum: at(sum),
      numbers: parameters,
      exact,
      ones: ones / (32 * parameters),
      pairs: (clients * (clients - 1)) / 2,
      survivors,
    };
  },
};
