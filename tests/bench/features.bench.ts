/**
 * npm run bench -- features [--digits 2000] [--rounds 7] [--browser]
 *
 * Features of digits by kernel and by plain code, interleaved, in Node. With `--browser`, also what the lesson on training waits for
 * in a worker of Chromium: without anything kept, and with what the first kept.
 */
import { join } from 'node:path';
import { extractAll, GaborFeatures, OrientedGradients } from '@/lib/data';
import { PlainGaborFeatures } from '@/lib/data/plain-gabor';
import { PlainOrientedGradients } from '@/lib/data/plain-oriented-gradients';
import { openSuite } from '@/tests/harness/chromium';
import { preparedMnist } from '@/tests/harness/prepared';
import { PUBLIC } from '@/tests/harness/root';
import type { Prepared } from '@/tests/pages/data/digits';

const CONTENDERS = [
  ['oriented gradients', () => new OrientedGradients(), () => new PlainOrientedGradients()],
  ['Gabor features', () => new GaborFeatures(), () => new PlainGaborFeatures()],
] as const;

const least = (values: readonly number[]) => Math.min(...values);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

async function inNode(digits: number, rounds: number): Promise<void> {
  const images = (await preparedMnist()).train.images.subarray(0, digits * 784);
  console.log(`${digits} digits, microseconds a digit, median / least of ${rounds} rounds`);
  for (const [name, kernel, plain] of CONTENDERS) {
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++)
      for (const [i, make] of [kernel, plain].entries()) {
        const begin = performance.now();
        await extractAll(make(), images);
        times[i]!.push(((performance.now() - begin) / digits) * 1e3);
      }
    const [fast, slow] = times;
    const told = (values: number[]) => `${median(values).toFixed(1)} / ${least(values).toFixed(1)}`;
    console.log(
      `${name}: kernel ${told(fast)}, plain ${told(slow)}; ${(least(slow) / least(fast)).toFixed(1)} times as fast`,
    );
  }
}

async function inChromium(): Promise<void> {
  const folders = { '/data/mnist/': join(PUBLIC, 'data/mnist/') };
  const suite = await openSuite('tests/pages/data/digits.ts', { gpu: 'no-gpu', folders });
  try {
    for (const features of ['gradients', 'gabor'] as const) {
      const before = await suite.call<number>({ task: 'kept' });
      const cold = await suite.call<Prepared>({ task: 'prepare', features });
      while ((await suite.call<number>({ task: 'kept' })) < before + 70_000 * 392 * 4)
        await new Promise((wake) => setTimeout(wake, 500));
      await suite.call({ task: 'end' });
      const warm: number[] = [];
      for (let round = 0; round < 3; round++) {
        const again = await suite.call<Prepared>({ task: 'prepare', features });
        if (again.sums.some((sum, i) => sum !== cold.sums[i]))
          throw new Error('What was kept is not what was made.');
        warm.push(again.milliseconds);
        await suite.call({ task: 'end' });
      }
      const told = (value: number) => `${(value / 1e3).toFixed(2)} s`;
      console.log(
        `${features}: nothing kept ${told(cold.milliseconds)}, kept ${told(median(warm))} / ${told(least(warm))}`,
      );
    }
  } finally {
    await suite.close();
  }
}

export default async function features(args: readonly string[] = []): Promise<void> {
  const option = (name: string, otherwise: number) => {
    const at = args.indexOf(`--${name}`);
    return at < 0 ? otherwise : Number(args[at + 1]);
  };
  await inNode(option('digits', 2000), option('rounds', 7));
  if (args.includes('--browser')) await inChromium();
}
