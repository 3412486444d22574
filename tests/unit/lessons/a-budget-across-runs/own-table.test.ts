/** Questions to a table of the learner's own: an account by content, charged before any answer. The seed is fixed. */
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { labelOfCharge } from '@/components/label/label-of-charge';
import { askCount } from '@/components/lessons/a-budget-across-runs/experiments/ask-count';
import { MOST_GROUPS, type OwnFile } from '@/components/lessons/a-budget-across-runs/own-table';
import { chargedRelease, hashBytes, openLedger } from '@/lib/ledger';
import { discreteLaplaceMechanism } from '@/lib/privacy';
import { type RandomSource, SeededRandom } from '@/lib/random';
import { plainContext } from '@/tests/harness/experiment';

const CSV = 'name,ill\nA,yes\nB,no\nC,yes\nD,yes\n';
const own = (name: string, text = CSV): OwnFile => ({ name, bytes: new TextEncoder().encode(text) });

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

async function books() {
  const ledger = await openLedger();
  const { accounts, events } = ledger.snapshot();
  ledger.close();
  return { accounts, events };
}

/** Asks how many are ill: column 1, value 1 of “no” and “yes”. */
function ask(
  file: OwnFile,
  epsilon: number,
  noise: () => RandomSource = () => new SeededRandom(1),
  value: number | null = 1,
) {
  const context = plainContext<null>({
    input: () => file as never,
    random: { secure: noise, seeded: (seed) => new SeededRandom(seed) },
  });
  const params = askCount.params.parse({
    own: { file: hashBytes(file.bytes), column: 1, value },
    epsilon,
  });
  return askCount.run(params, context);
}

test('the count of the value that was asked for, with the noise of the register', async () => {
  const { answer } = await ask(own('ill.csv'), 0.5);
  expect(answer).toBe(discreteLaplaceMechanism({ scale: 2 }).release(3, new SeededRandom(1)));
});

test('it is charged before it is answered, and the books hold neither column nor value', async () => {
  const broken = ask(own('ill.csv'), 0.5, () => {
    throw new Error('the power went');
  });
  await expect(broken).rejects.toThrow('the power went');
  const { accounts, events } = await books();
  expect(accounts).toMatchObject([
    { dataset: { hash: hashBytes(own('').bytes), title: 'Your table (ill.csv, 4 rows)', size: 4 } },
  ]);
  expect(events.map(({ phases }) => phases)).toEqual([
    [{ perStep: [{ kind: 'pure', epsilon: 0.5, count: 1 }], steps: 1 }],
  ]);
  expect(JSON.stringify({ accounts, events })).not.toMatch(/yes|"ill"|name,ill/);
});

test('the same bytes under another name share a budget; another table has its own', async () => {
  expect((await ask(own('one.csv'), 0.6)).refusal).toBeNull();
  const again = await ask(own('two.csv'), 0.6);
  expect(again).toMatchObject({ answer: null, event: null });
  expect(again.refusal?.account.dataset.title).toBe('Your table (one.csv, 4 rows)');
  expect((await ask(own('one.csv', `${CSV}E,no\n`), 0.6)).refusal).toBeNull();
  const { accounts, events } = await books();
  expect(accounts).toHaveLength(2);
  expect(events).toHaveLength(2);
});

test('a question about another file, or a value that it has not, costs nothing', async () => {
  const { bytes } = own('');
  const context = plainContext<null>({ input: () => own('x.csv', 'name,ill\nA,no\n') as never });
  const asked = { own: { file: hashBytes(bytes), column: 1, value: 0 }, epsilon: 0.5 };
  await expect(askCount.run(asked, context)).rejects.toMatchObject({ code: 'table-changed' });
  await expect(ask(own('x.csv', 'name,ill\nA,no\n'), 0.5)).rejects.toMatchObject({ code: 'table-changed' });
  expect((await books()).accounts).toEqual([]);
});

test('a file name of any length fits the ledger', async () => {
  await ask(own(`${'long '.repeat(60)}.csv`), 0.1);
  expect((await books()).accounts[0]!.dataset.title.length).toBeLessThanOrEqual(200);
});

test('a table without a header is asked with its first person, on the account of its bytes', async () => {
  const file = own('no-header.csv', '41,Office\n29,Shop\n35,Office\n');
  const params = askCount.params.parse({
    own: { file: hashBytes(file.bytes), column: 1, value: 0, header: false },
    epsilon: 0.5,
  });
  const context = plainContext<null>({
    input: () => file as never,
    random: { secure: () => new SeededRandom(1), seeded: (seed) => new SeededRandom(seed) },
  });
  const { answer, question } = await askCount.run(params, context);
  expect(answer).toBe(Math.round(2 + new SeededRandom(1).laplace(2)));
  expect(question).toContain('without a header');
  const { accounts } = await books();
  expect(accounts).toHaveLength(1);
  expect(accounts[0]!.dataset).toMatchObject({ hash: hashBytes(file.bytes), size: 3 });
});

const each = (file: OwnFile, epsilon: number) => ask(file, epsilon, undefined, null);

test('all values of a column are counted as one histogram, which costs what one count costs', async () => {
  const text = `${CSV}E,\nF,no\n`;
  const { counts, answer, question } = await each(own('ill.csv', text), 0.5);
  const [noise, noisy] = [new SeededRandom(1), discreteLaplaceMechanism({ scale: 2 })];
  // No answer, “no”, “yes”.
  const expected = [1, 2, 3].map((count) => noisy.release(count, noise));
  expect(counts).toEqual(expected);
  expect(answer).toBe(expected[0]);
  expect(question).toContain('each');
  const { accounts, events } = await books();
  expect(events).toHaveLength(1);
  const count = { kind: 'pure', epsilon: 0.5, count: 1 };
  expect(events[0]!.phases).toEqual([
    { perStep: [{ kind: 'parallel', groups: [count, count, count], count: 1 }], steps: 1 },
  ]);
  const release = chargedRelease(events[0]!, accounts[0]!)!;
  const { epsilon } = release;
  expect(labelOfCharge(release).notCovered[0]).toContain('The list of groups');
  expect(epsilon).toBeLessThanOrEqual(0.5);
  expect(epsilon).toBeGreaterThan(0.4999);
  // The budget of 1 has room for just one more such answer.
  expect((await each(own('ill.csv', text), 0.5)).refusal).toBeNull();
  expect((await each(own('ill.csv', text), 0.5)).refusal).not.toBeNull();
  expect(JSON.stringify(await books())).not.toMatch(/yes|"ill"|name,ill/);
});

test('a histogram of more values than anybody reads costs nothing and is not made', async () => {
  const many = Array.from({ length: MOST_GROUPS + 1 }, (_, i) => `A,${i}\n`).join('');
  await expect(each(own('many.csv', `name,number\n${many}`), 0.5)).rejects.toMatchObject({
    code: 'too-many-values',
  });
  expect((await books()).accounts).toEqual([]);
});
