'use client';

import { useId, useState } from 'react';
import { Turned } from '@/components/label/turned';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { type Account, LedgerError } from '@/lib/ledger';
import type { Release } from '@/lib/runs/label';
import { pageLedger } from './use-ledger';
import { formatDelta, formatEpsilon } from './words';

/** The only way to take something out of the ledger, with what it means. */
export function ForgetDialog({
  account,
  epsilon,
  release,
  onClose,
}: {
  account: Account;
  epsilon: number | null;
  /** All that was charged; null where nothing was. */
  release: Release | null;
  onClose(): void;
}) {
  const id = useId();
  const [understood, setUnderstood] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function forget() {
    try {
      await (await pageLedger()).forget(account.id);
      onClose();
    } catch (error) {
      setProblem(error instanceof LedgerError ? `${error.message} ${error.remedy}` : String(error));
    }
  }

  return (
    <Dialog title={`Forget ${account.dataset.title}?`} onClose={onClose}>
      <div className="mt-3 grid gap-3">
        <p>This browser will no longer know what was spent on this data set, nor its notes and budget.</p>
        <p>
          <strong>It gives no privacy back.</strong> What was released stays released: ε ={' '}
          {formatEpsilon(epsilon)} at δ = {formatDelta(account.delta)} has been spent on the people in it,
          whether anyone remembers or not. A new account for the same data would begin at 0 and promise too
          much.
        </p>
        {release ? (
          <div>
            <Turned release={release} />
          </div>
        ) : null}
        <p className="text-sm text-secondary">
          Do it when the data were made up, or when you delete them and every model trained on them. A trace
          stays: when it was forgotten, and the ε of that day. Importing an export brings the events back.
        </p>
        <label htmlFor={id} className="flex items-start gap-2">
          <input
            id={id}
            type="checkbox"
            checked={understood}
            onChange={(event) => setUnderstood(event.target.checked)}
            className="mt-1 h-4 w-4 accent-(--accent)"
          />
          <span>I know that forgetting is not un-spending.</span>
        </label>
        {problem ? (
          <p role="alert" className="text-sm text-danger">
            {problem}
          </p>
        ) : null}
        <div className="flex flex-wrap gap-2">
          <Button look="danger" disabled={!understood} onClick={() => void forget()}>
            Forget this data set
          </Button>
          <Button look="quiet" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
