'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';

export interface ClassFilterProps {
  /** All that the detector tells apart. */
  classNames: readonly string[];
  /** Numbers of those that are looked for; null for all. */
  chosen: readonly number[] | null;
  onChange(ids: readonly number[] | null): void;
}

/** All classes, or those one ticks. */
export function ClassFilter({ classNames, chosen, onChange }: ClassFilterProps) {
  const id = useId();
  const [search, setSearch] = useState('');
  const ticked = new Set(chosen ?? []);
  const shown = classNames
    .map((name, number) => ({ name, number }))
    .filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  const said =
    chosen === null
      ? `all ${classNames.length}`
      : chosen.length <= 3
        ? chosen.map((number) => classNames[number]).join(', ')
        : `${chosen.length} of ${classNames.length}`;

  function toggle(number: number) {
    const next = new Set(ticked);
    if (!next.delete(number)) next.add(number);
    onChange(next.size === 0 ? null : [...next].sort((a, b) => a - b));
  }

  return (
    <details className="rounded-control border border-line px-3 py-2" data-class-filter>
      <summary className="font-medium">Classes: {said}</summary>
      <div className="mt-2 grid gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <label htmlFor={id} className="sr-only">
            Search the classes
          </label>
          <input
            id={id}
            type="search"
            value={search}
            placeholder="Search, e.g. person"
            onChange={(event) => setSearch(event.target.value)}
            className="min-h-8 min-w-0 flex-1 rounded-control border border-line-strong bg-surface px-2 text-sm hover:border-text"
          />
          <Button small onClick={() => onChange(null)} disabled={chosen === null}>
            All classes
          </Button>
        </div>
        <fieldset className="max-h-48 overflow-y-auto">
          <legend className="text-sm text-secondary">Tick what to look for; nothing ticked means all.</legend>
          <div className="grid grid-cols-2 gap-x-3">
            {shown.map(({ name, number }) => (
              <label key={number} className="flex min-h-7 items-center gap-2 text-sm">
                <input
                  type="checkbox"
                  checked={ticked.has(number)}
                  onChange={() => toggle(number)}
                  className="h-4 w-4 shrink-0 accent-(--accent)"
                />
                <span className="min-w-0 wrap-anywhere">{name}</span>
              </label>
            ))}
          </div>
          {shown.length === 0 ? (
            <p className="py-1 text-sm text-secondary">No class is called that.</p>
          ) : null}
        </fieldset>
      </div>
    </details>
  );
}
