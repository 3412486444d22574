/** What the cells about telemetry share: how many phones, which ε, which protocol. */

import { count } from '@/components/ui/format';
import { choice, number, seedNumber } from '@/lib/notebook';
import { PROTOCOL_NAMES, PROTOCOLS, type ProtocolId } from './protocols';

export const people = number({
  label: 'Phones',
  key: 'n',
  help: 'How many people report, once each. From a school to a large city.',
  min: 100,
  max: 10_000_000,
  step: 0.01,
  scale: 'log',
  integer: true,
  format: count,
  default: 20_000,
});

export const localEpsilon = number({
  label: 'ε of one report',
  key: 'eps',
  help: 'Whatever a phone sends is at most e to the ε times as likely for one true answer as for any other. Nobody has to be trusted with the truth.',
  min: 0.1,
  max: 8,
  scale: 'log',
  default: 1.5,
});

export const protocol = choice<ProtocolId>({
  label: 'Protocol',
  key: 'by',
  help: 'How a phone randomises its answer. All are private at the same ε; they differ in error and in the size of a report.',
  options: PROTOCOLS.map((value) => ({ value, label: PROTOCOL_NAMES[value] })),
  default: 'optimised',
});

export const emojiCount = number({
  label: 'Emoji to choose from',
  key: 'k',
  help: 'How many different answers there are. More of them make it harder for k-ary randomised response, and easier to hide.',
  min: 4,
  max: 64,
  integer: true,
  default: 16,
});

export const skew = number({
  label: 'Skew of use',
  key: 'skew',
  help: 'Zipf’s exponent of the made-up truth. At 0 all are used equally; at 1 the second is used half as often as the first, the third a third.',
  min: 0,
  max: 2,
  step: 0.05,
  default: 1,
});

export const crowdSeed = seedNumber({
  label: 'Seed of the crowd',
  key: 'seed',
  help: 'Another number, another crowd with the same habits and other coins.',
});
