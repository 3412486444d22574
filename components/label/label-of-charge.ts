/** The label of a run in a file, of what it was charged for. */
import type { ChargedRelease } from '@/lib/ledger';
import { type PrivacyLabel, privacyLabel } from '@/lib/runs/label';
import { releaseOfCharge } from './release-of-charge';

/** JSON has no infinity. */
export const writable = (label: PrivacyLabel): PrivacyLabel =>
  label.epsilon !== null && Number.isFinite(label.epsilon) ? label : { ...label, epsilon: null };

export const labelOfCharge = (charged: ChargedRelease): PrivacyLabel =>
  writable(privacyLabel(releaseOfCharge(charged)));
