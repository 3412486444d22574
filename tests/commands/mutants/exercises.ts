import type { Fault } from './fault';

const STATISTICS = ['tests/unit/exercises/statistics.test.ts'];
const AUDITS = ['tests/unit/exercises/code-audits.test.ts'];
const DRAWS = ['tests/unit/exercises/draws.test.ts'];
const HOSTILE = ['tests/unit/exercises/hostile.test.ts'];

/** What judges a learner's code. */
export const EXERCISES: readonly Fault[] = [
  {
    what: 'a grader takes chance for a fault once in ten times',
    file: 'lib/exercises/statistics.ts',
    from: 'export const LEVEL = 1e-9;',
    to: 'export const LEVEL = 0.1;',
    seenBy: STATISTICS,
  },
  {
    what: 'a grader needs four times the draws to see a wrong shape',
    file: 'lib/exercises/statistics.ts',
    from: 'const most = Math.sqrt(Math.log(2 / LEVEL) / (2 * n));',
    to: 'const most = 2 * Math.sqrt(Math.log(2 / LEVEL) / (2 * n));',
    seenBy: STATISTICS,
  },
  {
    what: 'spreads are off without their logarithm',
    file: 'lib/exercises/statistics.ts',
    from: 'Math.exp(-shape * (ratio - 1 - Math.log(ratio))) < level',
    to: 'Math.exp(-shape * (ratio - 1)) < level',
    seenBy: STATISTICS,
  },
  {
    what: 'a broken ratio is looked for one way round alone',
    file: 'lib/exercises/statistics.ts',
    from: 'for (const swapped of [false, true]) {',
    to: 'for (const swapped of [false]) {',
    seenBy: STATISTICS,
  },
  {
    what: 'a broken ratio forgets δ',
    file: 'lib/exercises/statistics.ts',
    from: 'if (lower - delta > ratio * upper)',
    to: 'if (lower > ratio * upper)',
    seenBy: STATISTICS,
  },
  {
    what: 'noise that a seed repeats is not seen',
    file: 'lib/exercises/draws.ts',
    from: 'if (!aboveRate(alike, order.length, Math.max(chance, 0.05))) return null;',
    to: 'if (alike >= 0) return null;',
    seenBy: DRAWS,
  },
  {
    what: 'noise that comes again after more than one call is not seen',
    file: 'lib/exercises/draws.ts',
    from: 'distance <= farthest;',
    to: 'distance <= 1;',
    seenBy: DRAWS,
  },
  {
    what: 'noise may end somewhere',
    file: 'lib/exercises/draws.ts',
    from: 'if (!offRate(beyondIt, noise.length, expected, level)) continue;',
    to: 'if (!aboveRate(beyondIt, noise.length, expected, level)) continue;',
    seenBy: DRAWS,
  },
  {
    what: 'clocks run while code is graded',
    file: 'lib/exercises/helpers-source.ts',
    from: "key === 'now' ? () => STILL",
    to: "key === 'now' ? () => performance.now() + STILL * Math.random()",
    seenBy: HOSTILE,
  },
  {
    what: 'checks that were not reached count as passed',
    file: 'lib/exercises/grade.ts',
    from: 'checks.push({ id, passed: false, words: NOT_REACHED });',
    to: 'checks.push({ id, passed: true, words: NOT_REACHED });',
    seenBy: ['tests/unit/exercises/grade.test.ts'],
  },
  {
    what: 'the audit of code lets the canaries in that the coin left out',
    file: 'lib/exercises/audits/noisy-sums.ts',
    from: '.filter((i) => included[lot * TOGETHER + i])',
    to: '.filter((i) => included[lot * TOGETHER + i] !== null)',
    seenBy: AUDITS,
  },
  {
    what: 'each bound of an audit of code has the whole level',
    file: 'lib/exercises/audits/audit.ts',
    from: 'AUDIT_P_VALUE / seen.reduce((sum, { bounds }) => sum + bounds.length, 0)',
    to: 'AUDIT_P_VALUE',
    seenBy: AUDITS,
  },
  {
    what: 'the audit of code scores both starts alike',
    file: 'lib/exercises/audits/single-answers.ts',
    from: '(at) => first[at]! - again[at]!',
    to: '(at) => first[at]! + again[at]!',
    seenBy: AUDITS,
  },
  {
    what: 'numbers beyond all measure break the audit of code',
    file: 'lib/exercises/audits/audit.ts',
    from: 'Math.max(-FARTHEST_SCORE, Math.min(FARTHEST_SCORE, score))',
    to: 'score',
    seenBy: AUDITS,
  },
];
