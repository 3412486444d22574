/** Course pages that are not as the standards have them, or that a learner only looks through: nothing is lost, and nothing false is said. */
import { describe, expect, test } from 'vitest';
import { questionPart } from '@/lib/gradebook/events';
import { Scorm12 } from '@/lib/gradebook/scorm-12';
import { Scorm2004 } from '@/lib/gradebook/scorm-2004';
import type { Api12, Api2004 } from '@/lib/gradebook/scorm-api';
import { Sitting } from '@/lib/gradebook/sitting';

const QUESTION = questionPart('What does ε bound?');
const PARTS = [QUESTION, { id: 'train', kind: 'cell' as const, text: 'Train' }];
const ANSWERED = { ...QUESTION, type: 'answered', score: 1, answer: { at: 2, text: 'The odds' } } as const;
const TRAINED = { ...PARTS[1]!, type: 'completed' } as const;

interface Manners {
  /** What it keeps of an earlier sitting, or holds of this. */
  held?: Record<string, string>;
  /** Values that it does not take. */
  refuses?(element: string, value: string): boolean;
  begins?: 'true' | 'false';
  error?: string;
}

const always = (words: string) => () => words;

/** One course page that speaks both, and writes down what it is told. */
function coursePage({ held = {}, refuses = () => false, begins = 'true', error = '0' }: Manners = {}) {
  const data: Record<string, string> = { ...held };
  const calls: string[] = [];
  const begin = () => {
    calls.push('begin');
    return begins;
  };
  const get = (element: string) => data[element] ?? '';
  const set = (element: string, value: string) => {
    calls.push(`${element}=${value}`);
    if (refuses(element, value)) return 'false';
    data[element] = value;
    return 'true';
  };
  const said = (name: string) => () => {
    calls.push(name);
    return 'true';
  };
  const api12: Api12 = {
    ...{ LMSInitialize: begin, LMSGetValue: get, LMSSetValue: set, LMSCommit: said('commit') },
    ...{ LMSFinish: said('end'), LMSGetLastError: always(error), LMSGetErrorString: always('') },
  };
  const api2004: Api2004 = {
    ...{ Initialize: begin, GetValue: get, SetValue: set, Commit: said('commit') },
    ...{ Terminate: said('end'), GetLastError: always(error), GetErrorString: always('') },
  };
  const sitting = (format: '1.2' | '2004', { pass = null as number | null, settings = '#v=1' } = {}) => {
    const words: string[] = [];
    const book = format === '1.2' ? new Scorm12(api12) : new Scorm2004(api2004);
    const one = new Sitting(book, {
      ...{ parts: PARTS, rules: { enough: 1, pass }, limit: 64_000, settings: () => settings },
      say: (said) => words.push(said),
    });
    return { one, words };
  };
  return { data, calls, sitting };
}

const FORMATS = ['1.2', '2004'] as const;
const names = {
  '1.2': { mode: 'cmi.core.lesson_mode', location: 'cmi.core.lesson_location', exit: 'cmi.core.exit' },
  '2004': { mode: 'cmi.mode', location: 'cmi.location', exit: 'cmi.exit' },
} as const;

describe.each(FORMATS)('SCORM %s', (format) => {
  const { mode, location, exit } = names[format];

  test('that does not let it begin is told nothing more: what it keeps is not written over', async () => {
    const { calls, sitting } = coursePage({
      held: { 'cmi.suspend_data': 'mine' },
      begins: 'false',
      error: '0',
    });
    const { one, words } = sitting(format);
    expect(await one.open()).toEqual({ settings: '', answers: {} });
    expect(words.at(-1)).toMatch(/^Not recorded\. The course page did not let us begin/);
    await one.heard(ANSWERED);
    expect(words.at(-1)).toContain('1 of 2 done');
    expect(words.at(-1)).toContain('not recorded: the course page did not let us begin');
    await one.close();
    expect(calls).toEqual(['begin']);
  });

  test('that has begun already goes on', async () => {
    const { data, sitting } = coursePage({ begins: 'false', error: '103' });
    const { one, words } = sitting(format);
    await one.open();
    await one.heard(ANSWERED);
    expect(data['cmi.suspend_data']).toContain('#v=1');
    expect(words.at(-1)).toContain('recorded by the course');
  });

  test.each(['review', 'browse'])('in the mode %s records nothing, and says so', async (looks) => {
    const { calls, sitting } = coursePage({ held: { [mode]: looks } });
    const { one, words } = sitting(format);
    await one.open();
    await one.heard(ANSWERED);
    await one.close();
    expect(calls).toEqual(['begin', 'end']);
    expect(words.at(-1)).toContain('not recorded: the course lets you look at it');
  });

  test('that keeps less than it should still gets what was done, without the settings', async () => {
    const refuses = (element: string, value: string) => element === 'cmi.suspend_data' && value.length > 60;
    const { data, sitting } = coursePage({ refuses });
    const { one, words } = sitting(format, { settings: `#v=1&code=${'x'.repeat(100)}` });
    await one.open();
    await one.heard(ANSWERED);
    expect(words.at(-1)).toContain('recorded by the course');
    const next = coursePage({ held: data }).sitting(format);
    expect(await next.one.open()).toEqual({ settings: '', answers: { [QUESTION.id]: 2 } });
  });

  test('that refuses interactions gets the score', async () => {
    const { data, sitting } = coursePage({ refuses: (element) => element.startsWith('cmi.interactions') });
    const { one, words } = sitting(format);
    await one.open();
    await one.heard(ANSWERED);
    expect(words.at(-1)).toContain('score 100 % · recorded');
    expect(Object.entries(data).filter(([name]) => name.endsWith('score.raw'))).toMatchObject([[{}, '100']]);
  });

  test('says what passes, and that goes before what the package was made with', async () => {
    const passing =
      format === '1.2' ? { 'cmi.student_data.mastery_score': '40' } : { 'cmi.scaled_passing_score': '0.4' };
    for (const [held, pass, words] of [
      [passing, 1, 'passed'],
      [{}, 1, 'passed'],
      [
        { ...passing, 'cmi.student_data.mastery_score': '', 'cmi.scaled_passing_score': 'none' },
        null,
        'complete',
      ],
    ] as const) {
      const page = coursePage({ held });
      const { one, words: said } = page.sitting(format, { pass });
      await one.open();
      await one.heard(ANSWERED);
      await one.heard(TRAINED);
      expect(said.at(-1)).toContain(`· ${words} ·`);
    }
    const { one, words } = coursePage({ held: passing }).sitting(format, { pass: null });
    await one.open();
    await one.heard({ ...ANSWERED, score: 0 });
    await one.heard(TRAINED);
    expect(words.at(-1)).toContain('not passed yet');
  });

  test('ends once, however often the page is left, and goes on where it was', async () => {
    const { data, calls, sitting } = coursePage({ held: { [location]: 'train' } });
    const { one } = sitting(format);
    await one.open();
    await one.close();
    await one.close();
    await one.heard(ANSWERED);
    await one.save();
    expect(calls.filter((call) => call === 'end')).toHaveLength(1);
    expect(calls.at(-1)).toBe('end');
    // Nothing was touched in this sitting: where the last one was stays.
    expect(data[location]).toBe('train');
    expect(data[exit]).toBe('suspend');
  });

  test('is suspended when it is complete, too: any other end would begin the next sitting anew', async () => {
    const { data, sitting } = coursePage();
    const { one } = sitting(format);
    await one.open();
    await one.heard(ANSWERED);
    await one.heard(TRAINED);
    await one.close();
    expect(data[exit]).toBe('suspend');
    expect(Object.values(data)).toContain('completed');
  });

  test('that takes nothing at the end is told the time, and is ended all the same', async () => {
    const { data, calls, sitting } = coursePage({ refuses: (element) => element === 'cmi.suspend_data' });
    const { one, words } = sitting(format);
    await one.open();
    await one.close();
    expect(words.at(-1)).toMatch(/^Not recorded\. The course page did not let us write cmi.suspend_data/);
    expect(Object.keys(data).some((name) => name.endsWith('session_time'))).toBe(true);
    expect(calls.at(-1)).toBe('end');
  });
});

test('a course that gives no credit, or has forgotten the status, is told what was reached all the same', async () => {
  const held = { 'cmi.core.credit': 'no-credit', 'cmi.core.lesson_status': 'not attempted' };
  const { data, sitting } = coursePage({ held });
  const { one } = sitting('1.2');
  await one.open();
  expect(data['cmi.core.lesson_status']).toBe('incomplete');
  await one.heard(ANSWERED);
  await one.heard(TRAINED);
  expect(data['cmi.core.lesson_status']).toBe('completed');
});
