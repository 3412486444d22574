/** The words of the field, each in a sentence or two, for a person who meets it for the first time. */

export interface GlossaryEntry {
  name: string;
  text: string;
}

export const GLOSSARY = {
  epsilon: {
    name: 'ε (epsilon)',
    text: 'The privacy loss bound, in nats. Whether one person takes part changes the probability of any outcome by at most a factor of e to the ε. Smaller is more private.',
  },
  delta: {
    name: 'δ (delta)',
    text: 'A small probability by which the bound with ε may be exceeded. It must be far smaller than one in the number of people.',
  },
  neighbours: {
    name: 'Neighbouring data sets',
    text: 'Two data sets that differ in one person’s data. Here: one has an example that the other lacks (add or remove one).',
  },
  gradient: {
    name: 'Gradient',
    text: 'The direction in which the weights should move to lower the loss, as one example or many see it, and how strongly.',
  },
  clipping: {
    name: 'Clipping',
    text: 'Shortening a gradient to a length C where it is longer, with its direction kept. It bounds what one example can do.',
  },
  'noise-multiplier': {
    name: 'Noise multiplier σ',
    text: 'The standard deviation of the noise divided by the clip C. With the sampling rate and the number of steps it decides ε.',
  },
  'poisson-sampling': {
    name: 'Poisson sampling',
    text: 'Each example joins a lot with the same probability, independently of all others. The size of the lot is therefore random.',
  },
  accountant: {
    name: 'Accountant',
    text: 'The calculation that adds up the privacy loss of many steps into one ε. A tighter accountant proves a smaller ε for the same noise.',
  },
  recall: {
    name: 'Recall',
    text: 'Of the things that are there, the share that is found.',
  },
  precision: {
    name: 'Precision',
    text: 'Of the things that are found, the share that is there.',
  },
  confidence: {
    name: 'Confidence',
    text: 'The detector’s own score for a box, from 0 to 1. Boxes under the threshold are not shown.',
  },
  seed: {
    name: 'Seed',
    text: 'A number from which a whole stream of random numbers follows. Whoever knows it can repeat the draw, so it protects nobody.',
  },
  sensitivity: {
    name: 'Sensitivity of a test',
    text: 'Of those who have the disease, the share that the test finds. Not to be mixed up with the sensitivity of a query, which is how much one person can change it.',
  },
  specificity: {
    name: 'Specificity',
    text: 'Of those who do not have the disease, the share that the test clears.',
  },
  calibration: {
    name: 'Calibration',
    text: 'Whether probabilities mean what they say: of all cases given 80 %, eight in ten should turn out so.',
  },
  'cross-validation': {
    name: 'Cross-validation',
    text: 'Parting the data into k folds and training k models, each tested on the fold that it has not seen. Every person takes part in k − 1 of the models.',
  },
  'membership-inference': {
    name: 'Membership inference',
    text: 'Finding out from a trained model whether an example was in its training data.',
  },
  'shadow-model': {
    name: 'Shadow model',
    text: 'A model that an attacker trains like the one under attack, on data of their own, to learn how models treat what they have seen.',
  },
  'roc-curve': {
    name: 'ROC curve',
    text: 'For each threshold of a test: the share of true cases found (TPR) against the share of false alarms (FPR). The area under it, AUC, is 0.5 for guessing and 1 for a perfect test.',
  },
  advantage: {
    name: 'Advantage',
    text: 'The share of members that an attack finds, minus its share of false alarms. 0 for guessing, 1 for certainty.',
  },
  canary: {
    name: 'Canary',
    text: 'A made-up example put into the training data on purpose, to measure whether a model remembers it.',
  },
  'local-dp': {
    name: 'Local differential privacy',
    text: 'Each person randomises their own data before it leaves their device. Whatever is sent is at most e to the ε times as likely under any true value as under any other, so the collector need not be trusted.',
  },
  'randomised-response': {
    name: 'Randomised response',
    text: 'An answer that is the truth with a known probability and chosen by chance otherwise. One answer proves little; the frequencies of many can be recovered.',
  },
  memoisation: {
    name: 'Memoisation',
    text: 'Remembering a randomised answer and sending the same one every time, so that repeated questions do not average the noise away.',
  },
  'heavy-hitter': {
    name: 'Heavy hitter',
    text: 'A value so frequent that its estimate stands out of the noise.',
  },
  'federated-learning': {
    name: 'Federated learning',
    text: 'Training one model on many devices: each trains on its own data and sends only how the weights moved; a server averages. By itself it gives no privacy guarantee.',
  },
  'pairwise-mask': {
    name: 'Pairwise mask',
    text: 'Random numbers that two clients share: one adds them to its message, the other subtracts them. Each message looks like noise, and in the sum they cancel.',
  },
  'client-level': {
    name: 'Client-level privacy',
    text: 'A promise about one client with everything it holds, rather than about one record.',
  },
} as const satisfies Record<string, GlossaryEntry>;

export type GlossaryKey = keyof typeof GLOSSARY;
