/** What the learner sets of a federated run. ε and σ are two ends of one thing, at the level of clients. */

import { coupledEnds } from '@/components/training/accountant';
import { clip, noiseMultiplier, noiseSource, privacyEpsilon } from '@/components/training/parameters';
import { choice, defineParameters, number, type ValuesOf } from '@/lib/notebook';
import { CLIENT_DELTA, federatedRelease } from '../account';
import { seed } from '../parameters';

const declarations = {
  epsilon: privacyEpsilon({
    label: 'Privacy ε of a client',
    help: 'How much more likely any outcome may become because one client took part, with all its digits: at most a factor of e to the ε, up to δ.',
    min: 0.1,
    max: 50,
    default: 8,
  }),
  noiseMultiplier: noiseMultiplier('updates', { min: 0.2, max: 200, default: 1.2029 }),
  maxUpdateNorm: clip({
    help: 'The longest update one client may contribute. Longer ones are shortened; the noise is σ times this length.',
    min: 0.01,
    max: 10,
    default: 1,
  }),
  rounds: number({
    label: 'Rounds',
    key: 'rounds',
    help: 'How often the model is sent out and updates come back. Every round spends some privacy.',
    min: 1,
    max: 100,
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
    integer: true,
    default: 3,
  }),
  noisePlace: choice({
    label: 'Who adds the noise',
    key: 'by',
    help: 'Central: once, on the sum, by somebody who may be trusted with it. Local: all 500 clients send a report in every round, each with that much noise, and those that were not drawn send noise alone. Nobody sees who was drawn, so ε is the same for each client.',
    options: [
      { value: 'central', label: 'Central: once, in the sum' },
      { value: 'local', label: 'Local: in every report' },
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
  noiseSource,
  seed,
};
type RoundsValues = ValuesOf<typeof declarations>;

const released = ({ clientsPerRound, noiseMultiplier, rounds }: RoundsValues) =>
  federatedRelease(clientsPerRound, noiseMultiplier, rounds);

export const roundsParameters = defineParameters(declarations, {
  hero: 'epsilon',
  ...coupledEnds<RoundsValues>({
    ...declarations,
    follows: ['rounds', 'clientsPerRound'],
    run: released,
    delta: () => CLIENT_DELTA,
  }),
});
