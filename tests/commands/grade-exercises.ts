/**
 * Grades the reference solution of every exercise many times over, each time on new inputs, and prints how often it passed and how long a
 * grading takes in Node: `npm run grade-exercises -- --times 1000 [exercise …]`. With `--wrong` it grades every wrong program that often
 * instead. Fails unless all references passed, or every wrong program failed in 99 of 100 gradings.
 */
import { parseArgs } from 'node:util';
import { EXERCISE_IDS, type ExerciseId } from '@/lib/exercises';
import { gradeInNode, programOf } from '@/tests/harness/exercise-grade';
import { textOf, WRONG } from '@/tests/unit/exercises/wrong-programs';

const { values, positionals } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    wrong: { type: 'boolean', default: false },
    from: { type: 'string', default: '0' },
  },
  allowPositionals: true,
});
const times = Number(values.times);
if (!Number.isSafeInteger(times) || times < 1) throw new Error('--times takes a whole number of at least 1.');
const wanted = positionals.length > 0 ? (positionals as ExerciseId[]) : EXERCISE_IDS;

const first = Number(values.from);

/** How often it passed, of so many gradings. */
async function passes(exercise: ExerciseId, code: string, tell: boolean): Promise<number> {
  let passed = 0;
  for (let seed = first; seed < first + times; seed++) {
    const grade = await gradeInNode(exercise, code, seed);
    if (grade.passed) passed++;
    else if (tell)
      console.log(
        seed,
        grade.checks.filter((check) => !check.passed),
      );
  }
  return passed;
}

let failed = false;
console.log(`${'program'.padEnd(60)}${'passed'.padStart(14)}${'ms each'.padStart(10)}`);
for (const exercise of wanted) {
  const solution = programOf(exercise, 'solution');
  const programs: [name: string, code: string][] = values.wrong
    ? Object.entries(WRONG[exercise]).map(([name, wrong]) => [name, textOf(solution, wrong)])
    : [['solution', solution]];
  for (const [name, code] of programs) {
    const began = performance.now();
    const passed = await passes(exercise, code, !values.wrong);
    failed ||= values.wrong ? passed > times / 100 : passed < times;
    const each = ((performance.now() - began) / times).toFixed(0);
    console.log(
      `${`${exercise}: ${name}`.padEnd(60)}${`${passed} of ${times}`.padStart(14)}${each.padStart(10)}`,
    );
  }
}
process.exitCode = failed ? 1 : 0;
