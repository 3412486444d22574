'use client';

import { useCallback, useId, useMemo, useState } from 'react';
import { Turned } from '@/components/label/turned';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { count } from '@/components/ui/format';
import {
  type Account,
  chargedMechanisms,
  chargedMechanismsOfPlan,
  chargedSteps,
  epsilonOf,
  isPrivate,
  type LedgerEvent,
  type LedgerSnapshot,
  mechanismInWords,
  plannedSteps,
  RULE_IN_WORDS,
  runRecord,
  runState,
  startedSteps,
  whatIf,
} from '@/lib/ledger';
import { privacyLabel } from '@/lib/runs/label';
import { releaseOfEvent } from './release-of';
import { useLater } from './use-later';
import { pageLedger } from './use-ledger';
import { formatEpsilon, formatTime, KIND_WORDS, NOISE_WORDS, STATE_WORDS } from './words';

export function stateOf(event: LedgerEvent, snapshot: LedgerSnapshot) {
  return snapshot.interrupted.has(event.id) ? ('interrupted' as const) : runState(event);
}

interface Charge {
  event: LedgerEvent;
  account: Account;
  snapshot: LedgerSnapshot;
}

/** One line of the timeline, and all that is known about it on demand. */
export function EventRow({
  compared,
  onCompare,
  ...charge
}: Charge & { compared: boolean; onCompare(): void }) {
  const { event, account, snapshot } = charge;
  const [open, setOpen] = useState(false);
  const id = useId();
  const own = useLater(
    useCallback(
      () => ({ epsilon: isPrivate(event) ? epsilonOf([event], account.delta, 'pld') : null }),
      [event, account.delta],
    ),
  );
  return (
    <li data-event={event.id} className="border-b border-line last:border-0">
      <div className="flex items-start gap-3 px-3 py-2.5">
        <input
          type="checkbox"
          checked={compared}
          onChange={onCompare}
          aria-label={`Compare “${event.title}”, ${formatTime(event.at)}`}
          className="mt-1.5 h-4 w-4 shrink-0 accent-(--accent)"
        />
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="grid min-w-0 grow grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 text-left"
        >
          <span className="font-medium">{event.title}</span>
          <span className="font-semibold tabular-nums">
            {isPrivate(event) ? (
              chargedSteps(event) === 0 ? (
                'ε 0'
              ) : (
                `ε ${own === null ? '…' : formatEpsilon(own.epsilon)}`
              )
            ) : (
              <span className="text-danger">not private</span>
            )}
          </span>
          <span className="col-span-2 text-sm text-secondary">
            <time dateTime={event.at}>{formatTime(event.at)}</time> · {account.dataset.title} ·{' '}
            {KIND_WORDS[event.kind]} · {STATE_WORDS[stateOf(event, snapshot)]}
            {event.note?.text ? ` · “${event.note.text}”` : ''}
          </span>
        </button>
      </div>
      <div id={id} hidden={!open} className="px-3 pb-4 sm:pl-10">
        {open ? <EventDetails {...charge} /> : null}
      </div>
    </li>
  );
}

/** What an event says of itself, as pairs of words. */
export function factsOf(event: LedgerEvent, account: Account): [string, string][] {
  return [
    ['Data set', account.dataset.title],
    [
      'Mechanism',
      event.phases
        .map((phase) => `${count(phase.steps)} × ${phase.perStep.map(mechanismInWords).join(', and ')}`)
        .join('; then '),
    ],
    ['Steps planned', count(plannedSteps(event))],
    ['Steps announced', count(startedSteps(event))],
    ['Steps charged', count(chargedSteps(event))],
    ['Shown while it ran', event.shows === 'progress' ? 'its progress' : 'nothing'],
    ...(event.limit === null ? [] : [['Limit fixed before', event.limit] as [string, string]]),
    ['Noise', NOISE_WORDS[event.noise]],
    ...(event.seed === null ? [] : [['Seed', String(event.seed)] as [string, string]]),
    ...Object.entries(event.settings).map(([name, value]): [string, string] => [name, String(value)]),
    ['Backend', event.backend ?? 'none needed'],
    ['Version', event.version],
  ];
}

function EventDetails({ event, account, snapshot }: Charge) {
  const interrupted = snapshot.interrupted.has(event.id);
  const release = useMemo(
    () => (chargedSteps(event) > 0 ? releaseOfEvent(event, account) : null),
    [event, account],
  );
  return (
    <div className="grid gap-3 text-sm">
      {release ? (
        <div>
          <Turned release={release} />
        </div>
      ) : null}
      {event.closing === null ? null : (
        <p>
          <strong>Rule applied.</strong> {RULE_IN_WORDS[event.closing.rule]}
        </p>
      )}
      {interrupted ? (
        <p className="flex flex-wrap items-center gap-2">
          Its page was closed or crashed. It can be resumed where it was started; until then, and after, the
          whole plan is charged.
          <Button small onClick={() => void pageLedger().then((ledger) => ledger.closeInterrupted(event.id))}>
            Close it for good
          </Button>
        </p>
      ) : null}
      <dl className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[max-content_minmax(0,1fr)]">
        {factsOf(event, account).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-secondary">{name}</dt>
            <dd className="mb-1 break-words tabular-nums sm:mb-0">{value}</dd>
          </div>
        ))}
      </dl>
      <Again event={event} account={account} snapshot={snapshot} />
      <Note event={event} />
      <div>
        <Button
          small
          onClick={() => {
            const record = {
              ...runRecord(event, account, snapshot.events, new Date().toISOString()),
              ...(release && { label: privacyLabel(release) }),
            };
            const blob = new Blob([`${JSON.stringify(record, null, 2)}\n`], { type: 'application/json' });
            download(fileName(`run ${event.title}`, 'json'), blob);
          }}
        >
          Save the run record
        </Button>
      </div>
    </div>
  );
}

/** “What if I ran this again?” */
function Again({ event, account, snapshot: { events } }: Charge) {
  const answer = useLater(
    useCallback(() => {
      if (!isPrivate(event)) return null;
      const charged = chargedMechanisms(event);
      const plan = charged.length > 0 ? charged : chargedMechanismsOfPlan(event.phases);
      return whatIf(account, events, plan, 'pld');
    }, [event, account, events]),
  );
  if (answer === null) return null;
  return (
    <p>
      If you ran this again, {account.dataset.title} would go from ε = {formatEpsilon(answer.before)} to{' '}
      <strong className="tabular-nums">{formatEpsilon(answer.after)}</strong>.
    </p>
  );
}

function Note({ event }: { event: LedgerEvent }) {
  const id = useId();
  const stored = event.note?.text ?? '';
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? stored;
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="grid min-w-52 grow gap-1">
        <label htmlFor={id} className="text-secondary">
          Note
        </label>
        <input
          id={id}
          value={shown}
          maxLength={2000}
          onChange={(change) => setText(change.target.value)}
          className="min-h-9 rounded-control border border-line bg-surface px-2 hover:border-line-strong"
        />
      </div>
      <Button
        small
        disabled={shown === stored}
        onClick={() =>
          void pageLedger()
            .then((ledger) => ledger.note(event.id, shown.trim()))
            .then(() => setText(null))
        }
      >
        Keep the note
      </Button>
    </div>
  );
}
