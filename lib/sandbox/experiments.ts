/**
 * The experiments that code cells may start, with the settings they have when code names none. Those that are private charge the
 * ledger, as they do in their own cells. What looks at a picture is asked for by `lab.detect`.
 */

export interface OpenExperiment {
  /** What it does, and what comes back: in words, for the list beside the editor. */
  text: string;
  /** Any of these may be left out of a call. */
  defaults: Readonly<Record<string, unknown>>;
}

const SEEDED = { noiseSource: 'seeded', seed: 1 } as const;

export const OPEN_EXPERIMENTS: Readonly<Record<string, OpenExperiment>> = {
  'train-mnist': {
    text: 'Trains on 60,000 digits, with and without privacy. Every update, and the result’s last, has step, epsilon, privateAccuracy and plainAccuracy.',
    defaults: {
      ...SEEDED,
      noiseMultiplier: 1.369,
      delta: 1e-5,
      maxGradNorm: 1,
      expectedBatchSize: 2048,
      steps: 200,
    },
  },
  'train-detector': {
    text: 'Trains the head of a small detector on 2,000 forms, with and without privacy.',
    defaults: { ...SEEDED, noiseMultiplier: 1.413, maxGradNorm: 1, steps: 200 },
  },
  'attack-membership': {
    text: 'Trains a plain and a private model on a few digits, and guesses who was in.',
    defaults: { ...SEEDED, epsilon: 1, members: 200, shadows: 8 },
  },
  'tumour-classify': {
    text: 'Judges 569 tumours, plainly and privately. The result’s plain and private: accuracy, sensitivity, specificity, each with mean and spread.',
    defaults: { ...SEEDED, epsilon: 1, threshold: 0.5, models: 'five' },
  },
  'tumour-subgroups': {
    text: 'The errors of both models, group by group.',
    defaults: { epsilon: 1, border: 16, kept: 1, draws: 4, seed: 1 },
  },
  population: {
    text: 'Estimates what many phones say by a local protocol: the result’s bars, error and covered intervals.',
    defaults: {
      ...{ people: 20_000, epsilon: 1.5, protocol: 'optimised', categories: 16 },
      ...{ skew: 1, simulation: 'at-once', seed: 1 },
    },
  },
  'federated-rounds': {
    text: 'Trains 500 clients together, with and without privacy for each. Every update, and the result’s last, has privateAccuracy and plainAccuracy.',
    defaults: {
      ...SEEDED,
      ...{ noiseMultiplier: 1.3, maxUpdateNorm: 1, rounds: 20, clientsPerRound: 200 },
      ...{ localSteps: 3, noisePlace: 'central', deal: 'two-kinds' },
    },
  },
  'ask-count': {
    text: 'Asks the thousand made-up people a private question (ill, smokes, old, youngIll), and pays for it: answer.',
    defaults: { question: 'ill', epsilon: 0.1 },
  },
  'compose-runs': {
    text: 'ε after each of a list of runs, by four ways of counting.',
    defaults: { runs: [], delta: 1e-5 },
  },
  'plan-runs': {
    text: 'How many runs fit into a budget, at each of several noise multipliers.',
    defaults: {
      targetEpsilon: 3,
      delta: 1e-5,
      sampleRate: 2048 / 60_000,
      steps: 100,
      noiseMultipliers: [1, 2, 4, 8],
    },
  },
};
