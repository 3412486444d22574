/** The lesson's experiments as a worker runs them, with files from disk. Seeds are fixed. */
import 'fake-indexeddb/auto';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { federatedMasks } from '@/components/lessons/federated-learning/experiments/masks';
import { lineUp, look } from '@/components/lessons/federated-learning/experiments/owner';
import {
  federatedPeek,
  type PeekParams,
  type View,
} from '@/components/lessons/federated-learning/experiments/peek';
import { federatedRounds } from '@/components/lessons/federated-learning/experiments/rounds';
import { withStroke } from '@/components/lessons/federated-learning/peek/pen';
import { MNIST_SIDE, structuralSimilarity } from '@/lib/data';
import { openLedger } from '@/lib/ledger';
import { dpSgdEpsilon } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { CLIENTS } from '@/lib/runs/accounts/clients';
import type { ProvenanceFacts } from '@/lib/runtime/experiment';
import { plainContext } from '@/tests/harness/experiment';
import { fetchFromDisk, preparedMnist } from '@/tests/harness/prepared';

beforeAll(async () => {
  await preparedMnist();
  vi.stubGlobal('fetch', fetchFromDisk);
});

/** The noise for privacy is seeded here too. */
const random = { secure: () => new SeededRandom(1), seeded: (seed: number) => new SeededRandom(seed) };
const context = (facts: ProvenanceFacts = {}) =>
  plainContext<never>({ describe: (more) => Object.assign(facts, more), random });

describe('what the server sees', () => {
  const settings: PeekParams = {
    digit: 18,
    drawn: null,
    digits: 1,
    localSteps: 5,
    maxUpdateNorm: 0.1,
    noiseMultiplier: 1,
    clients: 50,
    seed: 1,
  };
  const peek = (changed: Partial<PeekParams> = {}, more = context()) =>
    federatedPeek.run({ ...settings, ...changed }, more);
  const best = ({ rows, best }: View) => rows[best]!.match;
  const owners = ({ rows }: View) =>
    new Set(rows.filter(({ match }) => match.named).map(({ match }) => match.client));

  test('bare and clipped updates give the picture away; noise and large sums do not', async () => {
    const facts: ProvenanceFacts = {};
    const { read, queue, length } = await peek({}, context(facts));
    expect(queue).toHaveLength(50);
    expect(queue[0]!.label).toBe(3);
    // It opens so that the clip really shortens.
    expect(length).toBeGreaterThan(settings.maxUpdateNorm);
    for (const view of [read.alone, read.clipped]) {
      expect(best(view).ssim).toBeGreaterThan(0.99);
      expect(best(view)).toMatchObject({ client: 0, label: 3, named: true });
    }
    expect(best(read.noisy).ssim).toBeLessThan(0.2);
    expect(read.noisy.named).toBe(0);
    expect(read.sum.named).toBe(0);
    expect(facts.noise).toBe('seeded');
  });

  test('of two clients, the other one’s digit is found in the sum and named, as well as one’s own', async () => {
    const { read } = await peek({ clients: 2 });
    const other = read.sum.rows.find(({ match }) => match.client === 1 && match.named)!;
    expect(other.match.label).toBe(4);
    expect(other.match.correlation).toBeGreaterThan(0.99);
    expect(other.match.ssim).toBeGreaterThan(0.98);
    expect(owners(read.sum)).toEqual(new Set([0, 1]));
    // The eight rows of labels that nobody has show a blend, and name nobody.
    expect(read.sum.named).toBe(2);
  });

  test.each([1, 2, 3, 4, 5])(
    'in a sum of %i the reading is the most like of all that went in',
    async (clients) => {
      const { read, queue } = await peek({ clients, digit: 100 });
      for (const { picture, match } of read.sum.rows) {
        const alike = queue.map(({ pixels }) => structuralSimilarity(picture, pixels, MNIST_SIDE));
        expect(match.ssim).toBeCloseTo(Math.max(...alike), 9);
        expect(alike[match.client]).toBeCloseTo(match.ssim, 9);
      }
      const likeness = read.sum.rows.map(({ match }) => match.ssim);
      expect(best(read.sum).ssim).toBeGreaterThan(Math.max(...likeness) - 1e-3);
      // Each of these five clients has a label of its own, or the sum of all would blend two.
      const labels = queue.map(({ label }) => label);
      const alone = queue.filter(({ label }) => labels.filter((other) => other === label).length === 1);
      expect([...owners(read.sum)].sort()).toEqual(alone.map(({ client }) => client));
    },
  );

  test('with more digits on a client, one of them is read sharply and not a blend of all', async () => {
    const { read } = await peek({ digits: 3 });
    const sharp = read.alone.rows.filter(({ match }) => match.named).map(({ match }) => match.label);
    expect(new Set(sharp)).toEqual(new Set([3, 4, 9]));
    expect(best(read.alone).correlation).toBeGreaterThan(0.98);
  });

  test('more clients hide better, by what the sum names', async () => {
    const named: number[] = [];
    for (const clients of [1, 5, 20, 200]) named.push((await peek({ clients })).read.sum.named);
    expect(named[0]).toBe(10);
    expect(named[1]).toBeGreaterThan(1);
    expect(named.slice(2)).toEqual([0, 0]);
  });

  test('a digit that was drawn is read off the update like any other', async () => {
    const pixels = withStroke(new Float32Array(784), { x: 8, y: 5 }, { x: 20, y: 24 });
    const given: string[] = [];
    const { read, queue } = await peek(
      { drawn: { key: 'mine', label: 7 }, clients: 2 },
      plainContext<never>({
        random,
        input: <T>(key: string) => {
          given.push(key);
          return pixels as T;
        },
      }),
    );
    expect(given).toEqual(['mine']);
    expect(queue[0]).toMatchObject({ label: 7, pixels });
    expect(best(read.alone).ssim).toBeGreaterThan(0.99);
    expect(read.sum.rows[7]!.match).toMatchObject({ client: 0, named: true });
  });

  test('where no stranger is left to compare with, being much alike is enough', async () => {
    const pixels = withStroke(new Float32Array(784), { x: 8, y: 5 }, { x: 20, y: 24 });
    const update = Float64Array.from({ length: 7850 }, (_, j) =>
      j % 785 === 784 ? 2 : 2 * pixels[j % 785]!,
    );
    const { rows } = await look(update, lineUp([{ client: 0, label: 7, pixels }], []), async () => {});
    for (const { match } of rows) expect(match).toMatchObject({ stranger: null, named: true });
  });
});

describe('the pen', () => {
  test('inks what it passes over, never takes ink away, and leaves the rest of the paper', () => {
    const line = withStroke(new Float32Array(784), { x: 4.5, y: 10.5 }, { x: 20.5, y: 10.5 });
    const at = (x: number, y: number) => line[y * 28 + x]!;
    for (let x = 4; x <= 20; x++) expect(at(x, 10)).toBe(1);
    expect(at(12, 11)).toBeGreaterThan(0.5);
    expect(at(12, 13)).toBe(0);
    expect(at(1, 10)).toBe(0);
    const crossed = withStroke(line, { x: 12.5, y: 2.5 }, { x: 12.5, y: 2.5 });
    expect(crossed.every((ink, i) => ink >= line[i]!)).toBe(true);
    expect(crossed[2 * 28 + 12]).toBe(1);
  });
});

describe('a sum of secrets', () => {
  const settings = { clients: 5, dropped: 0, repair: false, shown: 0, seed: 1 };

  test('exact; broken by a drop-out; exact again once seeds are revealed', async () => {
    const whole = await federatedMasks.run(settings, context());
    expect(whole).toMatchObject({ numbers: 7850, exact: 7850, pairs: 10, survivors: 5 });
    expect(whole.serverSum).toEqual(whole.trueSum);
    // A share of ones in 251,200 fair bits: 1 % off is ten standard errors.
    expect(Math.abs(whole.ones - 0.5)).toBeLessThan(0.01);
    const broken = await federatedMasks.run({ ...settings, dropped: 1 }, context());
    expect(broken).toMatchObject({ exact: 0, survivors: 4 });
    const repaired = await federatedMasks.run({ ...settings, dropped: 2, repair: true }, context());
    expect(repaired).toMatchObject({ exact: 7850, survivors: 3 });
  });
});

test('rounds are charged for clients, private and plain, and both models learn', async () => {
  const { last, refusal, epsilon } = await federatedRounds.run(
    {
      noiseMultiplier: 1.3,
      maxUpdateNorm: 1,
      rounds: 3,
      clientsPerRound: 60,
      localSteps: 2,
      noisePlace: 'central',
      deal: 'two-kinds',
      noiseSource: 'cryptographic',
      seed: 1,
    },
    context(),
  );
  expect(refusal).toBeNull();
  expect(epsilon).toBeCloseTo(
    dpSgdEpsilon({
      sampleRate: 60 / CLIENTS,
      noiseMultiplier: 1.3,
      steps: 3,
      delta: 1e-4,
      accountant: 'pld',
    }),
    9,
  );
  expect(last!.privateAccuracy).toBeGreaterThan(0.25);
  expect(last!.plainAccuracy).toBeGreaterThan(0.25);
  const drawn = last!.lengths.filter((length) => length !== null).length;
  // 60 expected, standard deviation 7.3.
  expect(drawn).toBeGreaterThan(25);
  expect(drawn).toBeLessThan(95);
  const ledger = await openLedger({ version: 'test' });
  const { accounts, events } = await ledger.snapshot();
  expect(accounts.map(({ unit, relation, delta }) => ({ unit, relation, delta }))).toEqual([
    { unit: 'client', relation: 'add-or-remove-one', delta: 1e-4 },
  ]);
  expect(events.map(({ kind, noise }) => [kind, noise]).sort()).toEqual([
    ['federated', 'none'],
    ['federated', 'secure'],
  ]);
  ledger.close();
});
