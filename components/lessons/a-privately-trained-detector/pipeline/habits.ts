/** The habits of a detection pipeline as a page tells them: what each does, what it breaks, what to do instead, and who says so. */
export const HABITS = [
  {
    id: 'batchNorm',
    breaks:
      'Each picture’s output hangs on all others of its lot, so there is no gradient of one person to clip. No ε follows, however much noise is added.',
    instead: 'Freeze it at public statistics, or use group norm.',
    source: 'Yousefpour et al. 2021 (Opacus refuses to train it)',
  },
  {
    id: 'mosaic',
    breaks:
      'Four people share an example, and each person is in four. Here in exactly four; drawn anew at random, as in YOLO, somebody may be in more, and this number is too small.',
    instead: 'Change each person’s picture by itself; average over its copies, then clip.',
    source: 'group of four: Dwork and Roth 2014; accounted as a mixture: Choquette-Choo et al. 2024',
  },
  {
    id: 'balanced',
    breaks:
      'The rarest class is drawn more often, so its people pay for more steps. The shares of the classes must be public: counted privately, they would be one more release.',
    instead: 'One rate for everybody.',
    source: 'the largest rate is charged: Abadi et al. 2016 prove ε for one rate',
  },
  {
    id: 'meanOfDrawn',
    breaks:
      'Divided by the number drawn, one person more makes everybody else weigh less. A mean moves about twice as far as a sum, and further in a small lot.',
    instead: 'Add up per person, divide by the fixed number expected.',
    source: 'the number of others by Hoeffding 1956, half of δ for lots that come out too small',
  },
  {
    id: 'autoBatch',
    breaks:
      'The lot is as large as the memory allows, and σ was chosen for another. More people in each step is a larger rate for each.',
    instead: 'Fix the lot first, then compute σ.',
    source: 'the same accountant, at the rate that ran',
  },
  {
    id: 'videoFrames',
    breaks: 'One person in k frames is k examples. ε of one example does not hold for them.',
    instead: 'One unit a person: add up their frames, then clip.',
    source: 'group of k, as above',
  },
  {
    id: 'bestCheckpoint',
    breaks:
      'The checkpoint with the best score is chosen without noise. That costs those in the training pictures nothing, for every checkpoint is private. But no ε covers those in the validation pictures.',
    instead: 'A fixed number of steps and last.pt, or public validation pictures.',
    source: 'Papernot and Steinke 2022, on choosing settings by private data',
  },
] as const;

export type HabitId = (typeof HABITS)[number]['id'];
