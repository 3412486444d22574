/** Federated learning: averaging, client-level DP, secure aggregation, and reading a picture off an update. Fixed seeds throughout. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLIENT_DELTA, federatedPhases } from '@/components/lessons/federated-learning/account';
import { MNIST_SIDE } from '@/lib/data';
import { structuralSimilarity as ssim } from '@/lib/data/ssim';
import { composeEvents, dpSgdEpsilon } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { CLIENTS, clientsHash } from '@/lib/runs/accounts/clients';
import {
  clipUpdate,
  lengthOf,
  locallyPrivateAverage,
  localUpdate,
  plainAverage,
  privateAverage,
} from '@/lib/training/federated/fed-avg';
import { readRows, toPicture } from '@/lib/training/federated/read-picture';
import {
  dequantise,
  maskedMessage,
  pairMask,
  quantise,
  sumMessages,
  withoutStrayMasks,
} from '@/lib/training/federated/secure-aggregation';
import { dealOut } from '@/lib/training/federated/shards';
import { accuracyOf, descend, type Examples, parameterCount } from '@/lib/training/federated/softmax';
import { plainVectors, vectors } from '@/lib/training/federated/vectors';
import { preparedMnist } from '@/tests/harness/prepared';
import { meanGradient, probabilities } from './support/plain-softmax';

const words = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { minLength: length, maxLength: length });

describe('secure aggregation', () => {
  test('the masks cancel exactly, whatever is sent', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }).chain((clients) =>
          fc.record({
            values: fc.array(words(5), { minLength: clients, maxLength: clients }),
            seed: fc.integer({ min: 0, max: 2 ** 31 }),
          }),
        ),
        ({ values, seed }) => {
          const vectors = values.map((value) => Uint32Array.from(value));
          const sent = vectors.map((value, own) => maskedMessage(value, own, vectors.length, seed));
          const truth = Array.from({ length: 5 }, (_, j) =>
            Number(
              BigInt.asUintN(
                32,
                values.reduce((sum, value) => sum + BigInt(value[j]!), 0n),
              ),
            ),
          );
          expect(Array.from(sumMessages(sent, 5))).toEqual(truth);
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  test('with drop-outs nothing fits, until the stray masks are taken away', () => {
    const clients = 7;
    const dropped = [1, 4];
    const vectors = Array.from({ length: clients }, (_, k) =>
      Uint32Array.from({ length: 40 }, (_, j) => k * j),
    );
    const here = vectors.flatMap((value, own) => (dropped.includes(own) ? [] : [{ value, own }]));
    const truth = sumMessages(
      here.map(({ value }) => value),
      40,
    );
    const broken = sumMessages(
      here.map(({ value, own }) => maskedMessage(value, own, clients, 9)),
      40,
    );
    // Each of 40 entries fits by chance once in 2³².
    expect(broken.some((word, j) => word === truth[j])).toBe(false);
    expect(withoutStrayMasks(broken, dropped, clients, 9)).toEqual(truth);
  });

  test('one message alone looks like uniform noise, and each pair has masks of its own', () => {
    // An update of zeros: all that is left is masks. χ² of 256 byte values over 80,000 bytes, 255 degrees of freedom:
    // above 330.5 once in 1,000.
    const message = maskedMessage(new Uint32Array(20_000), 0, 3, 5);
    const counts = new Array<number>(256).fill(0);
    for (const byte of new Uint8Array(message.buffer)) counts[byte]!++;
    const expected = (4 * message.length) / 256;
    const chi2 = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    expect(chi2).toBeLessThan(330.5);
    const masks = [
      [0, 1],
      [0, 2],
      [1, 2],
      [0, 3],
      [1, 3],
      [2, 3],
    ].map(([a, b]) => pairMask(5, a!, b!, 4, 4).join());
    expect(new Set(masks).size).toBe(6);
    expect(pairMask(5, 2, 1, 4, 4)).toEqual(pairMask(5, 1, 2, 4, 4));
  });

  test('numbers survive to half a multiple of 1/65,536, negative ones too', () => {
    const values = [-3.25, -1e-5, 0, 1e-5, 0.7, 1000.123];
    for (const [j, value] of dequantise(quantise(values)).entries())
      expect(Math.abs(value - values[j]!)).toBeLessThanOrEqual(0.5 / 65_536);
  });
});

/** A few made-up examples. */
function someExamples(size: number, width: number, classes: number): Examples {
  const random = new SeededRandom(3);
  return {
    inputs: Float64Array.from({ length: size * width }, () => random.gaussian()),
    labels: Array.from({ length: size }, () => random.integer(classes)),
    width,
    classes,
  };
}

describe('federated averaging', () => {
  const examples = someExamples(30, 4, 3);
  const parameters = parameterCount(examples);
  const start = Float64Array.from({ length: parameters }, (_, j) => Math.sin(j));

  test('the gradient is the slope of the loss', () => {
    const rows = [0, 3, 7];
    const loss = (weights: Float64Array) => {
      const p = new Float64Array(3);
      return rows.reduce((sum, row) => {
        probabilities(weights, examples, row, p);
        return sum - Math.log(p[examples.labels[row]!]!) / rows.length;
      }, 0);
    };
    const gradient = meanGradient(start, examples, rows);
    for (let j = 0; j < parameters; j++) {
      const [up, down] = [start.slice(), start.slice()];
      up[j]! += 1e-5;
      down[j]! -= 1e-5;
      expect(gradient[j]).toBeCloseTo((loss(up) - loss(down)) / 2e-5, 7);
    }
  });

  test('one client, one local step: a step of gradient descent', () => {
    const rows = [1, 2, 5];
    const gradient = meanGradient(start, examples, rows);
    const update = localUpdate(start, examples, rows, { localSteps: 1, learningRate: 0.3 });
    const moved = plainAverage([update], parameters);
    for (let j = 0; j < parameters; j++) expect(moved[j]).toBeCloseTo(-0.3 * gradient[j]!, 12);
    // Two steps are two steps.
    const after = start.map((w, j) => w + update[j]!);
    const second = localUpdate(after, examples, rows, { localSteps: 1, learningRate: 0.3 });
    const both = localUpdate(start, examples, rows, { localSteps: 2, learningRate: 0.3 });
    for (let j = 0; j < parameters; j++) expect(both[j]).toBeCloseTo(update[j]! + second[j]!, 12);
  });

  test.each([
    ['the kernel', vectors()],
    ['plain loops', plainVectors()],
  ])('by %s, steps within the span of the examples are the steps of gradient descent', (_, use) => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 41 }),
          classes: fc.integer({ min: 2, max: 5 }),
          rows: fc.array(fc.integer({ min: 0, max: 19 }), { minLength: 1, maxLength: 12 }),
          steps: fc.integer({ min: 1, max: 6 }),
        }),
        ({ width, classes, rows, steps }) => {
          const own = someExamples(20, width, classes);
          const before = Float64Array.from({ length: parameterCount(own) }, (_, j) => Math.sin(j));
          const after = before.slice();
          for (let step = 0; step < steps; step++) {
            const gradient = meanGradient(after, own, rows);
            for (let j = 0; j < after.length; j++) after[j]! -= 0.3 * gradient[j]!;
          }
          const moved = descend(before, own, rows, { steps, learningRate: 0.3 }, use);
          for (let j = 0; j < after.length; j++) expect(before[j]! + moved[j]!).toBeCloseTo(after[j]!, 12);
        },
      ),
      { seed: 4, numRuns: 60 },
    );
  });

  test('the kernel and plain loops give the same to the bit', () => {
    const own = someExamples(20, 37, 4);
    const before = Float64Array.from({ length: parameterCount(own) }, (_, j) => Math.sin(j));
    const steps = { steps: 4, learningRate: 0.3 };
    const rows = [3, 1, 4, 1, 5];
    expect(descend(before, own, rows, steps, vectors())).toEqual(
      descend(before, own, rows, steps, plainVectors()),
    );
    // And it is the kernel that was asked: Node has SIMD.
    expect(vectors().dot.toString()).not.toBe(plainVectors().dot.toString());
  });

  test('accuracy counts what the most probable class gets right, also beyond a hundred examples', () => {
    const many = someExamples(230, 6, 3);
    const weights = Float64Array.from({ length: parameterCount(many) }, (_, j) => Math.sin(j));
    const p = new Float64Array(3);
    const right = Array.from({ length: 230 }, (_, row) => {
      probabilities(weights, many, row, p);
      return p.indexOf(Math.max(...p)) === many.labels[row];
    }).filter(Boolean).length;
    expect(accuracyOf(weights, many)).toBe(right / 230);
    expect(accuracyOf(weights, many, plainVectors())).toBe(right / 230);
  });

  test('all clients with one step each: a step on everybody’s examples', () => {
    const shards = dealOut(examples.labels, 5, 'two-kinds', new SeededRandom(1));
    const train = { localSteps: 1, learningRate: 0.2 };
    const mean = plainAverage(
      shards.map((rows) => localUpdate(start, examples, rows, train)),
      parameters,
    );
    const all = localUpdate(
      start,
      examples,
      shards.flatMap((rows) => [...rows]),
      train,
    );
    for (let j = 0; j < parameters; j++) expect(mean[j]).toBeCloseTo(all[j]!, 12);
  });
});

describe('client-level DP', () => {
  test('no client moves the sum by more than the clip, and short updates stay as they are', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        (values, clip) => {
          const update = Float64Array.from(values);
          const before = lengthOf(update);
          expect(clipUpdate(update, clip)).toBe(before);
          expect(lengthOf(update)).toBeLessThanOrEqual(clip);
          if (before <= clip) expect(Array.from(update)).toEqual(values);
          else expect(lengthOf(update)).toBeCloseTo(clip, 9);
        },
      ),
      { seed: 2 },
    );
  });

  const round = (updates: Float64Array[], noiseMultiplier: number, parameters = 3) => ({
    updates,
    parameters,
    maxUpdateNorm: 2,
    noiseMultiplier,
    expectedClients: 10,
    random: new SeededRandom(4),
  });

  test('divided by the expected number of clients, not by the number drawn', () => {
    const { average, lengths } = privateAverage(
      round([Float64Array.of(6, 8, 0), Float64Array.of(0, 1, 0)], 0),
    );
    for (const [j, expected] of [0.12, 0.26, 0].entries()) expect(average[j]).toBeCloseTo(expected, 12);
    expect(lengths).toEqual([10, 1]);
    expect(lengthOf(privateAverage(round([], 0)).average)).toBe(0);
  });

  test('noise on the sum is σ C once; local noise is that of every client', async () => {
    const deviation = (values: Float64Array) => lengthOf(values) / Math.sqrt(values.length);
    // 4000 draws know the deviation to 1.1 %: 5 % off is more than four standard errors, once in 100,000.
    const central = deviation(privateAverage(round([], 3, 4000)).average);
    expect(Math.abs(central / 0.6 - 1)).toBeLessThan(0.05);
    const local = deviation((await locallyPrivateAverage({ ...round([], 3, 4000), clients: 25 })).average);
    expect(Math.abs(local / 3 - 1)).toBeLessThan(0.05);
  });

  test('the ledger is told what the accountant says of clients', () => {
    const [phase] = federatedPhases(100, 1.1, 30);
    const event = phase!.perStep[0]!;
    if (event.kind !== 'poisson-gaussian') throw new Error('not a sampled Gaussian');
    expect(event.sampleRate).toBe(100 / CLIENTS);
    const told = composeEvents([{ ...event, steps: phase!.steps }], CLIENT_DELTA, 'rdp').epsilon;
    expect(told).toBeCloseTo(
      dpSgdEpsilon({ sampleRate: 0.2, noiseMultiplier: 1.1, steps: 30, delta: 1e-4, accountant: 'rdp' }),
      12,
    );
    expect(CLIENT_DELTA).toBeLessThan(1 / CLIENTS);
    expect(clientsHash('mixed')).not.toBe(clientsHash('two-kinds'));
  });
});

test('dealing out: everybody has as much, nothing twice, and two labels at most where it is uneven', () => {
  const labels = Array.from({ length: 1000 }, (_, i) => i % 10);
  for (const deal of ['two-kinds', 'mixed'] as const) {
    const shards = dealOut(labels, 50, deal, new SeededRandom(6));
    expect(shards.every((rows) => rows.length === 20)).toBe(true);
    expect(new Set(shards.flatMap((rows) => [...rows])).size).toBe(1000);
    const kinds =
      shards.reduce((sum, rows) => sum + new Set([...rows].map((row) => labels[row])).size, 0) / 50;
    if (deal === 'two-kinds') expect(kinds).toBeLessThanOrEqual(2);
    else expect(kinds).toBeGreaterThan(6);
  }
});

test('SSIM: one for the same picture, less for a disturbed one, about none for noise', () => {
  const random = new SeededRandom(8);
  const picture = Float64Array.from({ length: 784 }, (_, i) => 0.5 + 0.5 * Math.sin(i / 3));
  expect(ssim(picture, picture, 28)).toBeCloseTo(1, 12);
  const slightly = picture.map((value) => value + 0.05 * random.gaussian());
  const noise = picture.map(() => random.uniform());
  expect(ssim(picture, slightly, 28)).toBeLessThan(0.999);
  expect(ssim(picture, slightly, 28)).toBeGreaterThan(0.8);
  expect(Math.abs(ssim(picture, noise, 28))).toBeLessThan(0.15);
  // Two flat pictures: only the means differ. By hand: (2 · 0.2 · 0.8 + C₁) / (0.2² + 0.8² + C₁).
  const flat = (value: number) => new Float64Array(784).fill(value);
  expect(ssim(flat(0.2), flat(0.8), 28)).toBeCloseTo((0.32 + 1e-4) / (0.68 + 1e-4), 9);
});

describe('with real digits', async () => {
  const mnist = await preparedMnist();
  const examples: Examples = {
    inputs: Float32Array.from(mnist.test.images.subarray(0, 784 * 200), (grey) => grey / 255),
    labels: mnist.test.labels.subarray(0, 200),
    width: 784,
    classes: 10,
  };
  const weights = new Float64Array(parameterCount(examples));
  /** The row of the largest bias: that of the digit’s own label. */
  const strongest = (update: Float64Array) =>
    readRows(update, 784, 10).reduce((most, row) => (Math.abs(row.bias) > Math.abs(most.bias) ? row : most))
      .example;
  const read = (update: Float64Array, truth: ArrayLike<number>) =>
    ssim(truth, toPicture(strongest(update)), MNIST_SIDE);

  test('a picture is read off an update of one digit, clipped or not; with noise it is not', () => {
    const random = new SeededRandom(11);
    let withNoise = 0;
    for (let row = 0; row < 20; row++) {
      const truth = Array.from({ length: 784 }, (_, j) => examples.inputs[row * 784 + j]!);
      const update = localUpdate(weights, examples, [row], { localSteps: 5, learningRate: 0.01 });
      expect(read(update, truth)).toBeGreaterThan(0.999);
      clipUpdate(update, 0.05);
      expect(read(update, truth)).toBeGreaterThan(0.999);
      for (let j = 0; j < update.length; j++) update[j]! += 0.05 * random.gaussian();
      withNoise += read(update, truth) / 20;
    }
    expect(withNoise).toBeLessThan(0.1);
  });
});
