/** What the learner sets of a private training of the detector. */
import { choice, defineParameters, number } from '@/lib/notebook';
import { calibrateNoiseMultiplier, rdpEpsilon } from '@/lib/privacy';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE } from '@/lib/runs/accounts/scenes';

const EPSILON = { min: 0.05, max: 20 };
const SIGMA = { min: 0.3, max: 200 };
const SAMPLE_RATE = SCENE_LOT / SCENE_PEOPLE;

const within = (value: number, { min, max }: { min: number; max: number }) =>
  Math.min(max, Math.max(min, value));
/** Upwards: a little more noise than needed, never less. */
const roundUp = (value: number) => {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 3);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(4));
};

export const detectorParameters = defineParameters(
  {
    epsilon: number({
      label: 'Privacy ε',
      key: 'eps',
      help: 'How much more likely any outcome may become because one person’s scene took part: at most a factor of e to the ε. Move it, and the noise follows.',
      ...EPSILON,
      step: 0.01,
      scale: 'log',
      default: 8,
    }),
    noiseMultiplier: number({
      label: 'Noise multiplier σ',
      key: 'sigma',
      help: 'Standard deviation of the noise on the sum of gradients, divided by the clip. The other end of ε: move it, and ε follows.',
      ...SIGMA,
      step: 0.01,
      scale: 'log',
      default: 1.413,
      // It follows from ε and the rest, so a link needs to say only those.
      destinations: { link: false },
    }),
    maxGradNorm: number({
      label: 'Clip C',
      key: 'clip',
      help: 'The longest gradient one scene may contribute: the sum over all its digits and all its empty places. Longer ones are shortened; the noise is σ times this length.',
      min: 0.1,
      max: 100,
      step: 0.01,
      scale: 'log',
      default: 1,
    }),
    steps: number({
      label: 'Steps',
      key: 'steps',
      help: 'How often the weights move. Every step spends some privacy, so more steps need more noise in each for the same ε.',
      min: 10,
      max: 400,
      step: 1,
      scale: 'log',
      integer: true,
      default: 200,
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
    seed: number({
      label: 'Seed',
      key: 'seed',
      help: 'Fixes the sampling and the noise of a seeded run. Without effect on a cryptographic one.',
      min: 0,
      max: 999_999,
      step: 1,
      scale: 'linear',
      integer: true,
      default: 1,
    }),
  },
  {
    reconcile(values, changed) {
      const { steps, noiseMultiplier } = values;
      const common = { sampleRate: SAMPLE_RATE, steps, delta: SCENE_DELTA };
      const epsilonOf = (sigma: number) => rdpEpsilon({ ...common, noiseMultiplier: sigma }).epsilon;
      if (changed === 'noiseMultiplier')
        return { epsilon: within(Number(epsilonOf(noiseMultiplier).toPrecision(4)), EPSILON) };
      if (!['epsilon', 'steps'].includes(changed)) return {};
      const exact = calibrateNoiseMultiplier({ ...common, targetEpsilon: values.epsilon });
      const sigma = within(roundUp(exact.noiseMultiplier), SIGMA);
      // At the end of σ's range the ε asked for cannot be had: the slider shows the one that can.
      return sigma < exact.noiseMultiplier || sigma === SIGMA.min
        ? { noiseMultiplier: sigma, epsilon: within(Number(epsilonOf(sigma).toPrecision(3)), EPSILON) }
        : { noiseMultiplier: sigma };
    },
  },
);
