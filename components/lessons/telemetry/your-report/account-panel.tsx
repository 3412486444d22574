'use client';

import { AccountPanel } from '@/components/ledger/account-panel';
import { OWN_ANSWERS } from '../account';

/** What the learner's own reports have cost so far, in this browser. */
export function OwnAccount() {
  return <AccountPanel dataset={OWN_ANSWERS} nothing="You have not reported yet. Report once above." />;
}
