/** Questions to the register: what they cost, what comes back, and which filter holds them. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import {
  askPhases,
  countsOf,
  HISTOGRAMS,
  makeRegister,
  noiseVariance,
  type QuestionId,
  REGISTER_SIZE,
} from '@/components/lessons/a-budget-across-runs/account';
import { askCount } from '@/components/lessons/a-budget-across-runs/experiments/ask-count';
import { chargedMechanisms, currentBudget, filterEpsilon, openLedger } from '@/lib/ledger';
import { discreteLaplaceMechanism } from '@/lib/privacy';
import { SeededRandom } from '@/lib/random';
import { plainContext } from '@/tests/harness/experiment';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

function ask(question: QuestionId, epsilon: number) {
  const context = plainContext<null>({
    random: { secure: () => new SeededRandom(1), seeded: (seed) => new SeededRandom(seed) },
  });
  return askCount.run(askCount.params.parse({ question, epsilon }), context);
}

async function books() {
  const ledger = await openLedger();
  const { accounts, events } = ledger.snapshot();
  ledger.close();
  return { account: accounts[0]!, events };
}

test('ten answers at a tenth fit a budget of 1, and nothing fits after them', async () => {
  for (let asked = 0; asked < 10; asked++) expect((await ask('ill', 0.1)).refusal).toBeNull();
  const { refusal } = await ask('smokes', 0.02);
  expect(refusal).toMatchObject({ budget: { epsilon: 1, filter: 'adaptive' }, raiseTo: 1.02 });
});

test('one answer at 1 fits, too', async () => {
  expect((await ask('old', 1)).refusal).toBeNull();
});

test('a histogram has an answer for every group, for the price of one', async () => {
  const { groups } = HISTOGRAMS.ages;
  const { counts, answer } = await ask('ages', 0.5);
  const truth = countsOf('ages', makeRegister().people);
  expect(truth).toHaveLength(groups.length);
  // Everybody is in one group, and in no second one.
  expect(truth.reduce((a, b) => a + b, 0)).toBe(REGISTER_SIZE);
  expect(truth.every((count) => count > 50)).toBe(true);
  const random = new SeededRandom(1);
  const noisy = discreteLaplaceMechanism({ scale: 2 });
  expect(counts).toEqual(truth.map((count) => noisy.release(count, random)));
  expect(answer).toBe(counts![0]);

  const { account, events } = await books();
  expect(events.map(({ phases }) => phases)).toEqual([askPhases(0.5, groups.length)]);
  const charged = events.flatMap(chargedMechanisms);
  for (const kind of ['adaptive', 'rdp', 'pld'] as const)
    expect(filterEpsilon(charged, account.delta, kind)).toBeLessThanOrEqual(0.5);
  expect(currentBudget(account)!.filter).toBe('adaptive');
  // Once more fits exactly.
  expect((await ask('ages', 0.5)).refusal).toBeNull();
  expect((await ask('ages', 0.02)).refusal).not.toBeNull();
});

test('the ± that is shown is the standard deviation of the noise', () => {
  for (const epsilon of [0.02, 0.1, 1, 2]) {
    const { likelihood } = discreteLaplaceMechanism({ scale: 1 / epsilon });
    let variance = 0;
    for (let x = -5000; x <= 5000; x++) variance += x * x * likelihood(x, 0);
    expect(noiseVariance(epsilon) / variance).toBeCloseTo(1, 9);
  }
});
