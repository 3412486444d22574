/** Choosing kernels by measurement, with candidates whose speed and errors are made up. Time is counted, not waited for. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type KernelPreference, keepTrialsIn, settle } from '@/lib/kernels/settle';
import { type Candidate, type Contest, NoRightKernel, type Outcome, tryAll } from '@/lib/kernels/trial';

interface Fake {
  name: string;
  error: number;
  /** To be tested; nothing if absent. */
  testing?: number;
  /** Of each turn; the last one again when there are no more. The first is the warm-up. */
  takes: readonly number[];
}

let now = 0;
let worked: string[] = [];
let made: string[] = [];
const clock = () => now;
beforeEach(() => {
  now = 0;
  worked = [];
  made = [];
});

const candidate = (fake: Fake): Candidate<Fake> => ({
  name: fake.name,
  make() {
    made.push(fake.name);
    return fake;
  },
});

const contest = (...candidates: (Fake | Candidate<Fake>)[]): Contest<Fake> => ({
  name: 'fakes',
  candidates: candidates.map((one) => ('make' in one ? one : candidate(one))),
  tolerance: 1e-5,
  async error({ error, testing = 0 }) {
    now += testing;
    return error;
  },
  async work({ name, takes }) {
    const turn = worked.filter((one) => one === name).length;
    now += takes[Math.min(turn, takes.length - 1)]!;
    worked.push(name);
  },
});

const own: Fake = { name: 'own', error: 1e-7, takes: [50, 4, 3, 5] };
const stock: Fake = { name: 'stock', error: 2e-7, takes: [50, 9, 8, 9] };
const figure = ({ figures }: Outcome, name: string) => figures.find((one) => one.name === name);

describe('a trial', () => {
  test('takes the fastest, by its fastest turn after a first that does not count', async () => {
    const { kernel, outcome } = await tryAll(contest(own, stock), clock);
    expect(kernel).toBe(own);
    expect(outcome).toEqual({
      chosen: 'own',
      figures: [
        { name: 'own', error: 1e-7, milliseconds: 3, refused: null },
        { name: 'stock', error: 2e-7, milliseconds: 9, refused: null },
      ],
    });
    const other = await tryAll(contest({ ...own, takes: [1, 20] }, stock), clock);
    expect(other.kernel).toBe(stock);
  });

  test.each([0.5, 1.01e-5, Number.NaN, Number.POSITIVE_INFINITY])(
    'never takes one that is wrong by %s, however fast',
    async (error) => {
      const { kernel, outcome } = await tryAll(contest({ ...own, error, takes: [0.001] }, stock), clock);
      expect(kernel).toBe(stock);
      expect(figure(outcome, 'own')).toMatchObject({
        milliseconds: null,
        refused: expect.stringContaining('wrong by'),
      });
      expect(worked).not.toContain('own');
    },
  );

  test('goes on without one that this machine has not, or that breaks', async () => {
    const missing = { name: 'missing', make: () => null };
    const broken = { name: 'broken', make: () => Promise.reject(new Error('no SIMD here')) };
    const { kernel, outcome } = await tryAll(contest(missing, broken, stock), clock);
    expect(kernel).toBe(stock);
    expect(figure(outcome, 'missing')?.refused).toMatch(/none/);
    expect(figure(outcome, 'broken')?.refused).toBe('no SIMD here');
    // With nothing to compare there is nothing to time.
    expect(worked).toEqual([]);
  });

  test('refuses to choose where none is right', async () => {
    const all = contest({ ...own, error: 1 }, { ...stock, error: Number.NaN });
    await expect(tryAll(all, clock)).rejects.toThrow(NoRightKernel);
    await expect(tryAll(all, clock)).rejects.toThrow(/own: wrong by 1.0.*stock: wrong by NaN/);
  });

  test('stays with the earlier one near a tie', async () => {
    const slower = { ...own, takes: [1, 10] };
    expect((await tryAll(contest(slower, { ...stock, takes: [1, 9.5] }), clock)).kernel).toBe(slower);
    const faster = { ...stock, takes: [1, 8.9] };
    expect((await tryAll(contest(slower, faster), clock)).kernel).toBe(faster);
    const dear = { ...contest(slower, faster), displaces: 0.5 };
    expect((await tryAll(dear, clock)).kernel).toBe(slower);
  });

  test('takes turns: what slows the machine falls on all alike', async () => {
    await tryAll(contest({ ...own, takes: [1] }, { ...stock, takes: [1.5] }), clock);
    expect(worked).toEqual(Array.from({ length: 12 }, (_, i) => (i % 2 ? 'stock' : 'own')));
  });

  test('is none on a device where testing one takes long: the first that is right is taken', async () => {
    const slow = { ...own, testing: 101 };
    const { kernel, outcome } = await tryAll(contest(slow, stock), clock);
    expect(kernel).toBe(slow);
    expect(figure(outcome, 'stock')).toEqual({
      name: 'stock',
      error: null,
      milliseconds: null,
      refused: null,
    });
    expect(made).toEqual(['own']);
    expect(worked).toEqual([]);
    // A wrong one, however slow, is not taken for that.
    expect((await tryAll(contest({ ...slow, error: 1 }, stock), clock)).kernel).toBe(stock);
    await tryAll({ ...contest(slow, stock), patience: 1000 }, clock);
    expect(worked).toContain('stock');
  });

  test('does not dwell on a slow machine, nor on a slow candidate', async () => {
    await tryAll(contest({ ...own, takes: [400] }, { ...stock, takes: [500] }), clock);
    expect(worked).toEqual(['own', 'stock', 'own', 'stock', 'own', 'stock']);
    worked = [];
    await tryAll(contest({ ...own, takes: [2] }, { ...stock, takes: [6] }), clock);
    expect(worked.filter((name) => name === 'stock')).toHaveLength(2);
    expect(worked.filter((name) => name === 'own')).toHaveLength(6);
  });
});

describe('what was found', () => {
  afterEach(() => keepTrialsIn(null));

  /** As a page keeps it: one list for each machine. */
  function keep(machine: string, preference: KernelPreference = 'auto', kept = new Map<string, Outcome>()) {
    keepTrialsIn({
      preference,
      recall: (name) => kept.get(`${machine} ${name}`) ?? null,
      remember: (name, outcome) => kept.set(`${machine} ${name}`, outcome),
    });
    return kept;
  }

  test('is remembered: the next time nothing is timed, and the chosen one is tested again', async () => {
    const kept = keep('this');
    const { outcome } = await settle(contest(own, stock), clock);
    worked = [];
    made = [];
    const again = await settle(contest(own, stock), clock);
    expect(again).toEqual({ kernel: own, outcome });
    expect(worked).toEqual([]);
    expect(made).toEqual(['own']);
    expect(kept.size).toBe(1);
  });

  test('without a contest is shown, but no finding: the next time there may be leisure for one', async () => {
    const kept = keep('this');
    await settle(contest({ ...own, testing: 500, takes: [1, 30] }, stock), clock);
    expect([...kept.values()].map(({ chosen }) => chosen)).toEqual(['own']);
    const { kernel } = await settle(contest({ ...own, takes: [1, 30] }, stock), clock);
    expect(kernel).toBe(stock);
  });

  test('is found without a contest where there is no leisure for any', async () => {
    keepTrialsIn({ preference: 'auto', patience: 0, recall: () => null, remember: () => {} });
    const { kernel } = await settle(contest({ ...own, testing: 0, takes: [30] }, stock), clock);
    expect(kernel).toMatchObject({ name: 'own' });
    expect(made).toEqual(['own']);
  });

  test('is asked again on another adapter', async () => {
    const kept = keep('this');
    await settle(contest(own, stock), clock);
    keep('other', 'auto', kept);
    const elsewhere = await settle(contest({ ...own, takes: [1, 30] }, stock), clock);
    expect(elsewhere.kernel).toBe(stock);
    expect(kept.size).toBe(2);
  });

  test('does not count when it has become wrong since', async () => {
    const kept = keep('this');
    await settle(contest(own, stock), clock);
    const { kernel } = await settle(contest({ ...own, error: 1 }, stock), clock);
    expect(kernel).toBe(stock);
    expect([...kept.values()][0]?.chosen).toBe('stock');
  });

  test.each([
    ['own', own],
    ['stock', stock],
  ] as const)('can be overruled: %s is taken without a trial', async (preference, expected) => {
    const kept = keep('this', preference);
    expect((await settle(contest(own, stock), clock)).kernel).toBe(expected);
    expect(worked).toEqual([]);
    // What was asked for is no finding.
    expect(kept.size).toBe(0);
  });

  test('is not overruled by one that is wrong or missing', async () => {
    keep('this', 'own');
    expect((await settle(contest({ ...own, error: 1 }, stock), clock)).kernel).toBe(stock);
    expect((await settle(contest(stock), clock)).kernel).toBe(stock);
  });

  test('is found anew each time where nothing can be kept', async () => {
    await settle(contest(own, stock), clock);
    worked = [];
    await settle(contest(own, stock), clock);
    expect(worked).toContain('stock');
  });
});
