/**
 * What a label says that ε and its events do not tell: who is trusted, who adds the noise, how settings were chosen, what is left
 * uncovered. It follows from what the account protects and from what is released; what only one run knows is said by that run.
 */
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import type { Relation } from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import { ATTACKED_SHA256 } from '../accounts/attacked-digits';
import type { TrustModel } from './trust-model';
import { manyOf } from './units';

export interface Practice {
  model: TrustModel;
  /** Who adds the noise. */
  noiseBy: string;
  /** Who may look at everything that is released, and still learns next to nothing about one unit. */
  protectsFrom: string;
  /** Who sees the data as they are. */
  trusted: string;
  accountant: string;
  settingsChosen: string;
  notCovered: string[];
}

type Protected = { dataset: { hash: string | null }; unit: string; relation: Relation };

export function practiceOf(account: Protected, events: readonly PrivacyEvent[]): Practice {
  const trains = events.some(({ kind }) => kind.endsWith('gaussian'));
  const model: TrustModel =
    account.relation === 'replace-one' ? 'local' : account.unit === 'client' ? 'federated' : 'central';
  const onlyStated = events.length > 0 && events.every(({ kind }) => kind === 'approximate');
  return {
    model,
    ...TRUST[model],
    ...(onlyStated && model === 'central' ? STATED : {}),
    accountant: accountantOf(events),
    settingsChosen: trains ? TRAINING_CHOSEN : QUESTION_CHOSEN,
    notCovered: [
      ...SEVERAL[model](account.unit, account.dataset.hash),
      ...(trains ? TRAINING_LEAVES : []),
      ...ALWAYS_LEFT(model, account.unit),
    ],
  };
}

const TRUST: Record<TrustModel, Pick<Practice, 'noiseBy' | 'protectsFrom' | 'trusted'>> = {
  central: {
    noiseBy: 'This page, which holds the data: it adds the noise before it shows a result.',
    protectsFrom:
      'Everybody who sees the results, every step of a training included, even with all other records in hand.',
    trusted: 'Whoever runs this page and its browser: they hold the data as they are.',
  },
  federated: {
    noiseBy: 'The server, once a round, to the sum of the clipped updates that clients send.',
    protectsFrom: 'Everybody who sees the shared model, other clients included.',
    trusted: 'The server: it sees each client’s update before the noise. Each client keeps its data.',
  },
  local: {
    noiseBy: 'Your own device, before anything is sent.',
    protectsFrom: 'Everybody else, whoever collects the answers included.',
    trusted: 'Nobody but your own device.',
  },
};

/** Of a claim nothing is known but what it says. */
export const STATED: Pick<Practice, 'noiseBy' | 'protectsFrom' | 'trusted'> = {
  noiseBy: 'Not known: whoever makes the claim must say.',
  protectsFrom: 'Everybody who sees what is released, even with all other records in hand.',
  trusted: 'Whoever holds the data: the claim must say who that is.',
};

function accountantOf(events: readonly PrivacyEvent[]): string {
  if (events.length > 0 && events.every(({ kind }) => kind === 'approximate'))
    return 'Not known: ε and δ are as they were stated.';
  const isPure = events.length > 0 && events.every(({ kind }) => kind === 'pure' || kind === 'laplace');
  return isPure
    ? 'Privacy loss distributions (PLD), pessimistic bound; never more than the ε of all answers added up.'
    : 'Privacy loss distributions (PLD), pessimistic bound, both directions of the relation.';
}

const TRAINING_CHOSEN =
  'ε or σ, steps, lot and clip: by whoever moved the sliders before the run. The defaults, the learning rate and the model: by the makers of this site, who tried them on the lessons’ public data. Neither is charged.';
const QUESTION_CHOSEN =
  'ε and the question: by whoever moved the sliders before the answer. Choosing is not charged.';

/** Where one person may stand behind several units. */
const SEVERAL: Record<TrustModel, (unit: string, hash: string | null) => string[]> = {
  central: (unit, hash) => [
    hash === `sha256:${MNIST_SHA256}` || hash === `sha256:${ATTACKED_SHA256}`
      ? 'A writer with several digits: the unit is one digit. With k digits in the data, ε for the writer is up to k times as large, and a δ above 0 grows even faster.'
      : unit === 'person'
        ? 'Somebody who counts as two, under two names: the unit is one person as the data name them. With k names, ε for all together is up to k times as large, and a δ above 0 grows even faster.'
        : `Somebody with several records: the unit is one ${unit}. With k of them in the data, ε for all together is up to k times as large, and a δ above 0 grows even faster.`,
  ],
  federated: () => [
    'Somebody who is several clients: the unit is one client with all its digits. With k clients, ε is up to k times as large, and δ grows even faster.',
  ],
  local: (unit) => [
    unit === 'person'
      ? 'That you took part, and when: only what you answered is protected.'
      : `More than one ${unit}: where k of them change, ε is up to k times as large.`,
  ],
};

const TRAINING_LEAVES = [
  'The plain model that is trained beside the private one to compare: it has no noise, and no ε covers it.',
  'Rounding: the noise is drawn in ordinary floating-point numbers, whose last bits may tell more than ε says.',
];

const ALWAYS_LEFT = (model: TrustModel, unit: string) => [
  'What holds of everybody and can be learnt without you: such a result may still be about you.',
  'Settings chosen after seeing earlier results on the same data.',
  ...(model === 'local' ? [] : [`The number of ${manyOf(unit)}: it is taken to be public.`]),
];

/** Where nothing runs: what somebody would release who carried the plan out. @param unit of the plan */
export const onlyAPlan = (unit: string): Partial<Practice> => ({
  noiseBy: 'Whoever carries the plan out, before a result is shown.',
  trusted: 'Whoever carries the plan out: they hold the data as they are.',
  notCovered: [...SEVERAL.central(unit, null), ...ALWAYS_LEFT('central', unit)],
});

/** Where somebody holds the answers of all and adds the noise, though neighbours differ by what one person answered. */
export const ONE_HOLDS_ALL: Partial<Practice> = {
  model: 'central',
  ...TRUST.central,
  notCovered: [
    'That you are among them: only what you answered is protected.',
    ...ALWAYS_LEFT('central', 'person'),
  ],
};

/**
 * Where clients do not leave the noise to the server. Every client sends a report in every round, of one length and with the same noise;
 * whether it trained is decided by a coin of its own, which nobody else sees (`locallyPrivateAverage`). So the sampling is secret from the
 * server too, and the ε that counts on it holds against whoever looks at the reports.
 */
export const CLIENTS_ADD: Partial<Practice> = {
  model: 'local',
  noiseBy: 'Each client, to its own report, in every round; a client that was not drawn sends noise alone.',
  protectsFrom:
    'Everybody who sees the reports or the shared model: other clients, and the server. All clients report in every round and each tosses its own coin, so nobody sees who was drawn.',
  trusted:
    'Nobody but the client’s own device. That it belongs to the federation at all is seen: it sends reports.',
};
