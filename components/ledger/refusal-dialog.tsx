'use client';

import { useMemo, useState } from 'react';
import { Turned } from '@/components/label/turned';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { count } from '@/components/ui/format';
import type { Refusal } from '@/lib/ledger';
import { releaseOfEvent, releaseWithRun } from './release-of';
import { pageLedger, useLedger } from './use-ledger';
import { FILTER_WORDS, formatDelta, formatEpsilon } from './words';

/** A run that the filter refused, and the three ways on. Shown by the cell that asked. */
export function RefusalDialog({
  refusal,
  onFewerSteps,
  onMoreNoise,
  onRaised,
  onClose,
}: {
  refusal: Refusal;
  onFewerSteps?(steps: number): void;
  /** @param factor by which every noise scale of the plan grows */
  onMoreNoise?(factor: number): void;
  /** The budget has been raised: the run would be admitted now. */
  onRaised?(): void;
  onClose(): void;
}) {
  const { account, budget, event, spent, wouldBe, fewerSteps, moreNoise, raiseTo } = refusal;
  const [reason, setReason] = useState('');
  const sigma = (phase: typeof event.phases) => {
    const [mechanism] = phase[0]?.perStep ?? [];
    const first = mechanism?.kind === 'parallel' ? mechanism.groups[0] : mechanism;
    if (first === undefined) return '';
    if ('noiseMultiplier' in first) return `σ = ${Number(first.noiseMultiplier.toPrecision(4))}`;
    if (first.kind === 'laplace') return `b = ${Number(first.scale.toPrecision(4))}`;
    return `ε = ${Number(first.epsilon.toPrecision(2))} for it`;
  };

  const known = useLedger()?.snapshot.events;
  const alone = useMemo(() => releaseOfEvent(event, account), [event, account]);
  const together = useMemo(
    () => (known === undefined ? null : releaseWithRun(account, known, event)),
    [known, event, account],
  );

  async function raise() {
    if (raiseTo === null) return;
    await (await pageLedger()).setBudget(account.id, raiseTo, budget.filter, reason.trim());
    onRaised?.();
    onClose();
  }

  return (
    <Dialog title="This run does not fit the budget" onClose={onClose}>
      <div className="mt-3 grid gap-4">
        <p>
          {account.dataset.title} has spent ε = {formatEpsilon(spent)} of {formatEpsilon(budget.epsilon)} (by{' '}
          {FILTER_WORDS[budget.filter].name}, δ = {formatDelta(account.delta)}). With “{event.title}” it would
          be <strong className="tabular-nums">{formatEpsilon(wouldBe)}</strong>. Nothing has been charged, and
          nothing was computed.
        </p>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm" data-refused-means>
          {alone ? (
            <>
              This run alone: <Turned release={alone} />
            </>
          ) : null}
          {together ? (
            <>
              with all before it: <Turned release={together} />
            </>
          ) : null}
        </div>
        <ul className="grid gap-3">
          {fewerSteps !== null && onFewerSteps !== undefined ? (
            <Way
              text={`Take ${count(fewerSteps.steps)} steps: ε = ${formatEpsilon(fewerSteps.epsilon)} in all.`}
              label={`Take ${count(fewerSteps.steps)} steps`}
              onChoose={() => {
                onFewerSteps(fewerSteps.steps);
                onClose();
              }}
            />
          ) : null}
          {moreNoise !== null && onMoreNoise !== undefined ? (
            <Way
              text={`Add noise, ${timesAsMuch(moreNoise.factor)} as much (${sigma(moreNoise.phases)}): ε = ${formatEpsilon(moreNoise.epsilon)} in all.`}
              label="Add that noise"
              onChoose={() => {
                onMoreNoise(moreNoise.factor);
                onClose();
              }}
            />
          ) : null}
          {raiseTo !== null ? (
            <li className="grid gap-2 rounded-control border border-line px-3 py-2">
              <p>
                Raise the budget to {formatEpsilon(raiseTo)}, knowingly. Everybody in the data was promised{' '}
                {formatEpsilon(budget.epsilon)}.
              </p>
              <div className="flex flex-wrap gap-2">
                <input
                  aria-label="Why the budget is raised"
                  placeholder="Why? Stays in the ledger."
                  value={reason}
                  maxLength={500}
                  onChange={(change) => setReason(change.target.value)}
                  className="min-h-8 min-w-40 grow rounded-control border border-line bg-surface px-2 text-sm"
                />
                <Button small look="danger" onClick={() => void raise()}>
                  Raise to {formatEpsilon(raiseTo)}
                </Button>
              </div>
            </li>
          ) : null}
        </ul>
        <div>
          <Button look="quiet" onClick={onClose}>
            Leave it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** 1.25 → "1.25 times". Rounded up: a little more noise than needed, never less. */
function timesAsMuch(factor: number): string {
  const unit = 10 ** (Math.floor(Math.log10(factor)) - 2);
  return `${Number((Math.ceil(factor / unit) * unit).toPrecision(3))} times`;
}

function Way({ text, label, onChoose }: { text: string; label: string; onChoose(): void }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 rounded-control border border-line px-3 py-2">
      <span>{text}</span>
      <Button small onClick={onChoose}>
        {label}
      </Button>
    </li>
  );
}
