/** What is said of each exercise where it is only named: in lists, in the lab, in the frames of other pages. */
import { EXERCISE_IDS, type ExerciseId } from '@/lib/exercises/names';

export interface ExerciseFacts {
  title: string;
  summary: string;
  /** The lesson that it belongs to, by its name in its address. */
  lesson: string;
  /** Lessons that end with it, too. */
  alsoIn?: readonly string[];
}

export const EXERCISE_FACTS: Readonly<Record<ExerciseId, ExerciseFacts>> = {
  'laplace-mechanism': {
    title: 'Write the Laplace mechanism',
    summary: 'Add the noise that makes one number private.',
    lesson: 'what-dp-promises',
  },
  'randomised-response': {
    title: 'Randomised response, and its estimator',
    summary: 'Let each person lie now and then, and take the lies out of the total again.',
    lesson: 'telemetry',
  },
  'clipped-mean': {
    title: 'Sensitivity of a clipped mean',
    summary: 'Bound what one person can do to a mean, and say how much that is.',
    lesson: 'healthcare',
  },
  'gaussian-noise': {
    title: 'Calibrate a Gaussian',
    summary: 'Find the least normal noise that keeps ε and δ.',
    lesson: 'a-budget-across-runs',
  },
  'cost-of-a-sequence': {
    title: 'Count the cost of a sequence',
    summary: 'Add up what many releases cost, for the person who pays most.',
    lesson: 'a-budget-across-runs',
  },
  'exponential-mechanism': {
    title: 'The exponential mechanism',
    summary: 'Choose the best of several, privately.',
    lesson: 'which-protection',
  },
  'report-noisy-max': {
    title: 'Report noisy max',
    summary: 'Say which count is largest, and nothing else.',
    lesson: 'telemetry',
  },
  'clip-per-example': {
    title: 'Clip each example',
    summary: 'Bound what one example can do to a sum of gradients.',
    lesson: 'training-with-dp-sgd',
    alsoIn: ['federated-learning'],
  },
  'dp-sgd-step': {
    title: 'One step of DP-SGD',
    summary: 'Clip, add noise, divide by the right number.',
    lesson: 'training-with-dp-sgd',
    alsoIn: ['a-privately-trained-detector'],
  },
  'membership-attack': {
    title: 'A membership attack that beats a threshold',
    summary: 'Find out who was in the training, although some examples are harder than others.',
    lesson: 'attacks',
  },
  'noise-in-pixels': {
    title: 'Noise in pixels, or a guarantee?',
    summary: 'See through noise that hides a picture from the eye, and say what would not be seen through.',
    lesson: 'noise-on-pixels',
  },
  'audit-a-black-box': {
    title: 'Audit a black box',
    summary: 'Prove from its answers that a mechanism breaks its promise, and accuse no honest one.',
    lesson: 'attacks',
  },
};

const lessonsOf = ({ lesson, alsoIn = [] }: ExerciseFacts) => [lesson, ...alsoIn];

/** What a lesson's end leads to, by the lesson's name in its address. */
export const EXERCISES_OF_LESSONS: Readonly<Record<string, readonly { id: ExerciseId; title: string }[]>> =
  Object.fromEntries(
    [...new Set(EXERCISE_IDS.flatMap((id) => lessonsOf(EXERCISE_FACTS[id])))].map((lesson) => [
      lesson,
      EXERCISE_IDS.filter((id) => lessonsOf(EXERCISE_FACTS[id]).includes(lesson)).map((id) => ({
        id,
        title: EXERCISE_FACTS[id].title,
      })),
    ]),
  );
