/** The two SCORM gradebooks against a run-time that is not ours (scorm-again), and the search for one through frames. */
import { Scorm12API, Scorm2004API } from 'scorm-again';
import { describe, expect, test } from 'vitest';
import { type GradeEvent, questionPart } from '@/lib/gradebook/events';
import type { Report } from '@/lib/gradebook/gradebook';
import { Scorm12 } from '@/lib/gradebook/scorm-12';
import { Scorm2004 } from '@/lib/gradebook/scorm-2004';
import {
  type Above,
  type Api12,
  type Api2004,
  findApi,
  isoDuration,
  timespan12,
} from '@/lib/gradebook/scorm-api';
import { Sitting } from '@/lib/gradebook/sitting';

const QUESTION = questionPart('What does ε bound?');
const REPORT: Report = {
  ...{ done: 1, of: 3, progress: 1 / 3, complete: false, score: 0.5, passed: null },
  ...{ suspendData: '1|abc|zzA------|#v=1&eps=2', states: '1|abc|zzA------|', location: QUESTION.id },
};
const ANSWERED: GradeEvent = { ...QUESTION, type: 'answered', score: 1, answer: { at: 2, text: 'The odds' } };

/** Every call is written down; the run-time's own checks of element and value hold. */
const api12 = () => new Scorm12API({ autocommit: false, logLevel: 5 });
const api2004 = () => new Scorm2004API({ autocommit: false, logLevel: 5 });
const opened12 = async (api = api12(), now?: () => Date) => {
  const book = new Scorm12(api as unknown as Api12, now);
  return { api, book, kept: await book.open() };
};
const opened2004 = async (api = api2004(), now?: () => Date) => {
  const book = new Scorm2004(api as unknown as Api2004, now);
  return { api, book, kept: await book.open() };
};
/** Ninety seconds lie between its first two answers, and none after. */
const clock = () => {
  const times = [0, 90_000];
  return () => new Date(Date.UTC(2026, 0, 1) + (times.length > 1 ? times.shift()! : times[0]!));
};

/** All that the run-time holds, what a package may not read back too. */
const held = (api: { cmi: unknown }) => JSON.parse(JSON.stringify(api.cmi));

describe('SCORM 1.2', () => {
  test('begins as not complete, and keeps what a report says', async () => {
    const { api, book, kept } = await opened12();
    expect(kept).toBe('');
    expect(api.lmsGetValue('cmi.core.lesson_status')).toBe('incomplete');
    book.save(REPORT);
    expect(api.lmsGetValue('cmi.suspend_data')).toBe(REPORT.suspendData);
    expect(api.lmsGetValue('cmi.core.lesson_location')).toBe(QUESTION.id);
    expect(Number(api.lmsGetValue('cmi.core.score.raw'))).toBe(50);
    expect(api.lmsGetValue('cmi.core.lesson_status')).toBe('incomplete');
  });

  test.each([
    [{ complete: true, passed: null }, 'completed'],
    [{ complete: true, passed: true }, 'passed'],
    [{ complete: true, passed: false }, 'failed'],
  ] as const)('%j is %s', async (how, status) => {
    const { api, book } = await opened12();
    book.save({ ...REPORT, ...how });
    expect(api.lmsGetValue('cmi.core.lesson_status')).toBe(status);
  });

  test('writes an answer down as the standard has it', async () => {
    const { api, book } = await opened12();
    book.answered(ANSWERED);
    book.answered({ ...ANSWERED, id: 'q-other', score: 0 });
    const [first, second] = Object.values(held(api).interactions);
    expect(first).toMatchObject({
      id: QUESTION.id,
      type: 'choice',
      student_response: 'c',
      result: 'correct',
    });
    expect(second).toMatchObject({ id: 'q-other', result: 'wrong' });
  });

  test('ends with its time and goes on where it was, and what was reached stays', async () => {
    const { api, book } = await opened12(api12(), clock());
    book.close({ ...REPORT, complete: true });
    expect(api.isTerminated()).toBe(true);
    // The run-time writes its own form of `0000:01:30.00`.
    expect(held(api).core.session_time).toBe('00:01:30');
    const next = api12();
    next.loadFromJSON(held(api) as never, 'cmi');
    const again = await opened12(next);
    expect(again.kept).toBe(REPORT.suspendData);
    again.book.save({ ...REPORT, complete: false });
    expect(next.lmsGetValue('cmi.core.lesson_status')).toBe('completed');
  });

  test('records nothing of somebody who only looks', async () => {
    const api = api12();
    api.loadFromJSON({ core: { lesson_mode: 'review', lesson_status: 'passed' } } as never, 'cmi');
    const { book } = await opened12(api);
    book.answered(ANSWERED);
    book.save(REPORT);
    expect(api.lmsGetValue('cmi.suspend_data')).toBe('');
    expect(api.lmsGetValue('cmi.core.lesson_status')).toBe('passed');
    book.close(REPORT);
    expect(api.isTerminated()).toBe(true);
  });

  test('says what the course page refuses', async () => {
    const { book } = await opened12();
    expect(() => book.save({ ...REPORT, score: 20 })).toThrow(
      /did not let us write cmi.core.score.raw \(\d+: \w/,
    );
  });
});

describe('SCORM 2004', () => {
  test('keeps how far and how well apart', async () => {
    const { api, book } = await opened2004();
    book.save(REPORT);
    expect(api.lmsGetValue('cmi.completion_status')).toBe('incomplete');
    expect(api.lmsGetValue('cmi.success_status')).toBe('unknown');
    expect(Number(api.lmsGetValue('cmi.progress_measure'))).toBeCloseTo(1 / 3, 3);
    expect(Number(api.lmsGetValue('cmi.score.scaled'))).toBe(0.5);
    expect(Number(api.lmsGetValue('cmi.score.raw'))).toBe(50);
    book.save({ ...REPORT, complete: true, passed: false });
    expect(api.lmsGetValue('cmi.completion_status')).toBe('completed');
    expect(api.lmsGetValue('cmi.success_status')).toBe('failed');
    book.save({ ...REPORT, complete: true, passed: true });
    expect(api.lmsGetValue('cmi.success_status')).toBe('passed');
  });

  test('writes an answer down as the standard has it', async () => {
    const { api, book } = await opened2004();
    book.answered(ANSWERED);
    expect(Number(api.lmsGetValue('cmi.interactions._count'))).toBe(1);
    const value = (name: string) => api.lmsGetValue(`cmi.interactions.0.${name}`);
    expect([
      value('id'),
      value('type'),
      value('learner_response'),
      value('result'),
      value('description'),
    ]).toEqual([QUESTION.id, 'choice', 'c', 'correct', QUESTION.text]);
    expect(value('timestamp')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ$/);
  });

  test('ends with its time, suspended until it is complete, and goes on where it was', async () => {
    const { api, book } = await opened2004(api2004(), clock());
    book.close(REPORT);
    expect(api.isTerminated()).toBe(true);
    expect(held(api).session_time).toBe('PT90S');
    expect(held(api).location).toBe(QUESTION.id);
    expect(held(api).exit).toBe('suspend');
    const next = api2004();
    next.loadFromJSON(
      { suspend_data: REPORT.suspendData, completion_status: 'completed', success_status: 'passed' } as never,
      'cmi',
    );
    const again = await opened2004(next);
    expect(again.kept).toBe(REPORT.suspendData);
    again.book.save({ ...REPORT, passed: false });
    expect(next.lmsGetValue('cmi.completion_status')).toBe('completed');
    expect(next.lmsGetValue('cmi.success_status')).toBe('passed');
  });

  test('says what the course page refuses', async () => {
    const api = api2004();
    const { book } = await opened2004(api);
    api.lmsFinish();
    expect(() => book.save(REPORT)).toThrow(/did not let us write cmi.suspend_data/);
    await expect(opened2004(api)).rejects.toThrow(/did not let us begin \(104/);
  });
});

const yes = () => 'true';

describe('a course page', () => {
  const chain = (depth: number, name: string, api: unknown): Above => {
    let at = { parent: null } as Above;
    at.parent = at;
    at[name] = api;
    for (let up = 0; up < depth; up += 1) at = { parent: at };
    return at;
  };

  test('is found in this window, above it, and above the one that opened it', () => {
    const api = { LMSInitialize: yes };
    for (const depth of [0, 1, 7]) expect(findApi(chain(depth, 'API', api), 'API')).toBe(api);
    const alone = chain(2, 'other', 1);
    expect(findApi(alone, 'API')).toBeNull();
    expect(findApi({ ...alone, opener: chain(3, 'API', api) }, 'API')).toBe(api);
    expect(findApi(chain(1, 'API', api), 'API_1484_11')).toBeNull();
  });

  test('is no frame and no element that bears its name', () => {
    const api = { LMSInitialize: yes };
    const course = chain(1, 'API', api);
    expect(findApi({ parent: course, API: { nodeName: 'IFRAME' } }, 'API')).toBe(api);
    expect(findApi({ parent: course, API: api, API_1484_11: {} }, 'API_1484_11')).toBeNull();
  });

  test('is found above the window that opened the outermost frame', () => {
    const api = { Initialize: yes };
    const popup = { ...chain(0, 'other', 1), opener: chain(4, 'API_1484_11', api) } as Above;
    popup.parent = popup;
    expect(findApi({ parent: { parent: popup } }, 'API_1484_11')).toBe(api);
  });

  test('of another origin is none, and windows without end are not searched for ever', () => {
    const foreign = new Proxy({} as Above, {
      get() {
        throw new Error('SecurityError');
      },
    });
    expect(findApi({ parent: foreign }, 'API')).toBeNull();
    let looked = 0;
    const endless: Above = {
      get parent(): Above {
        looked += 1;
        return { ...endless, parent: endless };
      },
    };
    expect(findApi(endless, 'API')).toBeNull();
    expect(looked).toBeLessThan(5000);
  });
});

test('times are written as the standards have them', () => {
  expect(timespan12(0)).toBe('0000:00:00.00');
  expect(timespan12(3723.456)).toBe('0001:02:03.46');
  expect(timespan12(-5)).toBe('0000:00:00.00');
  expect(isoDuration(90.126)).toBe('PT90.13S');
});

describe('a sitting', () => {
  const parts = [QUESTION, { id: 'train', kind: 'cell' as const, text: 'Train' }];
  const rules = { enough: 1, pass: null };
  const sitting = (book: ConstructorParameters<typeof Sitting>[0], settings = '') => {
    const said: [string, boolean][] = [];
    const one = new Sitting(book, {
      ...{ parts, rules, limit: 4096, settings: () => settings },
      say: (words, wrong) => said.push([words, wrong]),
    });
    return { one, said };
  };

  test('records what is heard, and the next goes on with its answers and settings', async () => {
    const api = api12();
    const { one, said } = sitting(new Scorm12(api as unknown as Api12), '#v=1&eps=2');
    expect(await one.open()).toEqual({ settings: '', answers: {} });
    await one.heard(ANSWERED);
    await one.heard({ ...ANSWERED, score: 0 });
    expect(said.at(-1)).toEqual(['1 of 2 done · score 100 % · recorded by the course (SCORM 1.2).', false]);
    await one.heard({ type: 'completed', kind: 'cell', id: 'train', text: 'Train' });
    expect(api.lmsGetValue('cmi.core.lesson_status')).toBe('completed');
    expect(api.cmi.interactions.childArray).toHaveLength(1);
    void one.close();
    const next = api12();
    next.loadFromJSON(held(api) as never, 'cmi');
    const again = sitting(new Scorm12(next as unknown as Api12));
    expect(await again.one.open()).toEqual({ settings: '#v=1&eps=2', answers: { [QUESTION.id]: 2 } });
    expect(again.one.report).toMatchObject({ done: 2, complete: true, score: 1 });
  });

  test('without a course page, and with one that refuses, goes on and says so', async () => {
    const alone = sitting(null);
    await alone.one.open();
    await alone.one.heard(ANSWERED);
    expect(alone.said.at(-1)).toEqual([
      '1 of 2 done · score 100 % · not recorded: no course page was found.',
      true,
    ]);
    const api = api2004();
    api.lmsInitialize();
    api.lmsFinish();
    const refused = sitting(new Scorm2004(api as unknown as Api2004));
    await refused.one.open();
    expect(refused.said.at(-1)![0]).toMatch(/^Not recorded\. The course page did not let us begin/);
  });
});
