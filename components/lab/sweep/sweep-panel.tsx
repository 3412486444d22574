'use client';

import { useId, useMemo, useState } from 'react';
import { WhatIf } from '@/components/ledger/what-if';
import { useNotebook } from '@/components/notebook/notebook-provider';
import type { PlannedCharge } from '@/components/notebook/planned-charges';
import { Button } from '@/components/ui/button';
import { plural } from '@/components/ui/format';
import {
  allValues,
  FIRST_SEEDS,
  inWords,
  MOST_VALUES,
  noiseChoiceIn,
  type Sweepable,
  type SweepEnd,
  seedsIn,
  sweepable,
  valuesBetween,
  wholeRange,
} from '@/lib/notebook/own/sweep';
import type { NumberParameter, ParameterValue } from '@/lib/notebook/parameters';
import type { Runs } from '../use-runs';
import { type Plan, useSweep } from './use-sweep';

const FIELD = 'min-h-9 rounded-control border border-line-strong bg-surface px-2';
const SEEDS = 'seeds';

interface Range {
  from: string;
  to: string;
  count: string;
}

const rangeOf = (parameter: NumberParameter): Range => {
  const { from, to, count } = wholeRange(parameter);
  return { from: String(from), to: String(to), count: String(count) };
};

/** From, to, and how many. */
function RangeFields({ range, onChange }: { range: Range; onChange(range: Range): void }) {
  const fields = [
    ['From', 'from'],
    ['To', 'to'],
    ['Values', 'count'],
  ] as const;
  return (
    <div className="flex flex-wrap gap-3">
      {fields.map(([label, name]) => (
        <label key={name} className="grid gap-1 text-sm">
          {label}
          <input
            value={range[name]}
            inputMode="decimal"
            onChange={({ target }) => onChange({ ...range, [name]: target.value })}
            className={`${FIELD} w-28`}
          />
        </label>
      ))}
    </div>
  );
}

/** What all runs together would be charged, for each data set, as the line below Run says it of one. */
function Price({ charges, follows }: { charges: readonly (readonly PlannedCharge[])[]; follows: boolean }) {
  const together = useMemo(() => {
    const accounts = new Map<string, PlannedCharge>();
    for (const { account, phases, practice } of charges.flat()) {
      const key = `${account.dataset.hash} ${account.unit} ${account.relation}`;
      const known = accounts.get(key);
      accounts.set(key, {
        account,
        phases: [...(known?.phases ?? []), ...phases],
        ...(practice ? { practice } : {}),
      });
    }
    return [...accounts];
  }, [charges]);
  const without = charges.filter((one) => one.length === 0).length;
  return (
    <div className="grid gap-2" data-sweep-price>
      {together.map(([key, plan]) => (
        <WhatIf key={key} {...plan} />
      ))}
      {without === 0 ? null : (
        <p className="text-sm text-secondary">
          {without === charges.length
            ? 'No run has a price'
            : `No price of ${plural(without, 'run')} of these`}
          :{' '}
          {follows
            ? 'this cell follows its sliders.'
            : 'there is no noise, or it is seeded, and no ε covers that.'}{' '}
          Should such a run be charged an ε all the same, the sweep stops after it.
        </p>
      )}
    </div>
  );
}

const WHY: Record<SweepEnd['why'], string> = {
  finished: '',
  stopped: 'Stopped; what had run stays, and what was charged is charged.',
  refused: 'The budget did not allow the next run.',
  uncounted: 'A run was charged of which no price was told before: stopped.',
};

function Ended({ end, of, words }: { end: SweepEnd; of: number; words(value: ParameterValue): string }) {
  return (
    <div role="status" data-sweep-end={end.why} className="grid gap-1 text-sm">
      <p>
        {end.done} of {plural(of, 'run')} {end.done === 1 ? 'is' : 'are'} in the table of runs below.{' '}
        {WHY[end.why]} The settings are as they were.
      </p>
      {end.failed.map(({ value, message }) => (
        <p key={String(value)} className="text-danger">
          {words(value)}: {message}
        </p>
      ))}
    </div>
  );
}

export interface SweepPanelProps {
  cellId: string;
  place: string;
  runs: Pick<Runs, 'rowOf' | 'hold'>;
}

/** Chooses a setting of a cell and values for it, tells the price, and runs the cell at each. */
export function SweepPanel({ cellId, place, runs }: SweepPanelProps) {
  const id = useId();
  const { notebook } = useNotebook();
  const sweep = useSweep(cellId, place, runs);
  const settings = sweepable(notebook.sets());
  const seeds = seedsIn(notebook.sets());
  const noise = noiseChoiceIn(notebook.sets());
  const [name, setName] = useState('');
  const [range, setRange] = useState<Range | null>(null);
  const { state } = sweep;
  const chosen: Sweepable | undefined =
    name === SEEDS ? seeds[0] : (settings.find((one) => one.name === name) ?? settings[0] ?? seeds[0]);
  if (!chosen)
    return <p className="mt-2 text-sm text-secondary">This cell has no setting that could be swept.</p>;

  const { parameter } = chosen;
  const bySeed = seeds.includes(chosen);
  const typed = range ?? (parameter.kind === 'number' ? rangeOf(parameter) : null);
  const values: readonly ParameterValue[] = bySeed
    ? FIRST_SEEDS
    : (allValues(parameter) ??
      valuesBetween(parameter as NumberParameter, {
        from: Number(typed?.from),
        to: Number(typed?.to),
        count: Number(typed?.count),
      }));
  const plan: Plan = {
    set: chosen.set,
    name: chosen.name,
    values,
    also: bySeed && noise ? [{ set: noise.set, name: noise.name, value: 'seeded' }] : [],
  };
  const words = (value: ParameterValue) => `${parameter.label} ${inWords(chosen, value)}`;
  const follows = notebook.store.getState().cells.find((one) => one.id === cellId)?.follows ?? false;
  const works = state.kind === 'pricing' || state.kind === 'running';

  return (
    <section
      aria-labelledby={`${id}-title`}
      data-sweep={state.kind}
      className="no-print mt-2 grid max-w-[44rem] gap-3 rounded-cell border border-line bg-surface p-4"
    >
      <h3 id={`${id}-title`} className="font-semibold">
        Sweep a setting
      </h3>
      <fieldset disabled={works} className="grid gap-3">
        <label className="grid gap-1 text-sm">
          Setting
          <select
            value={bySeed ? SEEDS : chosen.name}
            onChange={({ target }) => {
              setName(target.value);
              setRange(null);
              sweep.clear();
            }}
            className={`${FIELD} max-w-80`}
          >
            {settings.map((one) => (
              <option key={one.name} value={one.name}>
                {one.parameter.label}
              </option>
            ))}
            {seeds.length > 0 ? <option value={SEEDS}>Seeds 1 to 10</option> : null}
          </select>
        </label>
        {typed && !bySeed ? (
          <RangeFields
            range={typed}
            onChange={(next) => {
              setRange(next);
              sweep.clear();
            }}
          />
        ) : null}
        <p className="text-sm" data-sweep-values>
          {plural(values.length, 'run')}: {values.map((value) => inWords(chosen, value)).join(', ')}. At most{' '}
          {MOST_VALUES}; all other settings stay as they are.
        </p>
        {bySeed ? (
          <p className="text-sm text-secondary">
            The noise of these runs comes from their seeds: anybody can draw it again, so they are
            reproducible and not private. No ε covers them.
          </p>
        ) : null}
      </fieldset>
      {state.kind === 'priced' ? <Price charges={state.charges} follows={follows} /> : null}
      <div className="flex flex-wrap items-center gap-3">
        {works ? (
          <Button small look="danger" onClick={sweep.stop}>
            Stop
          </Button>
        ) : state.kind === 'priced' ? (
          <Button small look="primary" onClick={() => void sweep.start(state.plan, state.charges)}>
            Run all {state.plan.values.length}
          </Button>
        ) : (
          <Button small look="primary" onClick={() => void sweep.price(plan)}>
            What would it cost?
          </Button>
        )}
        <span role="status" className="text-sm text-secondary tabular-nums empty:hidden">
          {state.kind === 'pricing' ? 'Moving through the values for their price. Nothing runs.' : null}
          {state.kind === 'running' ? `Run ${state.at + 1} of ${state.of}: ${words(state.value)}` : null}
        </span>
      </div>
      {state.kind === 'over' ? <Ended end={state.end} of={state.of} words={words} /> : null}
    </section>
  );
}
