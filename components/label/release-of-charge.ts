/** What a run was charged for, as a label takes it. */
import type { ChargedRelease } from '@/lib/ledger';
import { CLIENTS_ADD, type Release } from '@/lib/runs/label';

export function releaseOfCharge({ settings, ...release }: ChargedRelease): Release {
  return { ...release, practice: settings.noisePlace === 'local' ? CLIENTS_ADD : {} };
}
