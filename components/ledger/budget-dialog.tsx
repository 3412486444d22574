'use client';

import { useId, useMemo, useState } from 'react';
import { Turned } from '@/components/label/turned';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { plural } from '@/components/ui/format';
import {
  type Account,
  currentBudget,
  type FilterKind,
  LedgerError,
  type LedgerEvent,
  resultsSeenBy,
} from '@/lib/ledger';
import { releaseOfBudget } from './release-of';
import { pageLedger } from './use-ledger';
import { FILTER_WORDS, formatDelta, formatEpsilon } from './words';

/** Above it there is no privacy to speak of, and nothing to work out. */
const MOST_SHOWN = 500;

/** Sets, raises or lifts the budget of a data set, with a reason that stays in the ledger. */
export function BudgetDialog({
  account,
  events,
  spent,
  suggested,
  onClose,
}: {
  account: Account;
  events: readonly LedgerEvent[];
  /** ε by the budget's measure. */
  spent: number;
  /** ε to begin with, such as the one that a refused run needs. */
  suggested?: number;
  onClose(): void;
}) {
  const budget = currentBudget(account);
  const id = useId();
  const [epsilon, setEpsilon] = useState(String(suggested ?? budget?.epsilon ?? 3));
  const [filter, setFilter] = useState<FilterKind>(budget?.filter ?? 'adaptive');
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const value = Number(epsilon.replace(',', '.'));
  const [seen] = useState(() => resultsSeenBy(account, events, new Date().toISOString()));
  const changes = budget?.epsilon !== value || budget.filter !== filter;
  const promise = useMemo(
    () => (value > 0 && value <= MOST_SHOWN ? releaseOfBudget(account, value) : null),
    [account, value],
  );
  const raises = budget?.epsilon != null && value > budget.epsilon;

  async function save(limit: number | null) {
    try {
      await (await pageLedger()).setBudget(account.id, limit, filter, reason.trim());
      onClose();
    } catch (error) {
      setProblem(error instanceof LedgerError ? `${error.message} ${error.remedy}` : String(error));
    }
  }

  return (
    <Dialog title={`Budget for ${account.dataset.title}`} onClose={onClose}>
      {/* Outside the form: Enter in what it opens must not set a budget. */}
      {promise ? (
        <div className="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1 text-sm" data-budget-means>
          A budget of ε = {formatEpsilon(value)} allows <Turned release={promise} />
        </div>
      ) : null}
      <form
        className="mt-3 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save(value);
        }}
      >
        <div className="grid gap-1">
          <label htmlFor={`${id}-epsilon`} className="font-medium">
            ε at δ = {formatDelta(account.delta)}
          </label>
          <input
            id={`${id}-epsilon`}
            inputMode="decimal"
            value={epsilon}
            onChange={(event) => setEpsilon(event.target.value)}
            className="min-h-10 w-32 rounded-control border border-line bg-surface px-2 tabular-nums hover:border-line-strong"
          />
          <p className="text-sm text-secondary">{formatEpsilon(spent)} is spent already.</p>
        </div>
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">Counted by</legend>
          {(Object.keys(FILTER_WORDS) as FilterKind[]).map((kind) => (
            <label key={kind} className="flex items-start gap-2 rounded-control px-1 py-1 hover:bg-ground">
              <input
                type="radio"
                name={`${id}-filter`}
                checked={filter === kind}
                onChange={() => setFilter(kind)}
                className="mt-1 h-4 w-4 accent-(--accent)"
              />
              <span>
                <span className="font-medium">{FILTER_WORDS[kind].name}</span>{' '}
                <span className="text-sm text-secondary">{FILTER_WORDS[kind].help}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="grid gap-1">
          <label htmlFor={`${id}-reason`} className="font-medium">
            Why? <span className="font-normal text-secondary">Stays in the ledger.</span>
          </label>
          <input
            id={`${id}-reason`}
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            className="min-h-10 rounded-control border border-line bg-surface px-2 hover:border-line-strong"
          />
        </div>
        {raises ? (
          <p className="rounded-control border border-line bg-note-soft px-3 py-2 text-sm">
            Raising a budget is a new promise, weaker than the old one. Whoever was told ε = {budget?.epsilon}{' '}
            was told too much.
          </p>
        ) : null}
        {seen > 0 && changes ? (
          <p data-set-late className="rounded-control border border-line bg-note-soft px-3 py-2 text-sm">
            {plural(seen, 'result')} of this data set {seen === 1 ? 'has' : 'have'} been seen already. A
            budget is a promise only if its ε and its measure were fixed before the first result. Set now, it
            is a limit for what comes next. The ledger keeps the date, and the account says so.
          </p>
        ) : null}
        {problem ? (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" look="primary">
            {raises ? 'Raise the budget' : 'Set the budget'}
          </Button>
          {budget?.epsilon != null ? <Button onClick={() => void save(null)}>Lift the limit</Button> : null}
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
