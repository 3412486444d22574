'use client';

import { useCallback } from 'react';
import {
  type AccountRequest,
  accountId,
  chargedMechanismsOfPlan,
  epsilonOfMechanisms,
  type Phase,
  whatIf,
} from '@/lib/ledger';
import { Reading } from './reading';
import { useLater } from './use-later';
import { useLedger } from './use-ledger';
import { formatDelta, formatEpsilon } from './words';

export interface WhatIfProps {
  /** As the run would be charged to. Its δ stands until there is such an account. */
  account: Omit<AccountRequest, 'dataset'> & { dataset: { hash: string } };
  phases: Phase[];
}

/** A slider that moves asks nothing. */
const REST_MS = 150;

/** The line itself, with the arithmetic of the ledger. */
export default function WhatIfAnswer({ account: asked, phases }: WhatIfProps) {
  const { dataset, unit, relation, delta } = asked;
  const id = accountId(dataset.hash, unit, relation);
  const view = useLedger();
  const compute = useCallback(() => {
    const mechanisms = chargedMechanismsOfPlan(phases);
    const account = view?.snapshot.accounts.find((candidate) => candidate.id === id);
    if (view == null || account === undefined)
      return { phases, before: 0, after: epsilonOfMechanisms(mechanisms, delta, 'pld'), delta };
    return { phases, ...whatIf(account, view.snapshot.events, mechanisms, 'pld'), delta: account.delta };
  }, [view, id, delta, phases]);
  const answer = useLater(compute, REST_MS);

  if (view === null || answer === null) return <Reading />;
  const { before, after } = answer;
  // The answer before this one may be less than what would be charged now.
  const current = answer.phases === phases;
  return (
    <p className="text-sm text-secondary" data-what-if>
      If you run this, the ledger goes from ε = <span className="tabular-nums">{formatEpsilon(before)}</span>{' '}
      to <strong className="text-text tabular-nums">{current ? formatEpsilon(after) : '…'}</strong> at δ ={' '}
      {formatDelta(answer.delta)}
      {current && before !== null && after !== null && before > 0 && Number.isFinite(after)
        ? `: ${formatEpsilon(after - before)} more.`
        : '.'}
    </p>
  );
}
