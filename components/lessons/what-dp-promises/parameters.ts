/** What the cells about the promise share: which mechanism, at which ε and δ. */
import { privacyEpsilon } from '@/components/training/parameters';
import { choice, number, seedNumber } from '@/lib/notebook';
import type { CountingMechanismId } from '@/lib/privacy';

export const mechanism = choice<CountingMechanismId>({
  label: 'Mechanism',
  key: 'by',
  help: 'How the answer is made random. Three add noise to a count; randomised response randomises one person’s yes or no.',
  options: [
    { value: 'laplace', label: 'Laplace noise' },
    { value: 'gaussian', label: 'Gaussian noise' },
    { value: 'discrete-laplace', label: 'Discrete Laplace noise' },
    { value: 'randomised-response', label: 'Randomised response' },
  ],
  default: 'laplace',
});

export const promiseEpsilon = privacyEpsilon({
  help: 'Low: more noise, stronger protection. High: less noise, more useful answers, weaker protection.',
  min: 0.1,
  max: 8,
  default: 1,
});

export const promiseDelta = number({
  label: 'Slack δ',
  key: 'delta',
  help: 'Only Gaussian noise needs it: at most so much probability may fall outside the factor of e to the ε.',
  min: 1e-8,
  max: 0.01,
  scale: 'log',
  default: 1e-5,
});

export const promiseSeed = seedNumber({
  label: 'Seed of the noise',
  key: 'seed',
  help: 'Another number, other draws. Anybody who knows it knows the noise: here this is wanted.',
});
