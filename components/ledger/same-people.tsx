'use client';

import Link from 'next/link';
import { useCallback } from 'react';
import TurnedSmall from '@/components/label/turned-small';
import { type Account, countedEvents, type LedgerEvent } from '@/lib/ledger';
import { samePeople } from '@/lib/runs/accounts/same-people';
import { useLater } from './use-later';
import { formatDelta, formatEpsilon } from './words';

/** Accounts by name, each a link to its card in the ledger. */
function Names({ accounts }: { accounts: readonly Account[] }) {
  return accounts.map((account, index) => (
    <span key={account.id}>
      {index === 0 ? '' : index === accounts.length - 1 ? ' and ' : ', '}
      <Link href={`/ledger/#account-${account.id}`} className="text-accent underline underline-offset-2">
        {account.dataset.title}
      </Link>
    </span>
  ));
}

/** Where else the people of an account stand, and what all of it costs one of them. Nothing where they stand nowhere else. */
export function SamePeopleNote({
  account,
  accounts,
  events,
}: {
  account: Account;
  accounts: readonly Account[];
  events: readonly LedgerEvent[];
}) {
  const same = useLater(
    useCallback(() => samePeople(account, accounts, events), [account, accounts, events]),
  );
  if (same === null || same.likeUnit.length + same.otherUnit.length === 0) return null;
  const { likeUnit, otherUnit, together, released } = same;
  return (
    <div className="mt-3 grid gap-1 text-sm" data-same-people>
      {likeUnit.length === 0 ? null : (
        <p>
          These people also stand in <Names accounts={likeUnit} />. All together, ε ={' '}
          <strong className="tabular-nums" data-together>
            {formatEpsilon(together)}
          </strong>{' '}
          for one {account.unit} that stands in {likeUnit.length === 1 ? 'both' : 'all of them'}, by PLD at δ
          = {formatDelta(account.delta)}.
          <span className="-my-1.5 ml-1 inline-block align-middle">
            <TurnedSmall
              release={{
                title: `All that was charged to ${[account, ...likeUnit].map(({ dataset }) => dataset.title).join(', and to ')}`,
                account,
                events: released,
                epsilon: together,
                runs: [account, ...likeUnit].flatMap((each) => countedEvents(each, events)).length,
              }}
            />
          </span>
        </p>
      )}
      {otherUnit.length === 0 ? null : (
        <p className="text-secondary">
          {likeUnit.length === 0 ? 'These people also stand in ' : 'And they stand in '}
          <Names accounts={otherUnit} />, where ε protects another unit (
          {[...new Set(otherUnit.map(({ unit }) => unit))].join(', ')}). That is another promise to the same
          people. It cannot be added into one number, but whoever stands in both is exposed by both.
        </p>
      )}
    </div>
  );
}
