/**
 * The promise of the ledger: whatever is killed, whenever, it is never below what was released.
 *
 * Each scenario is played once to count its awaits, then once for every one of them with a fault there.
 */
import { describe, expect, it } from 'vitest';
import type { Ledger, LedgerRun, RunPlan } from '@/lib/ledger';
import { chargedStepsByPhase } from '@/lib/ledger/charge';
import { digits, trainingPlan } from './support/examples';
import { Gate, type Process, settleDown, World } from './support/world';

/** Steps released, by event and phase: written by the steps themselves, outside of the ledger. */
class Releases {
  readonly counts = new Map<string, number[]>();

  add(run: LedgerRun, step: number): void {
    const counts = this.counts.get(run.event.id) ?? run.event.phases.map(() => 0);
    let begin = 0;
    for (const [phase, { steps }] of run.event.phases.entries()) {
      if (step >= begin && step < begin + steps) counts[phase]! += 1;
      begin += steps;
    }
    this.counts.set(run.event.id, counts);
  }

  get total(): number {
    return [...this.counts.values()].flat().reduce((sum, count) => sum + count, 0);
  }

  /** Asserts that every released step is charged, in its own phase. */
  coveredBy(ledger: Ledger, where: string): void {
    for (const [id, released] of this.counts) {
      const event = ledger.snapshot().events.find((candidate) => candidate.id === id);
      expect(event, `${where}: the event of released steps is in the ledger`).toBeDefined();
      const charged = chargedStepsByPhase(event!);
      for (const [phase, count] of released.entries())
        expect(charged[phase], `${where}: phase ${phase} of ${id}`).toBeGreaterThanOrEqual(count);
    }
  }
}

interface Play {
  process: Process;
  releases: Releases;
}

/** Runs steps from..to in stretches, releasing something at each. */
async function runSteps({ process, releases }: Play, run: LedgerRun, from: number, to: number, stretch = 4) {
  for (let step = from; step < to; step++) {
    if (step >= run.announced) await run.segment(Math.min(step + stretch, to));
    await process.await('step:before');
    releases.add(run, step);
    await process.await('step:after');
  }
}

async function reserved(play: Play, plan: Partial<RunPlan> = {}, steps = 24): Promise<LedgerRun> {
  const ledger = await play.process.open();
  const account = await ledger.account(digits);
  const decision = await ledger.reserve(trainingPlan(account.id, steps, plan));
  if (!decision.ok) throw new Error('refused');
  return decision.run;
}

const SCENARIOS: Record<string, (play: Play) => Promise<void>> = {
  'a run to its end': async (play) => {
    const run = await reserved(play);
    await runSteps(play, run, 0, 24);
    await run.finish();
  },
  'a run with two phases of noise': async (play) => {
    const noisy = { kind: 'poisson-gaussian', sampleRate: 0.01, noiseMultiplier: 4, steps: 1 } as const;
    const run = await reserved(play, {
      phases: [
        { perStep: [noisy], steps: 9 },
        {
          perStep: [
            { ...noisy, noiseMultiplier: 1 },
            { kind: 'gaussian', noiseMultiplier: 10, count: 1 },
          ],
          steps: 7,
        },
      ],
    });
    await runSteps(play, run, 0, 16, 5);
    await run.finish();
  },
  'a run stopped with its progress in view': async (play) => {
    const run = await reserved(play);
    await runSteps(play, run, 0, 13);
    await run.stop('user', 13);
  },
  'a run stopped before anything was shown': async (play) => {
    const run = await reserved(play, { shows: 'nothing' });
    await runSteps(play, run, 0, 13);
    await run.stop('user', 13);
  },
  'a run that meets its limit': async (play) => {
    const run = await reserved(play, { limit: '1 second' });
    await runSteps(play, run, 0, 17);
    await run.stop('limit', 17);
  },
  'a run that fails': async (play) => {
    const run = await reserved(play);
    await runSteps(play, run, 0, 6);
    await run.stop('error', 6);
  },
  'a query': async (play) => {
    const ledger = await play.process.open();
    const account = await ledger.account(digits);
    const decision = await ledger.charge(
      trainingPlan(account.id, 1, {
        kind: 'query',
        phases: [{ perStep: [{ kind: 'laplace', scale: 2, sensitivity: 1, count: 1 }], steps: 1 }],
      }),
    );
    if (!decision.ok) throw new Error('refused');
    await runSteps(play, decision.run, 0, 1);
    await decision.run.finish();
  },
  'two runs, one after the other': async (play) => {
    for (let index = 0; index < 2; index++) {
      const run = await reserved(play, {}, 8);
      await runSteps(play, run, 0, 8);
      await run.finish();
    }
  },
  'two runs at once': async (play) => {
    const [one, two] = await Promise.all([reserved(play, {}, 8), reserved(play, {}, 12)]);
    await Promise.all([
      runSteps(play, one!, 0, 8).then(() => one!.finish()),
      runSteps(play, two!, 0, 12, 3).then(() => two!.stop('user', 12)),
    ]);
  },
};

/** Plays a scenario to its end or to its death. */
async function play(world: World, scenario: (play: Play) => Promise<void>, gate: Gate): Promise<Play> {
  const stage = { process: world.process(gate), releases: new Releases() };
  await Promise.race([scenario(stage), stage.process.died]);
  await settleDown();
  return stage;
}

async function countAwaits(scenario: (play: Play) => Promise<void>): Promise<number> {
  const gate = new Gate();
  await play(new World(), scenario, gate);
  return gate.passed;
}

let points = 0;

describe.each(Object.entries(SCENARIOS))('killed at every await of %s', (_name, scenario) => {
  it('leaves a ledger that covers what was released', async () => {
    const awaits = await countAwaits(scenario);
    expect(awaits).toBeGreaterThan(10);
    for (let at = 1; at <= awaits; at++) {
      const world = new World();
      const { process, releases } = await play(world, scenario, new Gate(at));
      expect(process.dead).toBe(true);
      const ledger = await world.process().open();
      releases.coveredBy(ledger, `killed at await ${at} (${process.gate.names.at(-1)})`);
      points += 1;
    }
  });

  it('can be resumed from any checkpoint, with fresh noise, and still covers it', async () => {
    const awaits = await countAwaits(scenario);
    for (let at = 1; at <= awaits; at += 3) {
      const world = new World();
      const stage = await play(world, scenario, new Gate(at));
      const again = { process: world.process(), releases: stage.releases };
      const ledger = await again.process.open();
      for (const { id, attempts, closing } of ledger.snapshot().events) {
        if (closing !== null) continue;
        const reached = attempts.at(-1)?.startedTo ?? 0;
        const decision = await ledger.resume(id, Math.floor(reached / 2), 'fresh');
        if (!decision.ok) throw new Error('refused');
        const planned = decision.run.event.phases.reduce((sum, phase) => sum + phase.steps, 0);
        await runSteps(again, decision.run, Math.floor(reached / 2), planned);
        await decision.run.finish();
      }
      stage.releases.coveredBy(ledger, `resumed after await ${at}`);
      stage.releases.coveredBy(await world.process().open(), `resumed after await ${at}, reopened`);
      points += 1;
    }
  });

  it('is covered by the page when the disk fills up and the worker dies later', async () => {
    const awaits = await countAwaits(scenario);
    for (let at = 1; at <= awaits; at += 2) {
      for (const later of [1, 4, 9, 25]) {
        const world = new World();
        // Slower than a step: only waiting for the answer makes it safe.
        world.messageLatency = 30;
        const page = world.process();
        await page.open();
        const gate = new Gate(at, (process) => {
          world.disk.full = true;
          const inner = new Gate(later);
          gate.pass = (_same, name) => inner.pass(process, name);
        });
        const { releases } = await play(world, scenario, gate);
        await page.ledger.refresh();
        releases.coveredBy(page.ledger, `full at await ${at}, killed ${later} later`);
        // Space again: whatever was only remembered is written down.
        world.disk.full = false;
        await page.ledger.refresh();
        releases.coveredBy(await world.process().open(), `full at await ${at}, space again`);
        points += 1;
      }
    }
  });

  it('is covered by the page when the database is cleared and the worker dies later', async () => {
    const awaits = await countAwaits(scenario);
    for (let at = 1; at <= awaits; at += 2) {
      for (const later of [1, 3, 8]) {
        const world = new World();
        const page = world.process();
        await page.open();
        const gate = new Gate(at, (process) => {
          world.disk.clear();
          for (const other of world.processes) other.storage.onLost?.();
          const inner = new Gate(later);
          gate.pass = (_same, name) => inner.pass(process, name);
        });
        const { releases } = await play(world, scenario, gate);
        await page.ledger.refresh();
        releases.coveredBy(page.ledger, `cleared at await ${at}, killed ${later} later`);
        releases.coveredBy(await world.process().open(), `cleared at await ${at}, reopened`);
        points += 1;
      }
    }
  });

  it('is covered by the page when there is no storage at all', async () => {
    const awaits = await countAwaits(scenario);
    for (let at = 1; at <= awaits; at += 4) {
      const world = new World();
      world.messageLatency = 30;
      world.disk.unavailable = true;
      const page = world.process();
      await page.open();
      const { releases } = await play(world, scenario, new Gate(at));
      releases.coveredBy(page.ledger, `in memory, killed at await ${at}`);
      expect(page.ledger.snapshot().status).toMatchObject({ durable: false, cause: 'unavailable' });
      points += 1;
    }
  });
});

it('struck at hundreds of points', () => {
  expect(points).toBeGreaterThan(1000);
});

it('would notice a ledger that announces a stretch only after it ran', async () => {
  // The same check, on a run that breaks the rule: otherwise the tests above could not fail.
  const breaks = async (stage: Play) => {
    const run = await reserved(stage, { shows: 'nothing' });
    for (let step = 0; step < 24; step++) {
      await stage.process.await('step');
      stage.releases.add(run, step);
      if (step % 8 === 7) await run.segment(step + 1);
    }
    await run.stop('user', 16);
  };
  const world = new World();
  const { releases } = await play(world, breaks, new Gate());
  const ledger = await world.process().open();
  expect(() => releases.coveredBy(ledger, 'rule broken')).toThrow();
});
