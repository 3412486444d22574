/** The exercises by the names in their addresses, in the order in which they are meant to be done. Without what grades them. */
export const EXERCISE_IDS = [
  'laplace-mechanism',
  'randomised-response',
  'clipped-mean',
  'gaussian-noise',
  'cost-of-a-sequence',
  'exponential-mechanism',
  'report-noisy-max',
  'clip-per-example',
  'dp-sgd-step',
  'membership-attack',
  'noise-in-pixels',
  'audit-a-black-box',
] as const;
export type ExerciseId = (typeof EXERCISE_IDS)[number];

/** Whether a cell of a notebook is one: they are cells under their own names. */
export const isExercise = (name: string): name is ExerciseId =>
  (EXERCISE_IDS as readonly string[]).includes(name);

/** Those whose code claims an ε, so that it can be audited. */
export const AUDITED_EXERCISES = [
  'laplace-mechanism',
  'randomised-response',
  'clip-per-example',
  'dp-sgd-step',
] as const satisfies readonly ExerciseId[];
export type AuditedExercise = (typeof AUDITED_EXERCISES)[number];

export const isAudited = (id: ExerciseId): id is AuditedExercise =>
  (AUDITED_EXERCISES as readonly ExerciseId[]).includes(id);
