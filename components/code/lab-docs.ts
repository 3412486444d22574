/** What code may use, in words: for completion in the editor and for the list beside it. */
import { OPEN_EXPERIMENTS } from '@/components/lessons/open';

export interface LabDoc {
  name: string;
  call: string;
  text: string;
}

export const LAB_DOCS: readonly LabDoc[] = [
  {
    name: 'lab.run',
    call: 'await lab.run(experiment, settings, onUpdate)',
    text: 'Starts an experiment of the site in its own worker and resolves with its result. Settings that are left out have the defaults listed below. Private runs charge the ledger.',
  },
  {
    name: 'lab.detect',
    call: "await lab.detect({ picture: 'six-people', noise: 0.1, noiseKind: 'gaussian', confidence: 0.4, seed: 1, detector: 'faces' })",
    text: 'Adds noise to a sample picture and looks for faces in it, or with the detector “nanodet” for 80 kinds of things: count, meanConfidence, and detections with box, score and className. Left out, the detector is the one that fits the picture.',
  },
  {
    name: 'lab.privacy.rdpEpsilon',
    call: 'await lab.privacy.rdpEpsilon({ sampleRate, noiseMultiplier, steps, delta })',
    text: 'ε of DP-SGD by the RDP accountant.',
  },
  {
    name: 'lab.privacy.dpSgdEpsilon',
    call: "await lab.privacy.dpSgdEpsilon({ sampleRate, noiseMultiplier, steps, delta, accountant: 'pld' })",
    text: 'The same by either accountant, pld or rdp.',
  },
  {
    name: 'lab.privacy.calibrateNoiseMultiplier',
    call: "await lab.privacy.calibrateNoiseMultiplier({ targetEpsilon, delta, sampleRate, steps, accountant: 'pld' })",
    text: 'The smallest σ for a target ε. The cells of this site take the one that pld gives.',
  },
  {
    name: 'lab.privacy.maxSteps',
    call: 'await lab.privacy.maxSteps({ targetEpsilon, delta, sampleRate, noiseMultiplier })',
    text: 'The most steps that a budget allows.',
  },
  {
    name: 'lab.privacy.composeEpsilon',
    call: "await lab.privacy.composeEpsilon({ events: [{ kind: 'pure', epsilon: 0.1, count: 10 }], delta })",
    text: 'ε of a list of events: poisson-gaussian, gaussian, laplace, pure, and parallel for groups that share nobody.',
  },
  {
    name: 'lab.privacy.rdpCurve',
    call: 'await lab.privacy.rdpCurve({ events, orders: [2, 4, 8, 16, 32] })',
    text: 'Rényi divergences of a list of events, one an order.',
  },
  {
    name: 'lab.privacy.basicComposition',
    call: 'await lab.privacy.basicComposition({ guarantees: [{ epsilon, delta }] })',
    text: 'ε and δ of several releases, added up.',
  },
  {
    name: 'lab.privacy.advancedComposition',
    call: 'await lab.privacy.advancedComposition({ epsilon, delta, count, slack })',
    text: 'ε and δ of many equal runs by the theorem of 2010; slack is the δ spent on the unlucky tail.',
  },
  {
    name: 'lab.privacy.optimalComposition',
    call: 'await lab.privacy.optimalComposition({ epsilon, delta, count, totalDelta })',
    text: 'The smallest ε that holds for any count of such runs of which nothing else is known, at δ in all.',
  },
  {
    name: 'lab.privacy.gaussianSigma',
    call: 'await lab.privacy.gaussianSigma({ epsilon, delta })',
    text: 'σ of one Gaussian release, by the analytic calibration.',
  },
  {
    name: 'lab.privacy.gaussianEpsilon',
    call: 'await lab.privacy.gaussianEpsilon({ noiseMultiplier, delta })',
    text: 'The exact ε of one Gaussian release.',
  },
  {
    name: 'lab.privacy.gaussianDelta',
    call: 'await lab.privacy.gaussianDelta({ noiseMultiplier, epsilon })',
    text: 'The exact δ of one Gaussian release.',
  },
  {
    name: 'lab.privacy.classicalGaussianSigma',
    call: 'await lab.privacy.classicalGaussianSigma({ epsilon, delta })',
    text: 'σ by the classical rule √(2 ln(1.25/δ))/ε, proved below ε = 1 only. To compare.',
  },
  {
    name: 'lab.privacy.classicalGaussianEpsilon',
    call: 'await lab.privacy.classicalGaussianEpsilon({ noiseMultiplier, delta })',
    text: 'The same rule solved for ε.',
  },
  {
    name: 'lab.privacy.gdpEpsilon',
    call: 'await lab.privacy.gdpEpsilon({ mu, delta })',
    text: 'ε of μ-Gaussian differential privacy.',
  },
  {
    name: 'lab.privacy.centralLimitEpsilonNotABound',
    call: 'await lab.privacy.centralLimitEpsilonNotABound({ sampleRate, noiseMultiplier, steps, delta })',
    text: 'ε of DP-SGD as the central limit has it. It may say less than the truth. To compare.',
  },
  {
    name: 'lab.privacy.membershipBounds',
    call: 'await lab.privacy.membershipBounds({ epsilon, delta, falsePositiveRate })',
    text: 'What any attacker can reach at most: maxAdvantage, maxBalancedAccuracy, and truePositiveRate at a falsePositiveRate.',
  },
  {
    name: 'lab.privacy.gaussianMembership',
    call: 'await lab.privacy.gaussianMembership({ noiseMultiplier, steps: 1, falsePositiveRate })',
    text: 'The best attack on Gaussian noise over all the data: mu, maxAdvantage, auc, and truePositiveRate at a falsePositiveRate.',
  },
  {
    name: 'lab.privacy.composedTradeOff',
    call: 'await lab.privacy.composedTradeOff({ events, falsePositiveRates: [0.01, 0.1] })',
    text: 'At each false positive rate, the false negative rate that no attacker on a list of events can go below.',
  },
  {
    name: 'lab.privacy.oneRunAudit',
    call: 'await lab.privacy.oneRunAudit({ canaries, guesses, correct, delta })',
    text: 'The ε that so many right guesses refute, at 95 % confidence.',
  },
  {
    name: 'lab.privacy.oneRunPValue',
    call: 'await lab.privacy.oneRunPValue({ canaries, guesses, correct, epsilon, delta })',
    text: 'How likely, at most, so many right guesses are if training is (ε, δ)-DP.',
  },
  {
    name: 'lab.privacy.clopperPearsonAudit',
    call: 'await lab.privacy.clopperPearsonAudit({ truePositives, members, falsePositives, nonMembers, delta, confidence: 0.95 })',
    text: 'The ε that an attack on many models refutes: epsilonLowerBound, from tprLower and fprUpper.',
  },
  {
    name: 'lab.privacy.auditSideBySide',
    call: 'await lab.privacy.auditSideBySide({ scores, included, delta, signal: 1, pValue: 0.05 })',
    text: 'The ε that a score for each canary refutes, by four bounds that hold together: steinke, curve, shift, and spread, which takes for granted that a canary that is in scores higher by the signal.',
  },
  {
    name: 'lab.privacy.cloneShuffleBound',
    call: 'await lab.privacy.cloneShuffleBound({ epsilonLocal, people, delta })',
    text: 'The ε of local reports that somebody trusted shuffles (2021); epsilon is null above the limit up to which it is proved.',
  },
  {
    name: 'lab.privacy.strongerCloneShuffleBound',
    call: 'await lab.privacy.strongerCloneShuffleBound({ epsilonLocal, people, delta })',
    text: 'The same by the stronger theorem of 2023.',
  },
  {
    name: 'lab.privacy.rapporEpsilon',
    call: 'await lab.privacy.rapporEpsilon({ f, p, q, hashes, count: 1 })',
    text: 'RAPPOR: ε of oneReport, of count of them (afterReports), and permanent, which no number of reports goes beyond.',
  },
  {
    name: 'lab.privacy.binaryRandomizedResponse',
    call: 'await lab.privacy.binaryRandomizedResponse({ epsilon, people, meanReport })',
    text: 'The share of yes behind answers by randomised response, with its standardError.',
  },
  {
    name: 'lab.privacy.estimateFrequencies',
    call: 'await lab.privacy.estimateFrequencies({ epsilon, categories, reports, confidence: 0.95 })',
    text: 'How many hold each value, from reports of lab.mechanisms.randomizedResponse: frequency, standardError, low, high.',
  },
  {
    name: 'lab.privacy.frequencyVariance',
    call: "await lab.privacy.frequencyVariance({ protocol: 'choice', epsilon, categories, people, frequency: 0 })",
    text: 'The variance of such an estimate by a protocol: choice, symmetric, optimised or hadamard.',
  },
  {
    name: 'lab.mechanisms.laplace',
    call: 'await lab.mechanisms.laplace({ value, epsilon, sensitivity: 1, count, seed })',
    text: 'Releases a number with Laplace noise. With count, so many releases in a list. Cryptographic without a seed.',
  },
  {
    name: 'lab.mechanisms.discreteLaplace',
    call: 'await lab.mechanisms.discreteLaplace({ value, epsilon, sensitivity: 1, count, seed })',
    text: 'Releases a whole number with noise in whole numbers.',
  },
  {
    name: 'lab.mechanisms.gaussian',
    call: 'await lab.mechanisms.gaussian({ value, noiseMultiplier, sensitivity: 1, count, seed })',
    text: 'Releases a number with Gaussian noise.',
  },
  {
    name: 'lab.mechanisms.discreteGaussian',
    call: 'await lab.mechanisms.discreteGaussian({ value, sigma, sensitivity: 1, count, seed })',
    text: 'Releases a whole number with Gaussian noise in whole numbers.',
  },
  {
    name: 'lab.mechanisms.randomizedResponse',
    call: 'await lab.mechanisms.randomizedResponse({ value, epsilon, categories: 2, count, seed })',
    text: 'Tells the truth or another category, by lot: local privacy.',
  },
  {
    name: 'lab.mechanisms.oneBitMean',
    call: 'await lab.mechanisms.oneBitMean({ value, epsilon, count, seed })',
    text: 'Reports a value from 0 to 1 in one private bit, as what the bit stands for: the mean of many reports is the value.',
  },
  {
    name: 'lab.mechanisms.exponential',
    call: 'await lab.mechanisms.exponential({ value: scores, epsilon, sensitivity: 1, count, seed })',
    text: 'Chooses one of several candidates by their scores: its index.',
  },
  {
    name: 'lab.mechanisms.noisyMax',
    call: 'await lab.mechanisms.noisyMax({ value: scores, epsilon, sensitivity: 1, count, seed })',
    text: 'Adds noise to every score and names the largest: its index.',
  },
  {
    name: 'lab.noise.laplace',
    call: 'await lab.noise.laplace({ scale, count, seed })',
    text: 'Draws of Laplace noise; cryptographic without a seed.',
  },
  {
    name: 'lab.noise.gaussian',
    call: 'await lab.noise.gaussian({ scale, count, seed })',
    text: 'Draws of normal noise with standard deviation scale.',
  },
  {
    name: 'lab.noise.uniform',
    call: 'await lab.noise.uniform({ scale, count, seed })',
    text: 'Uniform draws between 0 and scale.',
  },
  {
    name: 'lab.plot',
    call: "lab.plot([1, 4, 9], { title: 'Squares' })",
    text: 'The quickest chart: of numbers, of [x, y] pairs, of two lists lab.plot(x, y), or of several by name lab.plot({ private: a, plain: b }). Options last: title, x, y, dots.',
  },
  {
    name: 'lab.chart',
    call: 'lab.chart({ title, x, y, series: [{ label, points: [[x, y]], dots }] })',
    text: 'Draws lines; up to four series. An axis is its label, or { label, scale: "log" }. Table, CSV and PNG come with it.',
  },
  {
    name: 'lab.bars',
    call: 'lab.bars({ title, x, y, bars: [{ label, value, low, high }] })',
    text: 'Draws bars, with the ends of an interval where they are given.',
  },
  { name: 'lab.table', call: 'lab.table({ title, columns, rows })', text: 'Shows a table.' },
  { name: 'lab.print', call: 'lab.print(value)', text: 'Prints, as console.log does.' },
  {
    name: 'lab.sleep',
    call: 'await lab.sleep(milliseconds)',
    text: 'Pauses; long loops should, so that Stop is heard and nothing is taken for endless.',
  },
];

/** What `lab.run` can start, each with the call that names all its settings. */
export const EXPERIMENT_DOCS: readonly LabDoc[] = Object.entries(OPEN_EXPERIMENTS).map(
  ([id, { text, defaults }]) => ({
    name: id,
    call: `await lab.run('${id}', ${JSON.stringify(defaults)
      .replaceAll(/"(\w+)":/g, ' $1: ')
      .replaceAll('"', "'")
      .replace('}', ' }')})`,
    text,
  }),
);
