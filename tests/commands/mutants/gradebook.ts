import type { Fault } from './fault';

const TALLY = ['tests/unit/gradebook/tally.test.ts'];
const STATEMENTS = ['tests/unit/gradebook/packages.test.ts'];
const SCORM = ['tests/unit/gradebook/scorm.test.ts'];

/** What a course page is told. */
export const GRADEBOOK: readonly Fault[] = [
  {
    what: 'the last answer to a question counts',
    file: 'lib/gradebook/tally.ts',
    from: "if (type !== 'answered' || state.done) return state;",
    to: "if (type !== 'answered') return state;",
    seenBy: TALLY,
  },
  {
    what: 'the last try of an exercise counts',
    file: 'lib/gradebook/tally.ts',
    from: 'Math.max(state.score ?? 0, score)',
    to: 'score',
    seenBy: TALLY,
  },
  {
    what: 'what was not tried does not count',
    file: 'lib/gradebook/tally.ts',
    from: '(sum, one) => sum + (one.score ?? 0), 0) / judged.length',
    to: '(sum, one) => sum + (one.score ?? 0), 0) / Math.max(1, judged.filter((one) => one.score !== null).length)',
    seenBy: TALLY,
  },
  {
    what: 'the states of another package are taken for these',
    file: 'lib/gradebook/suspend-data.ts',
    from: 'version !== VERSION || mark !== markOf(parts) || ',
    to: 'version !== VERSION || ',
    seenBy: TALLY,
  },
  {
    what: 'SCORM 1.2 takes back what was reached',
    file: 'lib/gradebook/scorm-12.ts',
    from: "return this.#reached !== '' && !REACHED.includes(now) ? this.#reached : now;",
    to: 'return now;',
    seenBy: SCORM,
  },
  {
    what: 'SCORM 1.2 records who only looks',
    file: 'lib/gradebook/scorm-12.ts',
    from: 'save(report: Report): void {\n    if (this.looksOnly) return;',
    to: 'save(report: Report): void {',
    seenBy: SCORM,
  },
  {
    what: 'SCORM 2004 takes back that it was complete',
    file: 'lib/gradebook/scorm-2004.ts',
    from: 'this.#completed ||= complete;',
    to: 'this.#completed = complete;',
    seenBy: SCORM,
  },
  {
    what: 'SCORM 2004 forgets where a suspended sitting was',
    file: 'lib/gradebook/scorm-2004.ts',
    from: "this.api.SetValue('cmi.exit', 'suspend')",
    to: "this.api.SetValue('cmi.exit', 'normal')",
    seenBy: SCORM,
  },
  {
    what: 'an actor with two identifiers is one',
    file: 'lib/gradebook/xapi.ts',
    from: 'if (only === undefined || others.length > 0) return null;',
    to: 'if (only === undefined) return null;',
    seenBy: STATEMENTS,
  },
  {
    what: 'half an answer is a success',
    file: 'lib/gradebook/xapi.ts',
    from: '{ success: score === 1 }',
    to: '{ success: score > 0 }',
    seenBy: STATEMENTS,
  },
];
