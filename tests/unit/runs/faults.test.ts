/**
 * The ledger's promise, kept by the runs that the rooms make: a private training with its plain twin, stopped, broken off, gone on with,
 * in two tabs at once. Whatever is killed at whichever await, whatever the disk and the clock do, what was released is charged.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Ledger, openLedger } from '@/lib/ledger';
import { chargedSteps } from '@/lib/ledger/charge';
import { mnistAccount } from '@/lib/runs/accounts/mnist';
import { type ChargedRun, resumeRun } from '@/lib/runs/charge-run';
import { chargeTwins, type Twins, together } from '@/lib/runs/charge-twins';
import { poissonPhases } from '@/lib/runs/phases';
import { whileCharged } from '@/lib/runs/while-charged';
import { Gate, type Process, settleDown, World } from '../ledger/support/world';

vi.mock('@/lib/ledger', async (original) => ({ ...(await original<object>()), openLedger: vi.fn() }));

/** More than one stretch that is announced at a time, and not a whole number of them. */
const STEPS = 30;
const run = { sampleRate: 0.02, noiseMultiplier: 1.2, steps: STEPS };
const twins: Twins = {
  account: mnistAccount('ab'.repeat(32), 60_000),
  both: { kind: 'training', shows: 'progress' },
  seed: null,
  privately: { title: 'private', phases: poissonPhases(run), settings: {} },
  plainly: { title: 'plain', phases: poissonPhases({ ...run, noiseMultiplier: 0 }), settings: {} },
};

/** A tab: every ledger that its workers open lives and dies with it. */
class Tab {
  readonly ledgers: Process[] = [];
  readonly died: Promise<void>;
  #die = () => {};

  constructor(
    readonly world: World,
    readonly gate: Gate,
  ) {
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  open(): Promise<Ledger> {
    const process = this.world.process(this.gate);
    this.ledgers.push(process);
    return process.open();
  }

  kill(): void {
    for (const process of this.ledgers) process.kill();
    this.#die();
  }

  /** One step of a training: what comes out of it is seen. */
  async step(seen: Seen, ...events: string[]): Promise<void> {
    const [first] = this.ledgers;
    await this.gate.pass(first!, 'step:before');
    for (const event of events) seen.set(event, (seen.get(event) ?? 0) + 1);
    await this.gate.pass(first!, 'step:after');
  }
}

/** Steps whose outcome somebody saw, by event. */
type Seen = Map<string, number>;

const opens = vi.mocked(openLedger);
const inHand = async (): Promise<ChargedRun> => {
  const decision = await chargeTwins(twins);
  if (!decision.ok) throw new Error('refused');
  return decision.charged;
};

/** As a room does it. @param until steps, then what ends it */
async function train(
  tab: Tab,
  seen: Seen,
  until = STEPS,
  ends: 'stop' | 'error' | null = null,
): Promise<void> {
  const stopped = new AbortController();
  const charged = await inHand();
  await whileCharged(charged, { signal: stopped.signal, describe() {} }, async (before) => {
    for (let step = 1; step <= until; step++) {
      await before(step);
      await tab.step(seen, charged.event, charged.beside!);
    }
    if (ends === 'stop') stopped.abort();
    if (ends !== null) throw new Error(ends);
  }).catch(() => undefined);
}

/** Breaks off and goes on from a checkpoint that lies before what was reached. */
async function goOn(tab: Tab, seen: Seen): Promise<void> {
  const charged = await inHand();
  for (let step = 1; step <= 12; step++) {
    await charged.before(step);
    await tab.step(seen, charged.event, charged.beside!);
  }
  charged.leave();
  const again = await Promise.all(
    [charged.event, charged.beside!].map((event) => resumeRun(event, 8, 'fresh')),
  );
  const [first, second] = again.map((decision) => {
    if (!decision.ok) throw new Error('refused');
    return decision.charged;
  });
  const both = together(first!, second!);
  for (let step = 9; step <= STEPS; step++) {
    await both.before(step);
    await tab.step(seen, both.event, both.beside!);
  }
  await both.close('finished', STEPS);
}

const SCENARIOS: Record<string, (tab: Tab, seen: Seen) => Promise<void>> = {
  'a training to its end': (tab, seen) => train(tab, seen),
  'a training that is stopped': (tab, seen) => train(tab, seen, 17, 'stop'),
  'a training that breaks': (tab, seen) => train(tab, seen, 17, 'error'),
  'a training that is gone on with': goOn,
};

interface Play {
  tab: Tab;
  seen: Seen;
}

/** Plays in one tab to its end, or to its death. */
async function play(world: World, scenario: (typeof SCENARIOS)[string], gate: Gate): Promise<Play> {
  const tab = new Tab(world, gate);
  opens.mockImplementation(() => tab.open());
  const seen: Seen = new Map();
  await Promise.race([scenario(tab, seen), tab.died]);
  await settleDown();
  return { tab, seen };
}

/** Strikes once, and kills the tab so many awaits later. */
function strikeThenKill(at: number, later: number, strike: () => void, tabOf: () => Tab): Gate {
  const gate: Gate = new Gate(at, () => {
    strike();
    const inner = new Gate(later, () => tabOf().kill());
    gate.pass = (process, name) => inner.pass(process, name);
  });
  return gate;
}

function covers(ledger: Ledger, seen: Seen, where: string): void {
  const { events } = ledger.snapshot();
  for (const [id, steps] of seen) {
    const event = events.find((one) => one.id === id);
    expect(event, `${where}: ${id} is in the ledger`).toBeDefined();
    expect(chargedSteps(event!), where).toBeGreaterThanOrEqual(steps);
  }
}

async function awaitsOf(scenario: (typeof SCENARIOS)[string]): Promise<number> {
  const gate = new Gate();
  await play(new World(), scenario, gate);
  return gate.passed;
}

async function playStruck(
  world: World,
  scenario: (typeof SCENARIOS)[string],
  at: number,
  later: number,
  strike: () => void,
): Promise<Play> {
  let tab: Tab | undefined;
  const gate = strikeThenKill(at, later, strike, () => tab!);
  const seen: Seen = new Map();
  tab = new Tab(world, gate);
  const here = tab;
  opens.mockImplementation(() => here.open());
  await Promise.race([scenario(here, seen), here.died]);
  await settleDown();
  return { tab: here, seen };
}

const CLOCK = new Date('2026-03-01T12:00:00Z');
const A_YEAR_MS = 365 * 24 * 3600 * 1000;
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: CLOCK }));
afterEach(() => void vi.useRealTimers());

describe.each(Object.entries(SCENARIOS))('%s', (_name, scenario) => {
  test('is charged wherever its tab is killed', async () => {
    const awaits = await awaitsOf(scenario);
    expect(awaits).toBeGreaterThan(40);
    let killed = 0;
    for (let at = 1; at <= awaits; at++) {
      const world = new World();
      const { tab, seen } = await playStruck(world, scenario, at, 1, () => undefined);
      if (tab.ledgers.every(({ dead }) => dead)) killed += 1;
      covers(await world.process().open(), seen, `killed at await ${at}`);
    }
    // All but those that had ended by then.
    expect(killed).toBeGreaterThan(awaits * 0.9);
  });

  test('is charged though the clock goes back a year on the way, and the tab is killed later', async () => {
    const awaits = await awaitsOf(scenario);
    for (let at = 1; at <= awaits; at += 7)
      for (const later of [2, 20]) {
        vi.setSystemTime(CLOCK);
        const world = new World();
        const { seen } = await playStruck(world, scenario, at, later, () => {
          vi.setSystemTime(CLOCK.getTime() - A_YEAR_MS);
        });
        covers(await world.process().open(), seen, `clock back at await ${at}, killed ${later} later`);
      }
  });

  test('is charged by the page though the disk fills up, and by the next once there is room', async () => {
    const awaits = await awaitsOf(scenario);
    for (let at = 1; at <= awaits; at += 9)
      for (const later of [3, 21]) {
        const world = new World();
        world.messageLatency = 30;
        const page = world.process();
        await page.open();
        const { seen } = await playStruck(world, scenario, at, later, () => {
          world.disk.full = true;
        });
        await page.ledger.refresh();
        covers(page.ledger, seen, `full at await ${at}, killed ${later} later`);
        world.disk.full = false;
        await page.ledger.refresh();
        covers(await world.process().open(), seen, `room again after await ${at}`);
      }
  });

  test('is charged though the database is lost on the way', async () => {
    const awaits = await awaitsOf(scenario);
    for (let at = 1; at <= awaits; at += 9)
      for (const later of [2, 9]) {
        const world = new World();
        const page = world.process();
        await page.open();
        const { seen } = await playStruck(world, scenario, at, later, () => {
          world.disk.clear();
          for (const one of world.processes) one.storage.onLost?.();
        });
        await page.ledger.refresh();
        covers(page.ledger, seen, `lost at await ${at}, killed ${later} later`);
        covers(await world.process().open(), seen, `lost at await ${at}, opened anew`);
      }
  });
});

test('two tabs that train at once are both charged, one of them killed anywhere', async () => {
  const awaits = await awaitsOf(SCENARIOS['a training to its end']!);
  for (let at = 1; at <= awaits; at += 3) {
    const world = new World();
    const killed: Tab = new Tab(world, new Gate(at, () => killed.kill()));
    const lives = new Tab(world, new Gate());
    const seen: Seen = new Map();
    // Which tab asks is known while it asks; the ledgers of a training are opened before its first step.
    let turn = killed;
    opens.mockImplementation(() => turn.open());
    const first = train(killed, seen);
    turn = lives;
    const second = train(lives, seen);
    await Promise.race([Promise.all([first, second]), Promise.all([killed.died, second])]);
    await settleDown();
    covers(await world.process().open(), seen, `killed at await ${at}`);
    expect(Math.max(...seen.values())).toBe(STEPS);
  }
});

test('a run that is seen before it is announced would be noticed', async () => {
  const early = async (tab: Tab, seen: Seen) => {
    const charged = await inHand();
    for (let step = 1; step <= 5; step++) await tab.step(seen, charged.event);
    await charged.close('user', 0);
  };
  const world = new World();
  const { seen } = await play(world, early, new Gate());
  const ledger = await world.process().open();
  expect(() => covers(ledger, seen, 'rule broken')).toThrow();
});
