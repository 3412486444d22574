'use client';

import { AccountPanel } from '@/components/ledger/account-panel';
import { clientsHash } from '@/lib/runs/accounts/clients';

/** What the clients have spent so far, in this browser. */
export function ClientsAccount() {
  return (
    <AccountPanel
      dataset={clientsHash('two-kinds')}
      nothing="Nothing has been charged yet. Run the rounds above, and look again."
    />
  );
}
