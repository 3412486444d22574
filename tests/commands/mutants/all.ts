/** All planted faults. */
import { DETECTION } from './detection';
import { EXERCISES } from './exercises';
import type { Fault } from './fault';
import { GRADEBOOK } from './gradebook';
import { LEDGER } from './ledger';
import { PAGE } from './page';
import { PRIVACY } from './privacy';
import { RANDOM } from './random';
import { RUNS } from './runs';
import { TRAINING } from './training';

export const FAULTS: readonly Fault[] = [
  ...RANDOM,
  ...PRIVACY,
  ...TRAINING,
  ...LEDGER,
  ...RUNS,
  ...DETECTION,
  ...PAGE,
  ...EXERCISES,
  ...GRADEBOOK,
];
