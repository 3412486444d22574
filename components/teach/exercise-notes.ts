/**
 * What a teacher wants to know of each exercise beside its grade: which mistake to expect, and what to ask whoever has passed. The grader
 * finds each of these mistakes; tests plant them.
 */
import type { ExerciseId } from '@/lib/exercises/names';

export interface ExerciseNotes {
  /** Seen often, and what is wrong with it. */
  mistake: string;
  /** To be asked once it is passed: whoever copied a solution cannot answer it. */
  ask: string;
  /** What a full answer has in it. */
  full: string;
}

export const EXERCISE_NOTES: Readonly<Record<ExerciseId, ExerciseNotes>> = {
  'laplace-mechanism': {
    mistake: 'The standard deviation is taken for the scale: the noise is then short by √2.',
    ask: 'Why must the answer not be rounded or cut off inside the function?',
    full: 'Cutting off is fine after the noise, as post-processing; but the task wants an answer that is right on average, and cutting off moves it.',
  },
  'randomised-response': {
    mistake: 'A coin decides instead of a lie: then the odds are not e^ε, but larger.',
    ask: 'Why may the estimate fall below 0, and what would you tell the press then?',
    full: 'It is right on average only if it may; a clamped one may be published beside it, and is too large on average near 0.',
  },
  'clipped-mean': {
    mistake:
      'The mean is clipped and not the values: one value of a million still moves it across the range.',
    ask: 'What changes if the number of people is secret?',
    full: 'Adding or removing somebody then changes the divisor too; the mean is two answers, a sum and a count, and both need noise.',
  },
  'gaussian-noise': {
    mistake:
      'The classical formula with √(2 ln(1.25/δ)): more noise than is needed, and wrong for ε above 1.',
    ask: 'Why does the search return the upper end of its interval?',
    full: 'The lower end keeps the promise almost, which is not at all; a promise is rounded so that it still holds.',
  },
  'cost-of-a-sequence': {
    mistake: 'Releases that read only earlier answers are charged: post-processing is free.',
    ask: 'Why may groups that share nobody be counted together for the price of one?',
    full: 'Each person stands in one of them, so one person meets one release; whoever stands in two groups breaks it.',
  },
  'exponential-mechanism': {
    mistake: 'The 2 in the exponent is left out, though one person can move scores up and down.',
    ask: 'When may the 2 be left out?',
    full: 'When one person moves all scores the same way, as votes do: then the sum of the weights moves with them.',
  },
  'report-noisy-max': {
    mistake: 'One draw of noise is added to all counts: their order stays, and the largest is named exactly.',
    ask: 'Why does the number of candidates not count?',
    full: 'Only one name leaves; the noisy scores stay inside, and the proof compares one candidate with all others at once.',
  },
  'clip-per-example': {
    mistake: 'The sum is clipped and not each gradient: one example can then push all others out.',
    ask: 'In federated learning, what is clipped in the place of a gradient, and whom does that protect?',
    full: 'A client’s whole update, so that the unit is the client with all its data.',
  },
  'dp-sgd-step': {
    mistake: 'The sum is divided by the size of the lot that was drawn, which is private.',
    ask: 'Why is noise added in a step in which nobody was drawn?',
    full: 'An empty lot without noise would tell that it was empty, and so that somebody was not in it.',
  },
  'membership-attack': {
    mistake: 'One threshold for all examples: easy ones have a low loss whether they were in or not.',
    ask: 'An attack fails. What does that prove?',
    full: 'Nothing: another may succeed. Only a bound from above, such as ε, speaks of all attacks.',
  },
  'noise-in-pixels': {
    mistake:
      'Noise that looks heavy is taken for a guarantee, or the sensitivity of one pixel for that of all.',
    ask: 'What would a guarantee for a picture have to name?',
    full: 'A neighbour (which pixels or persons differ), a bound on how far they can differ, the noise for that bound, and what all releases together cost.',
  },
  'audit-a-black-box': {
    mistake:
      'The bare ratio of two shares is compared with e^ε: chance alone puts it above, and an honest box is accused.',
    ask: 'The audit finds nothing. What may you say of the box?',
    full: 'That this test, with so many answers, found nothing; with which probability it would have found a fault of a given size.',
  },
};

/** How what is told of a passed exercise can be marked. */
export const EXERCISE_LEVELS = [
  'Not passed, or passed and cannot say why it is right.',
  'Passed; names the promise that the code keeps, but not why each step is needed.',
  'Passed; says why each step is needed, and which fault the grader would find without it.',
] as const;
