/** What the learner sets of a federated run. ε and σ are two ends of one thing, at the level of clients. */

import { choice, defineParameters, number } from '@/lib/notebook';
import { calibrateNoiseMultiplier, rdpEpsilon } from '@/lib/privacy';
import { CLIENT_DELTA, CLIENTS } from '../account';
import { maxUpdateNorm, seed } from '../parameters';

const EPSILON = { min: 0.1, max: 50 };
const SIGMA = { min: 0.2, max: 200 };

const within = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value));
/** Upwards: a little more noise than needed, never less. */
const roundUp = (value: number) => {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(4));
};

export const roundsParameters = defineParameters(
  {
    epsilon: number({
      label: 'Privacy ε of a client',
      key: 'eps',
      help: 'How much more likely any outcome may become because one client took part, with all its digits: at most a factor of e to the ε.',
      ...EPSILON,
      step: 0.01,
      scale: 'log',
      default: 8,
    }),
    noiseMultiplier: number({
      label: 'Noise multiplier σ',
      key: 'sigma',
      help: 'Standard deviation of the noise on the sum of updates, divided by the clip. The other end of ε: move it, and ε follows.',
      ...SIGMA,
      step: 0.01,
      scale: 'log',
      default: 1.3,
      // It follows from ε and the rest, so a link needs to say only those.
      destinations: { link: false },
    }),
    maxUpdateNorm,
    rounds: number({
      label: 'Rounds',
      key: 'rounds',
      help: 'How often the model is sent out and updates come back. Every round spends some privacy.',
      min: 1,
      max: 100,
      step: 1,
      scale: 'log',
      integer: true,
      default: 20,
    }),
    clientsPerRound: number({
      label: 'Clients a round',
      key: 'm',
      help: 'How many of the 500 clients join a round on average. Each joins by a coin of its own, so the true number varies and stays secret.',
      min: 5,
      max: 500,
      step: 1,
      scale: 'log',
      integer: true,
      default: 200,
    }),
    localSteps: number({
      label: 'Local steps',
      key: 'local',
      help: 'Gradient steps a client takes on its own digits before it sends what changed.',
      min: 1,
      max: 20,
      step: 1,
      scale: 'linear',
      integer: true,
      default: 3,
    }),
    noisePlace: choice({
      label: 'Who adds the noise',
      key: 'by',
      help: 'Central: once, on the sum, by somebody who may be trusted with it. Local: every client adds that much to its own report, at the same ε for each client.',
      options: [
        { value: 'central', label: 'Central: once, on the sum' },
        { value: 'local', label: 'Local: every client, on its report' },
      ],
      default: 'central',
    }),
    deal: choice({
      label: 'Who holds what',
      key: 'deal',
      help: 'Phones are not alike. Two kinds: nearly every client has digits of one or two kinds only. Mixed: everybody has some of everything.',
      options: [
        { value: 'two-kinds', label: 'Two kinds of digit each' },
        { value: 'mixed', label: 'Mixed' },
      ],
      default: 'two-kinds',
    }),
    noiseSource: choice({
      label: 'Noise',
      key: 'noise',
      help: 'Cryptographic noise protects and is never the same twice. Seeded noise makes a run repeatable, and therefore protects nobody.',
      options: [
        { value: 'cryptographic', label: 'Cryptographic (private)' },
        { value: 'seeded', label: 'Seeded (reproducible, not private)' },
      ],
      default: 'cryptographic',
    }),
    seed,
  },
  {
    reconcile(values, changed) {
      const { rounds: steps, noiseMultiplier } = values;
      const sampleRate = values.clientsPerRound / CLIENTS;
      const epsilonOf = (sigma: number) =>
        rdpEpsilon({ sampleRate, noiseMultiplier: sigma, steps, delta: CLIENT_DELTA }).epsilon;
      if (changed === 'noiseMultiplier')
        return { epsilon: within(Number(epsilonOf(noiseMultiplier).toPrecision(4)), EPSILON) };
      if (!['epsilon', 'rounds', 'clientsPerRound'].includes(changed)) return {};
      const exact = calibrateNoiseMultiplier({
        targetEpsilon: values.epsilon,
        delta: CLIENT_DELTA,
        sampleRate,
        steps,
      });
      const sigma = within(roundUp(exact.noiseMultiplier), SIGMA);
      // At the end of σ's range the ε asked for cannot be had: the slider shows the one that can.
      return sigma < exact.noiseMultiplier || sigma === SIGMA.min
        ? { noiseMultiplier: sigma, epsilon: within(Number(epsilonOf(sigma).toPrecision(3)), EPSILON) }
        : { noiseMultiplier: sigma };
    },
  },
);
