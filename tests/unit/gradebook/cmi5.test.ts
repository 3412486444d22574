/** Which statements cmi5 gets, and when; the library that words them stands in. */
import { expect, test } from 'vitest';
import { type Cmi5, Cmi5Gradebook, type Session } from '@/lib/gradebook/cmi5';
import type { Report } from '@/lib/gradebook/gradebook';

const REPORT: Report = {
  ...{ done: 8, of: 10, progress: 0.8, complete: true, score: 0.5, passed: false },
  ...{ suspendData: '1|a|---|', states: '1|a|---|', location: 'q-1' },
};

/** An LRS that keeps one state, and every statement by its name. */
function lrs() {
  const said: string[] = [];
  let state: unknown = null;
  let began = 0;
  const say = (name: string) => async () => said.push(name);
  const cmi5 = () => {
    const date = new Date(Date.UTC(2026, 0, 1, 0, 0, began++));
    let initialized = date;
    return {
      initialize: async (session?: { initializedDate: Date }) => {
        if (session) initialized = session.initializedDate;
        else said.push('initialized');
      },
      ...{
        complete: say('completed'),
        pass: say('passed'),
        fail: say('failed'),
        terminate: say('terminated'),
      },
      progress: async (share: number) => said.push(`progressed ${share}`),
      interactionChoice: say('answered'),
      xapi: {
        getState: async () => (state === null ? Promise.reject(new Error('404')) : { data: state }),
        setState: async (given: { state: unknown }) => {
          state = given.state;
        },
      },
      launchData: { launchMode: 'Normal', masteryScore: 0.7 },
      launchParameters: { actor: {}, activityId: 'https://x/a', registration: 'r' },
      getAuthToken: () => 'token',
      getInitializedDate: () => initialized,
    } as unknown as Cmi5;
  };
  let session: Session | null = null;
  const keeper = {
    read: () => session,
    write: (given: Session | null) => {
      session = given;
    },
  };
  return { said, open: () => new Cmi5Gradebook(cmi5(), keeper) };
}

test('is failed only at its end, and passed in a later session', async () => {
  const { said, open } = lrs();
  const first = open();
  expect(await first.open()).toBe('');
  expect([first.looksOnly, first.passingScore]).toEqual([false, 0.7]);
  await first.save({ ...REPORT, progress: 0.5, complete: false, passed: null });
  await first.save(REPORT);
  await first.save(REPORT);
  expect(said).toEqual(['initialized', 'progressed 50', 'progressed 75', 'completed']);
  await first.close(REPORT);
  expect(said.slice(4)).toEqual(['failed', 'terminated']);
  const second = open();
  expect(await second.open()).toBe(REPORT.suspendData);
  await second.save({ ...REPORT, score: 0.9, passed: true });
  await second.close({ ...REPORT, score: 0.9, passed: true });
  expect(said.slice(6)).toEqual(['initialized', 'passed', 'terminated']);
});

test('a page that is loaded again goes on in its session, and what was passed is not failed', async () => {
  const { said, open } = lrs();
  await open().open();
  const again = open();
  await again.open();
  await again.save({ ...REPORT, passed: true });
  await again.close(REPORT);
  expect(said).toEqual(['initialized', 'progressed 75', 'completed', 'passed', 'terminated']);
});
