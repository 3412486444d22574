'use client';

import { AccountPanel } from '@/components/ledger/account-panel';
import { ATTACKED_SHA256 } from '@/lib/runs/accounts/attacked-digits';

/** What the attacked digits have paid so far, in this browser. */
export function AttackAccount() {
  return (
    <AccountPanel
      dataset={`sha256:${ATTACKED_SHA256}`}
      nothing="No model has been trained on these digits yet. Run a cell above."
    />
  );
}
