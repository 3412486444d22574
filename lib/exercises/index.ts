/**
 * Exercises that are graded by what a learner's code does: its privacy, its bias and its noise, tried on inputs that are drawn for each
 * grading. Plain numbers; where the code runs is passed in.
 */

export {
  type Attempt,
  type Attempts,
  LONGEST_CODE,
  NO_ATTEMPT,
  NO_ATTEMPTS,
  readAttempts,
  withCode,
  withGrade,
  writeAttempts,
} from './attempts';
export { auditProgram } from './audits';
export { AUDIT_P_VALUE, type CodeAuditFound, type LookFound } from './audits/audit';
export { EXERCISES, grade } from './exercises';
export { type Check, type Fault, type Grade, Unusable } from './grade';
export { HELPERS_SOURCE, STILL_CLOCK_SOURCE } from './helpers-source';
export { AUDITED_EXERCISES, type AuditedExercise, EXERCISE_IDS, type ExerciseId } from './names';
export { type Args, type Program, ProgramError } from './program';
export { FALSE_ALARM } from './statistics';
