/** Programs that want the grade without the work: they may do in their own realm what they like, and gain nothing by it. */
import { expect, test } from 'vitest';
import { auditInNode, gradeInNode } from '@/tests/harness/exercise-grade';

const EXACT = 'function laplaceMechanism(value) { return value; }';

test.each([
  [
    'overwrites what the realm has',
    `Math.random = () => 0.5; Array.prototype.map = () => [1]; JSON.stringify = () => '{}'; Number.isFinite = () => true; Object.keys = () => []; ${EXACT}`,
  ],
  [
    'answers before it is asked',
    `for (let id = 1; id < 9; id++) self.postMessage({ type: 'answers', id, answers: Array(60000).fill(true) }); ${EXACT}`,
  ],
  [
    'puts its grade into every object',
    `Object.assign(Object.prototype, { passed: true, score: 1, type: 'grade', not: undefined }); Array.prototype.every = () => true; ${EXACT}`,
  ],
  [
    'takes the way out for its own',
    `const say = self.postMessage; self.postMessage = (m) => say({ ...m, answers: m.answers?.map(() => Math.random()) }); Promise.prototype.then = function (f) { f?.(1); return this; }; ${EXACT}`,
  ],
  [
    'gives a list of getters',
    'const laplaceMechanism = (v) => new Proxy([v], { get: (list, key) => (key === "length" ? 1e9 : list[0]) });',
  ],
  ['speaks of a grade', `self.postMessage({ type: 'grade', passed: true, score: 1 }); ${EXACT}`],
  [
    'gives an object that is worth a number',
    'const laplaceMechanism = (v) => ({ valueOf: () => v, toJSON: () => v });',
  ],
  ['gives a getter that throws', "const laplaceMechanism = () => ({ get a() { throw new Error('ha'); } });"],
  [
    'gives what traps every look',
    'const laplaceMechanism = () => new Proxy({}, { get() { throw 1; }, ownKeys() { throw 1; } });',
  ],
  ['returns before its end', 'return { laplaceMechanism: (v) => v };'],
  ['closes the function around it', '} ; function laplaceMechanism(v) { return v; } {'],
  ['gives a list for a number', 'const laplaceMechanism = (v) => [v];'],
])('a program that %s does not pass', async (_, code) => {
  const grade = await gradeInNode('laplace-mechanism', code, 1);
  expect(grade.passed).toBe(false);
  expect(grade.checks.every(({ words }) => words.length > 0)).toBe(true);
});

test.each([
  'Date.now()',
  'new Date().getTime()',
  '+new Date()',
  'performance.now() * 1e6',
  'performance.timeOrigin',
])('noise from a seed of %s is that of whoever knows the time', async (clock) => {
  const seeded = `let state = ${clock} >>> 0; const u = () => (((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) + 0.5) / 4294967296);
      const choose = (s, d, e) => { const g = s.map((x) => (e * x) / (2 * d) - Math.log(-Math.log(u()))); return g.indexOf(Math.max(...g)); };`;
  const { checks } = await gradeInNode('exponential-mechanism', seeded, 2);
  expect(checks.find(({ id }) => id === 'fresh')).toMatchObject({ passed: false });
});

test('code that is audited may tamper with its realm, too: it is refuted all the same', async () => {
  const tampered =
    "Math.hypot = () => 0; Array.prototype.sort = function () { return this; }; Object.prototype.included = true; self.postMessage({ type: 'audit', refuted: false }); const laplaceMechanism = (value) => value;";
  const { lowerBound, claimed } = await auditInNode('laplace-mechanism', tampered, 1);
  expect(lowerBound).toBeGreaterThan(claimed);
});
