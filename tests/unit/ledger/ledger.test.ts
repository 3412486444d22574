/** What a page or a worker asks of the ledger, one behaviour at a time. */
import { describe, expect, it } from 'vitest';
import { chargedSteps, runState } from '@/lib/ledger';
import { hearCharges } from '@/lib/ledger/hear-charges';
import { importLedger } from '@/lib/ledger/import';
import { fromJsonFile, toJsonFile } from '@/lib/ledger/json-file';
import { digits, trainingPlan, tumours } from './support/examples';
import { type Process, settleDown, World } from './support/world';

async function withAccount(process: Process) {
  const ledger = await process.open();
  const account = await ledger.account(digits);
  const reserve = async (steps: number, change: Parameters<typeof trainingPlan>[2] = {}) => {
    const decision = await ledger.reserve(trainingPlan(account.id, steps, change));
    if (!decision.ok) throw new Error('refused');
    return decision.run;
  };
  const events = () => ledger.snapshot().events;
  return { ledger, account, reserve, events };
}

describe('an account', () => {
  it('is one for a data set, a unit and a relation, however often it is opened', async () => {
    const world = new World();
    const [one, two] = [await world.process().open(), await world.process().open()];
    const opened = await Promise.all([one.account(digits), two.account(digits), one.account(digits)]);
    expect(new Set(opened.map((account) => account.id)).size).toBe(1);
    await one.account({ ...digits, unit: 'writer' });
    await one.account(tumours);
    expect((await world.process().open()).snapshot().accounts.length).toBe(3);
  });

  it('keeps every change of its budget, with the reason', async () => {
    const world = new World();
    const { ledger, account } = await withAccount(world.process());
    await ledger.setBudget(account.id, 1, 'rdp', 'for the lesson');
    await ledger.setBudget(account.id, 3, 'rdp', 'one more run, knowingly');
    const { budgets } = (await world.process().open()).snapshot().accounts[0]!;
    expect(budgets.map(({ epsilon, reason }) => [epsilon, reason])).toEqual([
      [1, 'for the lesson'],
      [3, 'one more run, knowingly'],
    ]);
  });

  it('refuses a budget that is none', async () => {
    const { ledger, account } = await withAccount(new World().process());
    for (const epsilon of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
      await expect(ledger.setBudget(account.id, epsilon, 'rdp', '')).rejects.toMatchObject({
        code: 'budget-invalid',
      });
  });
});

describe('a run', () => {
  it('is told to whoever does its work, once for each charge that is admitted', async () => {
    const { ledger, account, reserve } = await withAccount(new World().process());
    const heard: string[] = [];
    const over = hearCharges((event) => heard.push(event));
    const run = await reserve(10);
    expect(heard).toEqual([run.event.id]);
    await ledger.setBudget(account.id, 1e-3, 'rdp', '');
    expect((await ledger.reserve(trainingPlan(account.id, 10))).ok).toBe(false);
    expect(heard).toHaveLength(1);
    over();
  });

  it('is on the disk, whole, before its first step', async () => {
    const world = new World();
    const { reserve } = await withAccount(world.process());
    const run = await reserve(100);
    expect(world.disk.records.events.map(chargedSteps)).toEqual([100]);
    expect(runState(run.event)).toBe('planned');
    await run.segment(10);
    expect(world.disk.records.events[0]!.attempts[0]!.startedTo).toBe(10);
  });

  it('announces steps in order and within its plan', async () => {
    const { reserve } = await withAccount(new World().process());
    const run = await reserve(20);
    await run.segment(10);
    for (const to of [10, 5, 21, 12.5])
      await expect(run.segment(to)).rejects.toMatchObject({ code: 'run-order' });
    await expect(run.stop('user', 11)).rejects.toMatchObject({ code: 'run-order' });
    await run.segment(20);
    await run.finish();
    expect(runState(run.event)).toBe('finished');
  });

  it('cannot go on once it has been closed', async () => {
    const world = new World();
    const { reserve } = await withAccount(world.process());
    const run = await reserve(20, { shows: 'nothing' });
    await run.segment(10);
    await run.stop('user', 10);
    await expect(run.segment(20)).rejects.toMatchObject({ code: 'run-closed' });
    expect(world.disk.records.events.map(chargedSteps)).toEqual([10]);
  });

  it('without secure noise is recorded and named', async () => {
    const { reserve, events, ledger, account } = await withAccount(new World().process());
    await reserve(10, { noise: 'seeded', seed: 7 });
    await reserve(10, { noise: 'none' });
    expect(events().map((event) => [event.noise, event.seed])).toEqual([
      ['seeded', 7],
      ['none', null],
    ]);
    await expect(ledger.reserve(trainingPlan(account.id, 10, { noise: 'seeded' }))).rejects.toMatchObject({
      code: 'plan-invalid',
    });
    await expect(ledger.reserve(trainingPlan(account.id, 10, { seed: 7 }))).rejects.toMatchObject({
      code: 'plan-invalid',
    });
  });

  it('is refused where its mechanism makes no sense, and charges nothing', async () => {
    const { ledger, account, events } = await withAccount(new World().process());
    for (const steps of [0, -1, 1.5, Number.NaN])
      await expect(ledger.reserve(trainingPlan(account.id, steps))).rejects.toMatchObject({
        code: 'plan-invalid',
      });
    await expect(ledger.reserve(trainingPlan('elsewhere', 5))).rejects.toMatchObject({
      code: 'account-unknown',
    });
    expect(events()).toEqual([]);
  });
});

describe('an interrupted run', () => {
  it('that announced nothing is closed without cost; any other stays charged whole', async () => {
    const world = new World();
    const worker = world.process();
    const { reserve } = await withAccount(worker);
    await reserve(10);
    const run = await reserve(20, { shows: 'nothing' });
    await run.segment(4);
    worker.kill();
    const ledger = await world.process().open();
    const states = ledger.snapshot().events.map((event) => [runState(event), chargedSteps(event)]);
    expect(states).toEqual([
      ['refunded', 0],
      ['started', 20],
    ]);
    expect([...ledger.snapshot().interrupted]).toEqual([run.event.id]);
    await ledger.closeInterrupted(run.event.id);
    expect(ledger.snapshot().events.map(chargedSteps)).toEqual([0, 20]);
    expect(ledger.snapshot().events[1]!.closing!.rule).toBe('cause-unknown');
  });

  it('is left alone while it lives', async () => {
    const world = new World();
    const { reserve } = await withAccount(world.process());
    const run = await reserve(20);
    const other = await world.process().open();
    await other.closeInterrupted(run.event.id);
    expect(other.snapshot().events[0]!.closing).toBeNull();
    await expect(other.resume(run.event.id, 0, 'fresh')).rejects.toMatchObject({ code: 'account-busy' });
  });

  it('is charged after resuming like an uninterrupted one, where lost steps are replayed', async () => {
    const world = new World();
    const worker = world.process();
    const { reserve } = await withAccount(worker);
    const run = await reserve(100);
    await run.segment(60);
    worker.kill();
    const { ledger, events } = await withAccount(world.process());
    await expect(ledger.resume(run.event.id, 61, 'fresh')).rejects.toMatchObject({ code: 'run-order' });
    const decision = await ledger.resume(run.event.id, 50, 'identical');
    if (!decision.ok) throw new Error('refused');
    await decision.run.segment(100);
    await decision.run.finish();
    expect(events().map(chargedSteps)).toEqual([100]);
  });

  it('is charged again for lost steps that are drawn anew', async () => {
    const world = new World();
    const worker = world.process();
    const { reserve } = await withAccount(worker);
    const run = await reserve(100);
    await run.segment(60);
    worker.kill();
    const { ledger, events } = await withAccount(world.process());
    const decision = await ledger.resume(run.event.id, 50, 'fresh');
    if (!decision.ok) throw new Error('refused');
    await decision.run.segment(100);
    await decision.run.finish();
    expect(events().map(chargedSteps)).toEqual([110]);
  });
});

describe('forgetting a data set', () => {
  it('takes it out of this page, other pages and the disk, and leaves the rest', async () => {
    const world = new World();
    const { ledger, account, reserve } = await withAccount(world.process());
    const other = await world.process().open();
    const run = await reserve(10);
    await expect(other.forget(account.id)).rejects.toMatchObject({ code: 'account-busy' });
    await run.stop('user', 0);
    const kept = await ledger.account(tumours);
    await ledger.forget(account.id);
    await settleDown();
    for (const known of [ledger, other, await world.process().open()]) {
      expect(known.snapshot().events).toEqual([]);
      expect(known.snapshot().accounts.map((a) => a.id)).toEqual([kept.id]);
      expect(known.snapshot().tombstones[0]!.title).toBe('Digits');
    }
    await other.refresh();
    expect(world.disk.records.events).toEqual([]);
    const again = await ledger.account(digits);
    expect(again.budgets).toEqual([]);
  });
});

describe('notes', () => {
  it('are kept, the last one of all tabs', async () => {
    const world = new World();
    const { ledger, reserve, events } = await withAccount(world.process());
    const run = await reserve(10);
    await ledger.note(run.event.id, 'first');
    const other = await world.process().open();
    await other.note(run.event.id, 'second');
    await ledger.refresh();
    expect(events()[0]!.note!.text).toBe('second');
  });
});

describe('without storage', () => {
  it('two tabs still know of each other', async () => {
    const world = new World();
    world.disk.unavailable = true;
    const { reserve } = await withAccount(world.process());
    await reserve(10);
    const late = await world.process().open();
    expect(late.snapshot().events.map(chargedSteps)).toEqual([10]);
    expect(late.snapshot().status).toEqual({ durable: false, cause: 'unavailable', restored: false });
  });

  it('a budget still holds a run back from going on after it was closed elsewhere', async () => {
    const world = new World();
    world.disk.unavailable = true;
    const { ledger, reserve } = await withAccount(world.process());
    const run = await reserve(10);
    await run.segment(5);
    await ledger.merge(() => ({
      records: {
        events: [
          {
            ...run.event,
            closing: {
              at: run.event.at,
              reason: 'interrupted' as const,
              attempt: run.event.attempts[0]!.id,
              reached: 5,
              chargedTo: 10,
              rule: 'cause-unknown' as const,
            },
          },
        ],
      },
      result: null,
    }));
    await expect(run.segment(10)).rejects.toMatchObject({ code: 'run-closed' });
  });
});

it('imports the ledger of another browser once', async () => {
  const [here, there] = [await withAccount(new World().process()), await withAccount(new World().process())];
  await (await here.reserve(10)).stop('user', 0);
  await here.reserve(20);
  await there.reserve(30);
  const file = fromJsonFile(
    toJsonFile(here.ledger.snapshot(), { exportedAt: '2026-06-01T12:00:00.000Z', version: 'test' }),
  );
  const first = await importLedger(there.ledger, file);
  expect(first).toMatchObject({ newAccounts: 0, newEvents: 2, knownEvents: 0 });
  expect(await importLedger(there.ledger, file)).toMatchObject({
    newEvents: 0,
    knownEvents: 2,
    updatedEvents: 0,
  });
  expect(there.events().map(chargedSteps).sort()).toEqual([0, 20, 30]);
});

it('tells its listeners, and hands out the same snapshot until something changes', async () => {
  const { ledger, reserve } = await withAccount(new World().process());
  let heard = 0;
  const stop = ledger.subscribe(() => {
    heard += 1;
  });
  const before = ledger.snapshot();
  expect(ledger.snapshot()).toBe(before);
  await reserve(10);
  expect(ledger.snapshot()).not.toBe(before);
  expect(heard).toBeGreaterThan(0);
  stop();
  const count = heard;
  await reserve(10);
  expect(heard).toBe(count);
});
