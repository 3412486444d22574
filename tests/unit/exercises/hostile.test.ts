/** Programs that want the grade without the work: they may do in their own realm what they like, and gain nothing by it. */
import { expect, test } from 'vitest';
import { gradeInNode } from '@/tests/harness/exercise-grade';

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
