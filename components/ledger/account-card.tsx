'use client';

import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { Turned } from '@/components/label/turned';
import { Button } from '@/components/ui/button';
import { Fold } from '@/components/ui/fold';
import { count, plural } from '@/components/ui/format';
import { Help } from '@/components/ui/help';
import {
  type Account,
  budgetForesight,
  countedEvents,
  currentBudget,
  type FilterKind,
  type LedgerEvent,
  type LedgerSnapshot,
  runningEpsilon,
  totalsOf,
  unknownCharges,
} from '@/lib/ledger';
import { BudgetBar, type BudgetPart } from './budget-bar';
import { BudgetDialog } from './budget-dialog';
import { ForgetDialog } from './forget-dialog';
import { releaseOfAccount } from './release-of';
import { SamePeopleNote } from './same-people';
import { useLater } from './use-later';
import { FILTER_WORDS, formatDelta, formatEpsilon, formatTime, shortHash } from './words';

const RELATION_WORDS = {
  'add-or-remove-one': 'more or less',
  'replace-one': 'replaced by another',
};

function Figure({
  name,
  value,
  help,
  large,
}: {
  name: string;
  value: string;
  help: string;
  large?: boolean;
}) {
  return (
    <div className="grid content-between">
      <dt className="flex items-center gap-1.5 text-sm text-secondary">
        {name} <Help about={name}>{help}</Help>
      </dt>
      <dd className={`font-semibold tabular-nums ${large ? 'text-3xl leading-10' : 'text-xl leading-9'}`}>
        {value}
      </dd>
    </div>
  );
}

/** One data set: what has been spent on it, against its budget. */
export function AccountCard({
  account,
  snapshot,
  actions,
}: {
  account: Account;
  snapshot: LedgerSnapshot;
  /** Export and the like. */
  actions?: ReactNode;
}) {
  const [asking, setAsking] = useState<'budget' | 'forget' | null>(null);
  const { events } = snapshot;
  const budget = currentBudget(account);
  const foresight = budgetForesight(account, events);
  const measure = budget?.filter ?? 'pld';
  const totals = useLater(useCallback(() => totalsOf(account, events), [account, events]));
  const parts =
    useLater(useCallback(() => partsOf(account, events, measure), [account, events, measure])) ?? [];
  const spent = parts.reduce((sum, part) => sum + part.added, 0);
  const saved =
    totals !== null && totals.pld !== null && totals.naive !== null && totals.naive > 0 && totals.covered > 1
      ? Math.round(100 * (1 - totals.pld / totals.naive))
      : null;
  const covered = totals?.covered ?? 0;
  const unprotected = totals?.unprotected ?? 0;
  const release = useMemo(
    () =>
      totals && totals.covered > 0
        ? releaseOfAccount(account, events, { epsilon: totals.pld, unprotected: totals.unprotected })
        : null,
    [account, events, totals],
  );
  const atLeast = unknownCharges(snapshot, account.id) > 0 ? '≥ ' : '';
  const shown = (epsilon: number | null | undefined) =>
    epsilon === undefined ? '…' : atLeast + formatEpsilon(epsilon);

  return (
    <section
      aria-labelledby={`account-${account.id}`}
      data-account={account.dataset.title}
      className="@container rounded-cell border border-line bg-surface p-4 shadow-(--shadow) sm:p-5"
    >
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-1">
        <div>
          <h2 id={`account-${account.id}`} className="text-lg font-semibold leading-tight">
            {account.dataset.title}
          </h2>
          <p className="mt-1 text-sm text-secondary">
            One {account.unit} {RELATION_WORDS[account.relation]} · δ = {formatDelta(account.delta)}
            {account.dataset.size === null ? '' : ` · ${count(account.dataset.size)} in all`} ·{' '}
            <span className="font-mono text-xs" title={account.dataset.hash}>
              {shortHash(account.dataset.hash)}
            </span>
          </p>
        </div>
        <p className="text-sm text-secondary tabular-nums">{plural(covered, 'charge')}</p>
      </header>

      <dl className="my-4 grid grid-cols-2 gap-x-6 gap-y-3">
        <Figure
          large
          name="ε spent"
          value={shown(totals?.pld)}
          help="All charges together, by privacy loss distributions: nearly the true value. Settings must not have been chosen by looking at earlier results."
        />
        <Figure
          name="Left"
          value={
            budget?.epsilon == null ? 'no limit' : (atLeast && '≤ ') + formatLeft(budget.epsilon - spent)
          }
          help={`What the budget still allows. Counted by ${FILTER_WORDS[measure].name}. ${FILTER_WORDS[measure].help}`}
        />
      </dl>

      {release ? (
        <div className="mb-3">
          <Turned release={release} />
        </div>
      ) : null}
      <BudgetBar
        parts={parts}
        budget={budget?.epsilon ?? null}
        naive={totals?.naive ?? null}
        measure={FILTER_WORDS[measure].name}
      />
      {foresight !== null && foresight.resultsSeen > 0 ? (
        <p className="mt-2 text-sm text-secondary" data-budget-late>
          This budget was set on {formatTime(foresight.change.at)}, when{' '}
          {plural(foresight.resultsSeen, 'result')} of this data set had been seen. So it is a limit for what
          came after, and no promise about the whole: for that, ε and its measure must be fixed before the
          first result.
        </p>
      ) : null}
      {saved !== null && saved > 0 ? (
        <p className="mt-2 text-sm">
          Composing tightly, these {covered} charges cost{' '}
          <strong className="tabular-nums">{saved} % less</strong> than adding them up.
        </p>
      ) : null}
      <SamePeopleNote account={account} accounts={snapshot.accounts} events={events} />
      {unprotected > 0 ? (
        <p className="mt-3 rounded-control border border-line bg-note-soft px-3 py-2 text-sm">
          <strong>
            {unprotected === 1 ? 'One more run' : `${count(unprotected)} more runs`} without protecting noise:
            no ε covers {unprotected === 1 ? 'it' : 'them'}.
          </strong>{' '}
          Whoever saw {unprotected === 1 ? 'its' : 'their'} results has more than any ε here says, and no
          budget holds such runs back. The numbers above cover the private runs alone.
        </p>
      ) : null}

      <div className="mt-3">
        <Fold title="The same charges by other accountants">
          <dl className="grid grid-cols-2 gap-x-6 gap-y-3">
            <Figure
              name="By RDP"
              value={shown(totals?.rdp)}
              help="By Rényi differential privacy: never too small, a little larger, and quick."
            />
            <Figure
              name="Added up"
              value={shown(totals?.naive)}
              help="Each run’s own ε at an equal share of δ, added. True as well, but wasteful: the worst cases of all runs cannot happen together."
            />
          </dl>
        </Fold>
      </div>

      <footer className="mt-4 flex flex-wrap gap-2">
        <Button small onClick={() => setAsking('budget')}>
          {budget?.epsilon == null ? 'Set a budget' : 'Change the budget'}
        </Button>
        {actions}
        <Button small look="quiet" className="sm:ml-auto" onClick={() => setAsking('forget')}>
          Forget this data set …
        </Button>
      </footer>
      {asking === 'budget' ? (
        <BudgetDialog account={account} events={events} spent={spent} onClose={() => setAsking(null)} />
      ) : null}
      {asking === 'forget' ? (
        <ForgetDialog
          account={account}
          epsilon={totals?.pld ?? null}
          release={release}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </section>
  );
}

/** What is left is rounded down, where what is spent is rounded up. */
function formatLeft(left: number): string {
  if (left <= 0) return '0';
  const unit = 10 ** (Math.floor(Math.log10(left)) - 2);
  return String(Number((Math.floor(left / unit + 1e-6) * unit).toPrecision(3)));
}

/** What each charge added to ε when it was made, oldest first. */
function partsOf(account: Account, events: readonly LedgerEvent[], measure: FilterKind): BudgetPart[] {
  const counted = countedEvents(account, events).sort((a, b) => (a.at < b.at ? -1 : 1));
  const record = events.filter((event) => event.account === account.id);
  const running = runningEpsilon(counted, account.delta, measure, record);
  return counted.map((event, index) => ({
    id: event.id,
    title: event.title,
    added: Math.max(0, running[index]! - (running[index - 1] ?? 0)),
  }));
}
