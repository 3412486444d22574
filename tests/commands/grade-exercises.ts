/**
 * Grades the reference solution of every exercise many times over, each time on new inputs, and prints how often it passed and how long a
 * grading takes in Node: `npm run grade-exercises -- --times 1000 [exercise …]`. With `--wrong` it grades every wrong program that often
 * instead, with `--honest` every right one that is not the reference. Fails unless all right ones passed, or every wrong program failed
 * in 99 of 100 gradings. `--why` tells what was found in wrong ones.
 *
 * With `--audit` it audits those exercises whose code claims an ε: how often each program is refuted. Fails where a reference is.
 */
import { parseArgs } from 'node:util';
import { EXERCISE_IDS, type ExerciseId, ProgramError, Unusable } from '@/lib/exercises';
import { isAudited } from '@/lib/exercises/names';
import { auditInNode, gradeInNode, programOf } from '@/tests/harness/exercise-grade';
import { honestEverywhere } from '@/tests/unit/exercises/honest-everywhere';
import { HONEST } from '@/tests/unit/exercises/honest-programs';
import { MORE_HONEST } from '@/tests/unit/exercises/more-honest-programs';
import { SUBTLY_WRONG } from '@/tests/unit/exercises/subtly-wrong-programs';
import { UNUSUAL_HONEST, UNUSUAL_WRONG } from '@/tests/unit/exercises/unusual-programs';
import { wrongEverywhere } from '@/tests/unit/exercises/wrong-everywhere';
import { textOf, WRONG } from '@/tests/unit/exercises/wrong-programs';

const { values, positionals } = parseArgs({
  options: {
    times: { type: 'string', default: '10' },
    wrong: { type: 'boolean', default: false },
    honest: { type: 'boolean', default: false },
    why: { type: 'boolean', default: false },
    audit: { type: 'boolean', default: false },
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

/** How often the claim is refuted; null for a program that gives nothing to audit. */
async function refutations(exercise: ExerciseId, code: string): Promise<number | null> {
  if (!isAudited(exercise)) return null;
  let refuted = 0;
  for (let seed = first; seed < first + times; seed++) {
    try {
      const { lowerBound, claimed } = await auditInNode(exercise, code, seed);
      if (lowerBound > claimed) refuted++;
    } catch (error) {
      if (error instanceof Unusable || error instanceof ProgramError) return null;
      throw error;
    }
  }
  return refuted;
}

async function auditAll(): Promise<boolean> {
  let accused = false;
  console.log(`${'program'.padEnd(60)}${'refuted'.padStart(14)}`);
  for (const exercise of wanted.filter(isAudited)) {
    const solution = programOf(exercise, 'solution');
    const wrong = Object.entries(WRONG[exercise]).map(
      ([name, one]) => [name, textOf(solution, one)] as const,
    );
    for (const [name, code] of [['solution', solution] as const, ...(values.wrong ? wrong : [])]) {
      const refuted = await refutations(exercise, code);
      accused ||= name === 'solution' && refuted !== 0;
      const count = refuted === null ? 'no answers' : `${refuted} of ${times}`;
      console.log(`${`${exercise}: ${name}`.padEnd(60)}${count.padStart(14)}`);
    }
  }
  return accused;
}

if (values.audit) process.exit((await auditAll()) ? 1 : 0);

let failed = false;
console.log(`${'program'.padEnd(60)}${'passed'.padStart(14)}${'ms each'.padStart(10)}`);
for (const exercise of wanted) {
  const solution = programOf(exercise, 'solution');
  const programs: [name: string, code: string][] = values.wrong
    ? [
        ...Object.entries({ ...WRONG[exercise], ...SUBTLY_WRONG[exercise], ...UNUSUAL_WRONG[exercise] }).map(
          ([name, wrong]) => [name, textOf(solution, wrong)] as [string, string],
        ),
        ...Object.entries(wrongEverywhere(exercise, solution)),
      ]
    : values.honest
      ? Object.entries({
          ...HONEST[exercise],
          ...MORE_HONEST[exercise],
          ...UNUSUAL_HONEST[exercise],
          ...honestEverywhere(exercise, solution),
        })
      : [['solution', solution]];
  for (const [name, code] of programs) {
    const began = performance.now();
    const passed = await passes(exercise, code, !values.wrong || values.why);
    failed ||= values.wrong ? passed > times / 100 : passed < times;
    const each = ((performance.now() - began) / times).toFixed(0);
    console.log(
      `${`${exercise}: ${name}`.padEnd(60)}${`${passed} of ${times}`.padStart(14)}${each.padStart(10)}`,
    );
  }
}
process.exitCode = failed ? 1 : 0;
