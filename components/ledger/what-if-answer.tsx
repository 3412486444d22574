'use client';

import { useCallback, useMemo } from 'react';
import { Turned } from '@/components/label/turned';
import TurnedSmall from '@/components/label/turned-small';
import {
  type AccountRequest,
  accountId,
  chargedMechanismsOfPlan,
  epsilonOfMechanisms,
  type Phase,
  whatIf,
} from '@/lib/ledger';
import type { Practice } from '@/lib/runs/label';
import { Reading } from './reading';
import { useLater } from './use-later';
import { useLedger } from './use-ledger';
import { formatDelta, formatEpsilon } from './words';

export interface WhatIfProps {
  /** As the run would be charged to. Its δ stands until there is such an account. */
  account: Omit<AccountRequest, 'dataset'> & {
    dataset: { hash: string } & Partial<AccountRequest['dataset']>;
  };
  phases: Phase[];
  /** For the label: what is so of this run, and not of others of its account. */
  practice?: Partial<Practice>;
  /** For the label, too: what only this run leaves uncovered. Declared once, outside of any component. */
  alsoNotCovered?: readonly string[];
  /** The sign of what ε means stands in the line, without its words. */
  small?: boolean;
}

/** A slider that moves asks nothing. */
const REST_MS = 150;

/** The line itself, with the arithmetic of the ledger. */
export default function WhatIfAnswer({
  account: asked,
  phases,
  practice,
  alsoNotCovered,
  small = false,
}: WhatIfProps) {
  const { dataset, unit, relation, delta } = asked;
  const id = accountId(dataset.hash, unit, relation);
  const view = useLedger();
  const compute = useCallback(() => {
    const mechanisms = chargedMechanismsOfPlan(phases);
    const account = view?.snapshot.accounts.find((candidate) => candidate.id === id);
    const alone = epsilonOfMechanisms(mechanisms, account?.delta ?? delta, 'pld');
    if (view == null || account === undefined)
      return { phases, mechanisms, alone, before: 0, after: alone, delta };
    const asked = whatIf(account, view.snapshot.events, mechanisms, 'pld');
    return { phases, mechanisms, alone, ...asked, delta: account.delta };
  }, [view, id, delta, phases]);
  const answer = useLater(compute, REST_MS);
  const release = useMemo(
    () =>
      answer && {
        title: 'A run with these settings',
        account: { ...asked, delta: answer.delta },
        events: answer.mechanisms,
        epsilon: answer.alone,
        ...(practice && { practice }),
        ...(alsoNotCovered && { alsoNotCovered }),
      },
    [answer, asked, practice, alsoNotCovered],
  );

  if (view === null || answer === null || release === null) return <Reading />;
  const { before, after } = answer;
  // The answer before this one may be less than what would be charged now.
  const current = answer.phases === phases;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5" data-what-if-line>
      <p className="text-sm text-secondary" data-what-if>
        If you run this, the ledger goes from ε ={' '}
        <span className="tabular-nums">{formatEpsilon(before)}</span> to{' '}
        <strong className="text-text tabular-nums">{current ? formatEpsilon(after) : '…'}</strong> at δ ={' '}
        {formatDelta(answer.delta)}
        {current && before !== null && after !== null && before > 0 && Number.isFinite(after)
          ? `: ${formatEpsilon(after - before)} more.`
          : '.'}
        {small ? (
          <span className="-my-1.5 ml-1 inline-block align-middle">
            <TurnedSmall release={release} />
          </span>
        ) : null}
      </p>
      {small ? null : <Turned release={release} waits={!current} />}
    </div>
  );
}
