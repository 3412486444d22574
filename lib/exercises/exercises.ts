/** The twelve exercises: what each asks for by name, and what it is tried with. Their words stand with the pages. */
import type { RandomSource } from '@/lib/random';
import { type Grade, gradeBy, type Trial } from './grade';
import { auditABlackBox } from './graders/audit-a-black-box';
import { clipPerExample } from './graders/clip-per-example';
import { clippedMean } from './graders/clipped-mean';
import { costOfASequence } from './graders/cost-of-a-sequence';
import { dpSgdStep } from './graders/dp-sgd-step';
import { exponentialMechanism } from './graders/exponential-mechanism';
import { gaussianNoise } from './graders/gaussian-noise';
import { laplaceMechanism } from './graders/laplace-mechanism';
import { membershipAttack } from './graders/membership-attack';
import { noiseInPixels } from './graders/noise-in-pixels';
import { randomisedResponse } from './graders/randomised-response';
import { reportNoisyMax } from './graders/report-noisy-max';
import type { ExerciseId } from './names';
import type { Program } from './program';

interface Exercise {
  /** The functions that a program must have. */
  functions: readonly string[];
  /** Made anew for each grading: trials hand draws on to each other. */
  trials(): Trial[];
}

export const EXERCISES: Readonly<Record<ExerciseId, Exercise>> = {
  'laplace-mechanism': { functions: ['laplaceMechanism'], trials: laplaceMechanism },
  'randomised-response': { functions: ['respond', 'estimate'], trials: randomisedResponse },
  'clipped-mean': { functions: ['clippedMean', 'sensitivity'], trials: clippedMean },
  'gaussian-noise': { functions: ['gaussianSigma'], trials: gaussianNoise },
  'cost-of-a-sequence': { functions: ['totalCost'], trials: costOfASequence },
  'exponential-mechanism': { functions: ['choose'], trials: exponentialMechanism },
  'report-noisy-max': { functions: ['noisyMax'], trials: reportNoisyMax },
  'clip-per-example': { functions: ['clipAndSum'], trials: clipPerExample },
  'dp-sgd-step': { functions: ['step'], trials: dpSgdStep },
  'membership-attack': { functions: ['scores'], trials: membershipAttack },
  'noise-in-pixels': { functions: ['madeFromFirst', 'holds'], trials: noiseInPixels },
  'audit-a-black-box': { functions: ['breaksClaim'], trials: auditABlackBox },
};

/**
 * Grades a program. It decides outside of the program's realm, from numbers alone, on inputs that are drawn for this grading.
 *
 * @param random of the inputs: nothing private depends on it
 */
export const grade = (
  exercise: ExerciseId,
  program: Program,
  random: RandomSource,
  signal?: AbortSignal,
): Promise<Grade> => gradeBy(exercise, EXERCISES[exercise].trials(), program, random, signal);
