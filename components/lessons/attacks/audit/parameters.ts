/** The audit of the trainer. */

import { choice, defineParameters, number } from '@/lib/notebook';
import { seed } from '../parameters';
import { FAULT_WORDS } from './faults';

const option = <Value extends keyof typeof FAULT_WORDS>(value: Value) => ({
  value,
  label: FAULT_WORDS[value].label,
});

export const auditParameters = defineParameters(
  {
    auditNoise: number({
      label: 'Claimed noise multiplier σ',
      key: 'asigma',
      help: 'What the trainer says it adds. The accountant’s ε follows from it.',
      min: 0.5,
      max: 20,
      scale: 'log',
      default: 2.5,
    }),
    fault: choice({
      label: 'The trainer',
      key: 'fault',
      help: 'A trainer may have a mistake that no accuracy shows. The accountant cannot see it either: it believes what it is told.',
      options: [
        option('none'),
        option('no-noise'),
        option('no-clip'),
        option('half-noise'),
        option('private-divisor'),
        option('noise-reused'),
        option('lot-cut'),
        option('shuffled'),
      ],
      default: 'none',
    }),
    seed,
  },
  { hero: 'auditNoise' },
);
