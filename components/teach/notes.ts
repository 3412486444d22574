/**
 * What a teacher wants to know of a lesson beyond what it says of itself: what it is for, which beliefs it meets, and what to ask a class.
 * Titles, times, cells and the lesson's own questions are not here; they come from the lesson.
 */

export interface Misconception {
  belief: string;
  /** What is so instead. */
  truth: string;
  /** The cell that shows it. */
  cell: string;
}

export interface TeachingNotes {
  /** One sentence: what a class can do afterwards. */
  purpose: string;
  misconceptions: readonly Misconception[];
  /** To talk about; they have no single answer. */
  questions: readonly string[];
}

/** By the lesson's name in its address. */
export const NOTES: Readonly<Record<string, TeachingNotes>> = {
  'what-dp-promises': {
    purpose: 'Say in words what ε bounds, for whom, and what it does not bound.',
    misconceptions: [
      {
        belief: 'Without names, data are anonymous.',
        truth: 'A few harmless columns together single people out.',
        cell: 'linkage',
      },
      {
        belief: 'A private answer says nothing about me.',
        truth:
          'It may say what is true of people like me. It says nearly the same whether or not I took part.',
        cell: 'neighbours',
      },
      {
        belief: 'Noise once is noise enough.',
        truth: 'Whoever may ask again averages the noise away; every answer costs.',
        cell: 'budget',
      },
    ],
    questions: [
      'A study finds that smoking harms, and your insurer raises your price. Did the study break its promise to you?',
      'Who should choose ε: those who give data, those who use them, or somebody else?',
      'Which harm remains at ε = 0.1? Which at ε = 10?',
    ],
  },
  'noise-on-pixels': {
    purpose:
      'Tell noise that annoys a detector from a guarantee, and say what would have to be added for one.',
    misconceptions: [
      {
        belief: 'If I cannot recognise it, nobody can.',
        truth: 'Detectors, and people who try other pictures beside it, see through noise that looks thick.',
        cell: 'detect',
      },
      {
        belief: 'Noise on a picture is differential privacy.',
        truth:
          'Without a stated neighbour, a bound and a budget it is noise. With them, pictures need far more of it.',
        cell: 'not-dp',
      },
      {
        belief: 'A blurred or covered face is an anonymous person.',
        truth: 'Clothes, place and company stay; and some coverings can be undone.',
        cell: 'anonymise',
      },
    ],
    questions: [
      'What is the neighbour of a picture: one pixel, one object, one person, the whole picture?',
      'A shop says that its cameras blur faces. What would you ask next?',
      'Where would you rather put the noise: on the picture, on what is counted in it, or in the training?',
    ],
  },
  'training-with-dp-sgd': {
    purpose: 'Explain the two steps that make a training private, clipping and noise, and what each costs.',
    misconceptions: [
      {
        belief: 'A model holds no data, so it cannot leak any.',
        truth: 'Weights are made of the examples; the lesson on attacks reads some of them out again.',
        cell: 'train',
      },
      {
        belief: 'Clipping is what protects.',
        truth:
          'Clipping bounds what one example can do. Only with noise in proportion to it is there a guarantee.',
        cell: 'one-step',
      },
      {
        belief: 'Privacy always costs much accuracy.',
        truth: 'It costs less with more data and a fitting lot size; with few examples it costs a lot.',
        cell: 'sweep',
      },
    ],
    questions: [
      'Why is one example’s gradient clipped, and not the mean of all?',
      'You may train once, or look at ten settings and keep the best. Is that the same privacy?',
      'Which is worth more here: a larger ε, more data, or another model?',
    ],
  },
  'a-privately-trained-detector': {
    purpose: 'Judge a private detector by more than one number, and say whom the loss falls on.',
    misconceptions: [
      {
        belief: 'A pretrained model has no privacy to spend.',
        truth: 'Its public part costs nothing. What it learns of your people does.',
        cell: 'train-detector',
      },
      {
        belief: 'If the mean is good, it is good for everybody.',
        truth: 'What is rare is what privacy hides first.',
        cell: 'rare-symbol',
      },
      {
        belief: 'Noise in training makes boxes shake.',
        truth:
          'The detector is learned once and then stays as it is; what shakes is which detector one gets.',
        cell: 'detector-noise',
      },
    ],
    questions: [
      'One person filled in three forms. What should count as one neighbour?',
      'A hospital needs the rare symbol found. What can it do that keeps the promise?',
      'When is a public data set really public?',
    ],
  },
  attacks: {
    purpose: 'Hold an attack against the limit that is proven for it, and read an audit’s result.',
    misconceptions: [
      {
        belief: 'No attack worked, so it is private.',
        truth: 'An attack that fails shows only its own limits. A guarantee holds against all.',
        cell: 'membership',
      },
      {
        belief: 'A gradient is too abstract to give anything away.',
        truth: 'Of a small batch it gives the picture back.',
        cell: 'reconstruct',
      },
      {
        belief: 'An audit measures ε.',
        truth: 'It finds a lower bound, with a stated chance of being wrong. The proof gives the upper one.',
        cell: 'audit',
      },
    ],
    questions: [
      'An audit finds ε of at least 0.3 and the proof says at most 8. What do you know?',
      'Why do attackers care most about false alarms?',
      'Who should be allowed to plant canaries in a real training?',
    ],
  },
  healthcare: {
    purpose: 'Weigh privacy against errors that have a price, and notice on whom the errors fall.',
    misconceptions: [
      {
        belief: 'Accuracy says how good a test is.',
        truth: 'A missed tumour and a false alarm are not the same mistake.',
        cell: 'classify',
      },
      {
        belief: 'Privacy costs all patients alike.',
        truth: 'Those who are unlike most people pay more: here the patients with malignant tumours.',
        cell: 'subgroups',
      },
      {
        belief: 'A model of many patients cannot know a single one.',
        truth: 'A plain model ties a rare code to the one patient who carries it. A small ε prevents that.',
        cell: 'one-patient',
      },
    ],
    questions: [
      'Would you give your data to the pooled study? On which terms?',
      'The group that loses most is the one that consented least. What should be done?',
      'Should ε be smaller for diagnoses than for shopping? Why?',
    ],
  },
  telemetry: {
    purpose: 'Explain how a server can learn from answers none of which it can trust.',
    misconceptions: [
      {
        belief: 'If each answer is random, the sum is useless.',
        truth:
          'The randomness is known, and can be counted out; the error shrinks with the number of people.',
        cell: 'population',
      },
      {
        belief: 'Local noise is simply better, since nobody has to be trusted.',
        truth: 'It needs far more people for the same answer.',
        cell: 'central-local',
      },
      {
        belief: 'A fresh coin every day protects every day.',
        truth: 'Days add up, unless the first coin is kept; and then a change shows.',
        cell: 'longitudinal',
      },
    ],
    questions: [
      'Your phone sends a lie one time in three. Is it lying to you?',
      'Which numbers would you collect only locally, and which never?',
      'A maker says ε = 2 a day. What do you ask?',
    ],
  },
  'federated-learning': {
    purpose: 'Say what federated learning protects by itself, and what it needs help for.',
    misconceptions: [
      {
        belief: 'Data that stay on the phone are safe.',
        truth: 'An update carries them: a picture can be read off it.',
        cell: 'peek',
      },
      {
        belief: 'A secure sum is differential privacy.',
        truth: 'It hides who said what; the sum itself may still give one person away.',
        cell: 'secure-agg',
      },
      {
        belief: 'More rounds are better.',
        truth: 'Every round is charged; past some point noise wins.',
        cell: 'rounds',
      },
    ],
    questions: [
      'Whom do you trust in this picture, and with what?',
      'One user has ten thousand pictures, another has three. What should one vote be?',
      'What can the server do that follows all rules and still learns too much?',
    ],
  },
  'a-budget-across-runs': {
    purpose: 'Plan the spending of a budget, and read a ledger.',
    misconceptions: [
      {
        belief: 'Ten runs at ε = 1 are ε = 1.',
        truth: 'They add up; at worst to 10, and by careful counting to less.',
        cell: 'compose',
      },
      {
        belief: 'A better accountant makes things more private.',
        truth: 'What happened stays the same; it only says it more exactly.',
        cell: 'compose',
      },
      {
        belief: 'A deleted result is not charged.',
        truth: 'Whoever saw it has seen it. What was run is spent.',
        cell: 'plan',
      },
    ],
    questions: [
      'A budget is spent and a good question comes. What now?',
      'Should two teams with the same data share one ledger?',
      'Does a budget ever come back?',
    ],
  },
  'which-protection': {
    purpose: 'Choose a protection for a threat, and name what it leaves open.',
    misconceptions: [
      {
        belief: 'Encryption solves it.',
        truth: 'It protects what is stored and sent, not what is answered.',
        cell: 'shields',
      },
      {
        belief: 'One protection must be the best.',
        truth: 'Each fails against some attack; they are put together.',
        cell: 'matrix',
      },
      {
        belief: 'Differential privacy keeps secrets.',
        truth: 'It bounds what one person adds. A secret that many share comes out.',
        cell: 'quiz',
      },
    ],
    questions: [
      'Take a service that you use. Which threats does it answer, and which does it not name?',
      'Which protection would you give up first, and why?',
      'What would a law have to say that mathematics cannot?',
    ],
  },
};
