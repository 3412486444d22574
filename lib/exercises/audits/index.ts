/** One audit for each exercise whose code claims an ε. */
import type { RandomSource } from '@/lib/random';
import type { AuditedExercise } from '../names';
import type { Program } from '../program';
import { type CodeAudit, type CodeAuditFound, runAudit } from './audit';
import { clippedSumAudit, stepAudit } from './noisy-sums';
import { laplaceAudit, responseAudit } from './single-answers';

const AUDITS: Readonly<Record<AuditedExercise, CodeAudit>> = {
  'laplace-mechanism': laplaceAudit,
  'randomised-response': responseAudit,
  'clip-per-example': clippedSumAudit,
  'dp-sgd-step': stepAudit,
};

/**
 * Audits a program under the ε that it claims.
 *
 * @param random of coins and inputs: the program must not be able to know it
 * @throws {Unusable} at an answer that is none of those asked for
 * @throws {ProgramError} where the program does not come back
 */
export const auditProgram = (
  exercise: AuditedExercise,
  program: Program,
  random: RandomSource,
): Promise<CodeAuditFound> => runAudit(AUDITS[exercise], program, random);
