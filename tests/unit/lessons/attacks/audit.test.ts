/**
 * The lesson's audit on the trainer as it is and with every planted fault. Seeds are fixed: the verdicts are the same on every run.
 * How often each fault is found over many seeds is measured by `npm run audit-table`.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { FAULT_WORDS } from '@/components/lessons/attacks/audit/faults';
import {
  claimedEpsilon,
  judge,
  type LookResult,
  P_VALUE,
  shuffledEpsilon,
} from '@/components/lessons/attacks/experiments/audit';
import {
  AUDIT_FAULTS,
  type AuditFault,
  faultyRandom,
} from '@/components/lessons/attacks/experiments/audit-faults';
import {
  type AuditTools,
  largeTraining,
  tinyTrainings,
} from '@/components/lessons/attacks/experiments/audit-trainings';
import { SeededRandom } from '@/lib/random';
import { startBackend } from '@/tests/harness/backend';

const SIGMA = 2.5;
const CLAIMED = claimedEpsilon(SIGMA);

const tools = (seed: number): AuditTools => ({
  coin: new SeededRandom(seed, 3),
  noise: new SeededRandom(seed, 1),
  breathe: async () => {},
});
const large = async (fault: AuditFault, seed = 1) =>
  (await largeTraining(SIGMA, fault, tools(seed))).map(judge);
// Fewer than in the lesson: enough for these faults.
const tiny = async (fault: AuditFault, seed = 1) =>
  (await tinyTrainings(SIGMA, fault, tools(seed), fault === 'none' ? 100 : 250)).map(judge);
const largest = (looks: readonly LookResult[]) =>
  Math.max(...looks.flatMap(({ bounds }) => Object.values(bounds)));
const found = (looks: readonly LookResult[]) =>
  looks.flatMap(({ id, bounds }) =>
    Object.entries(bounds)
      .filter(([, epsilon]) => epsilon > CLAIMED)
      .map(([bound]) => `${id} ${bound}`),
  );

beforeAll(() => startBackend('wasm'));

describe('the trainer as it is', () => {
  test.each([1, 2, 3])(
    'is not refuted by one large training, seed %d, though something is seen',
    async (seed) => {
      const looks = await large('none', seed);
      expect(largest(looks)).toBeLessThan(CLAIMED);
      expect(looks[0]!.bounds.spread).toBeGreaterThan(0.6 * CLAIMED);
    },
  );

  test('is not refuted by tiny trainings', async () => {
    expect(largest(await tiny('none'))).toBeLessThan(CLAIMED);
  });
});

describe('planted faults', () => {
  test('no noise: by everything that is summed', async () => {
    expect(found(await large('no-noise'))).toContain('own-direction shift');
  });

  test('no clip: the canaries shout', async () => {
    expect(found(await large('no-clip'))).toEqual(
      expect.arrayContaining(['own-direction steinke', 'own-direction curve', 'own-direction shift']),
    );
  });

  test('half the noise: by the scores, not by guesses', async () => {
    const looks = found(await large('half-noise'));
    expect(looks).toContain('own-direction spread');
    expect(looks).not.toContain('own-direction steinke');
  });

  test('noise reused: the steps of those left out differ in nothing', async () => {
    expect(found(await large('noise-reused'))).toEqual(['wobble curve']);
  });

  test('divisor from the private number of rows: by the size of the noise alone', async () => {
    expect(found(await tiny('private-divisor'))).toContain('size curve');
    // The large training has 200 rows: one more or less is nothing there.
    expect(largest(await large('private-divisor'))).toBeLessThan(CLAIMED);
  });

  test('lots cut: by a canary that pushes others out', async () => {
    expect(found(await tiny('lot-cut'))).toEqual(['against-others shift']);
  });

  test('shuffled: not found, as the words say', async () => {
    expect(found(await large('shuffled'))).toEqual([]);
  });

  test('shuffled: what is proven beside it is more than claimed, unknown or less, as the noise is', () => {
    const [little, middling, much] = [0.5, SIGMA, 10].map((sigma) => ({
      ...shuffledEpsilon(sigma),
      claimed: claimedEpsilon(sigma),
    }));
    expect(little!.atMost).toBeLessThan(little!.claimed);
    expect(middling!.atLeast).toBeGreaterThan(middling!.claimed);
    expect(much!.atLeast).toBeLessThan(much!.claimed);
    expect(much!.atMost).toBeGreaterThan(much!.claimed);
  });
});

test('what is planted is what it says', () => {
  const drawn = (fault: AuditFault, lots: number) => {
    const random = faultyRandom(fault, new SeededRandom(5));
    return Array.from({ length: lots }, () => {
      const lot = [...random.poissonSample(10, 0.5)];
      const noise = new Float64Array(3);
      random.fillGaussian(noise, 2);
      return { lot, noise: [...noise] };
    });
  };
  // Reused: the first step's noise is that of an honest trainer, and comes again; lots stay fresh.
  const [first, second] = drawn('noise-reused', 2);
  expect(second!.noise).toEqual(first!.noise);
  expect(second!.lot).not.toEqual(first!.lot);
  // Cut: never more than half of the five expected.
  for (const { lot } of drawn('lot-cut', 20)) expect(lot.length).toBeLessThanOrEqual(2);
  // Shuffled: two lots of five are all ten.
  const [one, other] = drawn('shuffled', 2);
  expect([...one!.lot, ...other!.lot].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(drawn('shuffled', 4)[2]!.lot).not.toEqual(one!.lot);
});

test('all bounds together are held to 5 %', async () => {
  const looks = [...(await large('none')), ...(await tinyTrainings(SIGMA, 'none', tools(1), 40)).map(judge)];
  const bounds = looks.flatMap((look) => Object.keys(look.bounds));
  expect(P_VALUE * bounds.length).toBeCloseTo(0.05, 12);
});

test('every fault has its words, and every one but none a source', () => {
  expect(Object.keys(FAULT_WORDS)).toEqual([...AUDIT_FAULTS]);
  for (const fault of AUDIT_FAULTS)
    if (fault !== 'none') expect(FAULT_WORDS[fault].source?.href).toMatch(/^https:\/\//);
});
