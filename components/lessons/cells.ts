/**
 * Every cell of the site, in reading order: one line each. Embeds, the lab and own notebooks find cells here; each is loaded only
 * where it is shown.
 */
import type { ComponentType } from 'react';

export interface CellEntry {
  /** Unique on the whole site, and the `id` of the cell's element. */
  id: string;
  /** The lesson that explains it. */
  lesson: string;
  title: string;
  /** One sentence: what one does with it. */
  summary: string;
  load(): Promise<ComponentType>;
}

export const CELLS: readonly CellEntry[] = [
  {
    id: 'mechanism',
    lesson: 'what-dp-promises',
    title: 'With you, and without you',
    summary: 'Compare the answers of two worlds that differ in one person, at the ε you choose.',
    load: async () => (await import('@/components/lessons/what-dp-promises/mechanism/cell')).MechanismCell,
  },
  {
    id: 'linkage',
    lesson: 'what-dp-promises',
    title: 'Names removed, and put back',
    summary: 'Join a file without names to a public list, and see who can be named.',
    load: async () => (await import('@/components/lessons/what-dp-promises/linkage/cell')).LinkageCell,
  },
  {
    id: 'neighbours',
    lesson: 'what-dp-promises',
    title: 'One person more or less',
    summary: 'Drag yourself in and out of the data, and see what an answer gives away.',
    load: async () => (await import('@/components/lessons/what-dp-promises/neighbours/cell')).NeighboursCell,
  },
  {
    id: 'roc',
    lesson: 'what-dp-promises',
    title: 'Four attackers',
    summary: 'Watch attackers guess, and see the curve that none of them can cross.',
    load: async () => (await import('@/components/lessons/what-dp-promises/roc/cell')).RocCell,
  },
  {
    id: 'budget',
    lesson: 'what-dp-promises',
    title: 'Ask again',
    summary: 'Repeat a question until its noise averages away, and watch ε add up.',
    load: async () => (await import('@/components/lessons/what-dp-promises/budget/cell')).BudgetCell,
  },
  {
    id: 'detect',
    lesson: 'noise-on-pixels',
    title: 'Noise, and what a detector still sees',
    summary: 'Add noise to a picture and watch a detector lose its boxes.',
    load: async () => (await import('@/components/lessons/noise-on-pixels/detect/cell')).DetectCell,
  },
  {
    id: 'noise-sweep',
    lesson: 'noise-on-pixels',
    title: 'From clear to blind',
    summary: 'Sweep the noise from none to plenty and chart what the detector still finds.',
    load: async () => (await import('@/components/lessons/noise-on-pixels/noise-sweep/cell')).NoiseSweepCell,
  },
  {
    id: 'accuracy',
    lesson: 'noise-on-pixels',
    title: 'Accuracy under noise',
    summary: 'Measure precision, recall and average precision on labelled pictures as noise grows.',
    load: async () => (await import('@/components/lessons/noise-on-pixels/accuracy/cell')).AccuracyCell,
  },
  {
    id: 'not-dp',
    lesson: 'noise-on-pixels',
    title: 'What ε is this?',
    summary: 'Ask what ε noise on pixels really is, and compare it with pixelation that has a guarantee.',
    load: async () => (await import('@/components/lessons/noise-on-pixels/not-dp/cell')).NotDpCell,
  },
  {
    id: 'anonymise',
    lesson: 'noise-on-pixels',
    title: 'Private by design: a picture without the people',
    summary: 'Cover the faces or people that a detector finds, and download the picture.',
    load: async () => (await import('@/components/lessons/noise-on-pixels/anonymise/cell')).AnonymiseCell,
  },
  {
    id: 'train',
    lesson: 'training-with-dp-sgd',
    title: 'Train privately, and plainly',
    summary:
      'Train on 60,000 handwritten digits, with and without differential privacy, at the ε you choose.',
    load: async () => (await import('@/components/lessons/training-with-dp-sgd/train/cell')).TrainCell,
  },
  {
    id: 'train-tumours',
    lesson: 'training-with-dp-sgd',
    title: 'Train on 569 patients, while the slider moves',
    summary: 'Train on the measurements of 569 tumours, privately and plainly, anew at every move of ε.',
    load: async () =>
      (await import('@/components/lessons/training-with-dp-sgd/train-tumours/cell')).TrainTumoursCell,
  },
  {
    id: 'one-step',
    lesson: 'training-with-dp-sgd',
    title: 'One step, slowed down',
    summary: 'Follow a few digits through clip, sum, noise and update, number by number.',
    load: async () => (await import('@/components/lessons/training-with-dp-sgd/one-step/cell')).OneStepCell,
  },
  {
    id: 'sweep',
    lesson: 'training-with-dp-sgd',
    title: 'Accuracy against ε',
    summary: 'Train at many ε, several times each, and draw what privacy costs beside published results.',
    load: async () => (await import('@/components/lessons/training-with-dp-sgd/sweep/cell')).SweepCell,
  },
  {
    id: 'train-detector',
    lesson: 'a-privately-trained-detector',
    title: 'Train a detector, twice',
    summary: 'Train a small detector on 2,000 forms, with and without privacy, and watch ε move its boxes.',
    load: async () =>
      (await import('@/components/lessons/a-privately-trained-detector/train-detector/cell'))
        .TrainDetectorCell,
  },
  {
    id: 'sweep-detector',
    lesson: 'a-privately-trained-detector',
    title: 'mAP50 against ε',
    summary: 'Train the detector at many ε, several times each, and draw what privacy costs it.',
    load: async () =>
      (await import('@/components/lessons/a-privately-trained-detector/sweep-detector/cell'))
        .SweepDetectorCell,
  },
  {
    id: 'rare-symbol',
    lesson: 'a-privately-trained-detector',
    title: 'The rare symbol',
    summary: 'Train with and without the one person who drew a symbol, and see which models know it.',
    load: async () =>
      (await import('@/components/lessons/a-privately-trained-detector/rare-symbol/cell')).RareSymbolCell,
  },
  {
    id: 'detector-noise',
    lesson: 'a-privately-trained-detector',
    title: 'Noise on what they look at',
    summary: 'Open a detector that you trained, and add noise to what it looks at.',
    load: async () =>
      (await import('@/components/lessons/a-privately-trained-detector/detector-noise/cell'))
        .DetectorNoiseCell,
  },
  {
    id: 'reconstruct',
    lesson: 'attacks',
    title: 'A picture out of a gradient',
    summary: 'Read a digit off the gradient of one training step, and see clip and noise spoil it.',
    load: async () => (await import('@/components/lessons/attacks/reconstruct/cell')).ReconstructCell,
  },
  {
    id: 'membership',
    lesson: 'attacks',
    title: 'Were you in the training data?',
    summary: 'Attack a plain and a private model, and hold the attack against its proven limit.',
    load: async () => (await import('@/components/lessons/attacks/membership/cell')).MembershipCell,
  },
  {
    id: 'canaries',
    lesson: 'attacks',
    title: 'Canaries',
    summary: 'Hide pictures of pure noise in the training data, and see which model remembers them.',
    load: async () => (await import('@/components/lessons/attacks/canaries/cell')).CanariesCell,
  },
  {
    id: 'audit',
    lesson: 'attacks',
    title: 'Audit the trainer',
    summary: 'Refute a false claim of privacy by guessing which canaries a trainer was given.',
    load: async () => (await import('@/components/lessons/attacks/audit/cell')).AuditCell,
  },
  {
    id: 'classify',
    lesson: 'healthcare',
    title: 'Benign or malignant?',
    summary: 'Judge 569 real tumours by models that are trained anew whenever you move ε.',
    load: async () => (await import('@/components/lessons/healthcare/classify/cell')).ClassifyCell,
  },
  {
    id: 'subgroups',
    lesson: 'healthcare',
    title: 'Who pays for it?',
    summary: 'Compare the errors of private and plain models group by group.',
    load: async () => (await import('@/components/lessons/healthcare/subgroups/cell')).SubgroupsCell,
  },
  {
    id: 'hospitals',
    lesson: 'healthcare',
    title: 'Three hospitals',
    summary: 'See what each of three hospitals gains from pooling its data privately.',
    load: async () => (await import('@/components/lessons/healthcare/hospitals/cell')).HospitalsCell,
  },
  {
    id: 'one-patient',
    lesson: 'healthcare',
    title: 'One patient more or less',
    summary: 'Train with and without one patient, and see whether a model remembers.',
    load: async () => (await import('@/components/lessons/healthcare/one-patient/cell')).OnePatientCell,
  },
  {
    id: 'release',
    lesson: 'healthcare',
    title: 'Release a model in earnest',
    summary: 'Train once with cryptographic noise, charged to the ledger.',
    load: async () => (await import('@/components/lessons/healthcare/release/cell')).ReleaseCell,
  },
  {
    id: 'population',
    lesson: 'telemetry',
    title: 'A crowd of phones',
    summary: 'Estimate what up to ten million phones say, each of which may deny it.',
    load: async () => (await import('@/components/lessons/telemetry/population/cell')).PopulationCell,
  },
  {
    id: 'your-report',
    lesson: 'telemetry',
    title: 'Your own report',
    summary: 'Have your own answer randomised, and see what a server may believe of you.',
    load: async () => (await import('@/components/lessons/telemetry/your-report/cell')).YourReportCell,
  },
  {
    id: 'next-word',
    lesson: 'telemetry',
    title: 'For my birthday I would like a …',
    summary: 'Find the frequent words above the noise, and what hides below it.',
    load: async () => (await import('@/components/lessons/telemetry/next-word/cell')).NextWordCell,
  },
  {
    id: 'central-local',
    lesson: 'telemetry',
    title: 'The price of trusting nobody',
    summary: 'Compare the error of local reports with that of a trusted server.',
    load: async () => (await import('@/components/lessons/telemetry/central-local/cell')).CentralLocalCell,
  },
  {
    id: 'longitudinal',
    lesson: 'telemetry',
    title: 'A report every day',
    summary: 'Report daily with fresh or remembered coins, and see who is seen through.',
    load: async () => (await import('@/components/lessons/telemetry/longitudinal/cell')).LongitudinalCell,
  },
  {
    id: 'peek',
    lesson: 'federated-learning',
    title: 'What the server sees',
    summary: 'Read a client’s picture off its update, until noise or a sum hides it.',
    load: async () => (await import('@/components/lessons/federated-learning/peek/cell')).PeekCell,
  },
  {
    id: 'secure-agg',
    lesson: 'federated-learning',
    title: 'A sum of secrets',
    summary: 'Add up masked updates exactly, and see what happens when somebody drops out.',
    load: async () => (await import('@/components/lessons/federated-learning/secure-agg/cell')).SecureAggCell,
  },
  {
    id: 'rounds',
    lesson: 'federated-learning',
    title: '500 clients learn together',
    summary: 'Train a model over 500 clients, with and without privacy for each of them.',
    load: async () => (await import('@/components/lessons/federated-learning/rounds/cell')).RoundsCell,
  },
  {
    id: 'ask',
    lesson: 'a-budget-across-runs',
    title: 'Ask, and pay',
    summary: 'Ask a register of people private questions until its budget is spent.',
    load: async () => (await import('@/components/lessons/a-budget-across-runs/ask/cell')).AskCell,
  },
  {
    id: 'compose',
    lesson: 'a-budget-across-runs',
    title: 'Run after run',
    summary: 'Put runs on a list and watch ε grow under four ways of counting.',
    load: async () => (await import('@/components/lessons/a-budget-across-runs/compose/cell')).ComposeCell,
  },
  {
    id: 'plan',
    lesson: 'a-budget-across-runs',
    title: 'How many runs fit?',
    summary: 'Divide a budget among runs to come, and see how much noise each needs.',
    load: async () => (await import('@/components/lessons/a-budget-across-runs/plan/cell')).PlanCell,
  },
  {
    id: 'matrix',
    lesson: 'which-protection',
    title: 'Which protection for which threat?',
    summary: 'Judge which control answers which threat, and open a case where it does not.',
    load: async () => (await import('@/components/lessons/which-protection/matrix/cell')).MatrixCell,
  },
  {
    id: 'quiz',
    lesson: 'which-protection',
    title: 'You decide',
    summary: 'Decide eight cases, with a reason for every option.',
    load: async () => (await import('@/components/lessons/which-protection/quiz/cell')).QuizCell,
  },
];

export const findCell = (lesson: string, id: string): CellEntry | undefined =>
  CELLS.find((cell) => cell.lesson === lesson && cell.id === id);

export const findCellById = (id: string): CellEntry | undefined => CELLS.find((cell) => cell.id === id);
