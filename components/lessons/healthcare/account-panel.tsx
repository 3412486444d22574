'use client';

import { AccountPanel } from '@/components/ledger/account-panel';
import { BREAST_CANCER_SHA256 } from '@/lib/data/breast-cancer';

/** What this browser has asked of the 569 patients so far. */
export function TumourAccount() {
  return (
    <AccountPanel
      dataset={`sha256:${BREAST_CANCER_SHA256}`}
      nothing="Nothing has been charged yet. Release a model above, and look again."
    />
  );
}
