/** How open work can be marked: an assignment that came back, or an answer to a question for class. */

export interface Criterion {
  name: string;
  /** Nothing of it, some, all of it. */
  levels: readonly [none: string, some: string, full: string];
}

export const RUBRIC: readonly Criterion[] = [
  {
    name: 'Says what is promised',
    levels: [
      'Calls it “private” or “anonymous” and leaves it there.',
      'Names ε, but not whose data, or not against what.',
      'Names ε and δ, the neighbour, and what the promise does not cover.',
    ],
  },
  {
    name: 'Shows it',
    levels: [
      'No run, or a run with other settings than those spoken of.',
      'One run; the number is quoted without where it came from.',
      'Runs that differ in one setting, with seeds and settings, and a word on how far chance moves them.',
    ],
  },
  {
    name: 'Counts the cost',
    levels: [
      'Runs are not counted.',
      'Each run’s ε is given.',
      'What all runs cost together is given, and how it was counted.',
    ],
  },
  {
    name: 'Judges',
    levels: [
      'Takes the best number.',
      'Weighs privacy against accuracy.',
      'Says for whom it gets worse, and what would change the verdict.',
    ],
  },
];
