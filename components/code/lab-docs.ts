/** What code may use, in words: for completion in the editor and for the list beside it. */

export interface LabDoc {
  name: string;
  call: string;
  text: string;
}

export const LAB_DOCS: readonly LabDoc[] = [
  {
    name: 'lab.run',
    call: 'await lab.run(experiment, params, onUpdate)',
    text: 'Starts an experiment of the site in its own worker and resolves with its result: train-mnist, compose-runs, plan-runs, ask-count, population, tumour-classify. Private ones charge the ledger.',
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
    call: 'await lab.privacy.calibrateNoiseMultiplier({ targetEpsilon, delta, sampleRate, steps })',
    text: 'The smallest σ for a target ε.',
  },
  {
    name: 'lab.privacy.maxSteps',
    call: 'await lab.privacy.maxSteps({ targetEpsilon, delta, sampleRate, noiseMultiplier })',
    text: 'The most steps that a budget allows.',
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
    name: 'lab.privacy.composeEpsilon',
    call: "await lab.privacy.composeEpsilon({ events: [{ kind: 'pure', epsilon: 0.1, count: 10 }], delta })",
    text: 'ε of a list of events: poisson-gaussian, gaussian, laplace, pure.',
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
    name: 'lab.chart',
    call: 'lab.chart({ title, x, y, series: [{ label, points: [[x, y]] }] })',
    text: 'Draws lines; up to four series. Its table, CSV and PNG come with it.',
  },
  { name: 'lab.table', call: 'lab.table({ title, columns, rows })', text: 'Shows a table.' },
  { name: 'lab.print', call: 'lab.print(value)', text: 'Prints, as console.log does.' },
  {
    name: 'lab.sleep',
    call: 'await lab.sleep(milliseconds)',
    text: 'Pauses; long loops should, so that Stop is heard and nothing is taken for endless.',
  },
];
