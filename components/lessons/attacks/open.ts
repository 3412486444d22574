/** What code may start of this lesson. */
import { type OpenExperiment, SEEDED } from '@/lib/sandbox/open-experiment';
import type { MembershipParams } from './experiments/membership';

const attackMembership: OpenExperiment<MembershipParams> = {
  text: 'Trains a plain and a private model on a few digits, and guesses who was in.',
  defaults: { ...SEEDED, epsilon: 1, members: 200, shadows: 8 },
};

export const open = { 'attack-membership': attackMembership };
