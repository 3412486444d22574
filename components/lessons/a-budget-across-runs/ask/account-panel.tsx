'use client';

import { useMemo } from 'react';
import { AccountPanel } from '@/components/ledger/account-panel';
import { makeRegister } from '../account';
import { useOwnTable } from './own-table';

/** What the questions of this page have cost so far, in this browser: the account of the table that is asked above. */
export function AskAccount() {
  const { hash } = useMemo(makeRegister, []);
  const table = useOwnTable((state) => state.table);
  return (
    <AccountPanel
      dataset={table?.hash ?? hash}
      nothing="Nothing has been asked of this table yet. Ask once above, and look again."
    />
  );
}
