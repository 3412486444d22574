/**
 * What a server reads off one client’s update (as it is, clipped, with noise) and off the sum of several, and whose digit that is. On
 * test digits, or one that the learner drew, at a seed.
 */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { pacedPause } from '@/lib/runtime/pause';
import { clipUpdate, localUpdate } from '@/lib/training/federated/fed-avg';
import { type Examples, parameterCount } from '@/lib/training/federated/softmax';
import { STRANGERS } from '../naming';
import { testDigits } from './digits';
import { type Held, lineUp, look, type View } from './owner';

const params = z.object({
  /** Which test digit the first client holds. The next digits are held by the next clients. */
  digit: z.number().int().min(0).max(9_999),
  /** In the place of that digit: the key of a picture that the page sent, 784 values from 0 to 1, and what its owner calls it. */
  drawn: z.object({ key: z.string(), label: z.number().int().min(0).max(9) }).nullable(),
  /** Digits on each client; its update is their mean. */
  digits: z.number().int().min(1).max(50),
  localSteps: z.number().int().min(1).max(100),
  maxUpdateNorm: z.number().positive().max(1000),
  noiseMultiplier: z.number().min(0).max(10_000),
  /** Clients in the sum that secure aggregation shows. */
  clients: z.number().int().min(1).max(200),
  seed: z.number().int().min(0),
});

export type { Held, Match, RowSeen, View } from './owner';

export type PeekParams = z.output<typeof params>;

export type Seen = 'alone' | 'clipped' | 'noisy' | 'sum';

export interface PeekResult {
  /** The first digit of each client in the sum. */
  queue: Held[];
  /** What the server reads off what it sees, and whose it is. */
  read: Record<Seen, View>;
  /** Length of the first client’s update, before clipping. */
  length: number;
}

const LEARNING_RATE = 0.01;

export const federatedPeek: Experiment<PeekParams, never, PeekResult> = {
  id: 'federated-peek',
  needs: 'maths',
  params,
  async run(settings, context) {
    const { digit, drawn, digits, localSteps, maxUpdateNorm, noiseMultiplier, clients, seed } = settings;
    const examples = await testDigits(context);
    context.signal.throwIfAborted();
    context.describe({
      noise: 'seeded',
      seed,
      dataset: `MNIST (${examples.sha256.slice(0, 12)}), test digits${drawn ? ', and a digit drawn here' : ''}`,
    });
    const { width } = examples;
    const size = examples.labels.length;
    const pixels = (i: number) => examples.inputs.slice((i % size) * width, ((i % size) + 1) * width);
    const members: Held[] = Array.from({ length: clients * digits }, (_, i) => ({
      client: Math.floor(i / digits),
      label: examples.labels[(digit + i) % size]!,
      pixels: pixels(digit + i) as Float32Array,
    }));
    if (drawn) members[0] = { client: 0, label: drawn.label, pixels: context.input<Float32Array>(drawn.key) };

    const breathe = pacedPause(context.signal);
    const train = { localSteps, learningRate: LEARNING_RATE };
    const weights = new Float64Array(parameterCount(examples));
    const updateOf = (client: number) => {
      const own = toExamples(members.slice(client * digits, (client + 1) * digits), examples);
      return localUpdate(
        weights,
        own,
        own.labels.map((_, i) => i),
        train,
      );
    };
    const update = updateOf(0);
    const clipped = update.slice();
    const length = clipUpdate(clipped, maxUpdateNorm);
    const noisy = new Float64Array(update.length);
    context.random.seeded(seed).fillGaussian(noisy, noiseMultiplier * maxUpdateNorm);
    for (let j = 0; j < noisy.length; j++) noisy[j]! += clipped[j]!;
    const sum = update.slice();
    for (let client = 1; client < clients; client++) {
      const other = updateOf(client);
      for (let j = 0; j < sum.length; j++) sum[j]! += other[j]!;
      await breathe();
    }

    const outside = Array.from({ length: Math.min(STRANGERS, size - members.length) }, (_, i) =>
      pixels(digit + members.length + i),
    ) as Float32Array[];
    const everybody = lineUp(members, outside);
    const one = { ...everybody, members: everybody.members.slice(0, digits) };
    return {
      queue: members.filter((_, i) => i % digits === 0),
      read: {
        alone: await look(update, one, breathe),
        clipped: await look(clipped, one, breathe),
        noisy: await look(noisy, one, breathe),
        sum: await look(sum, everybody, breathe),
      },
      length,
    };
  },
};

/** What one client holds, as a table of its own. */
function toExamples(held: readonly Held[], { width, classes }: Examples) {
  const inputs = new Float32Array(held.length * width);
  for (const [i, { pixels }] of held.entries()) inputs.set(pixels, i * width);
  return { inputs, labels: held.map(({ label }) => label), width, classes };
}
