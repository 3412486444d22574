'use client';

import { useId, useState } from 'react';
import { EXERCISE_CELLS, EXERCISES } from '@/components/exercises/cells';
import { CELLS, LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Scrollable } from '@/components/ui/scrollable';

const GROUPS = [
  ...LESSONS.map(({ slug, title }) => ({
    ...{ slug, title },
    cells: CELLS.filter(({ lesson }) => lesson === slug),
  })),
  { slug: EXERCISES, title: 'Exercises that grade themselves', cells: EXERCISE_CELLS },
];

/** Every cell of the site and every exercise, by lesson, with a field to search in. */
export function CellPicker({ onPick, onClose }: { onPick(cell: string): void; onClose(): void }) {
  const id = useId();
  const [sought, setSought] = useState('');
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const groups = GROUPS.map(({ slug, title, cells }) => ({
    ...{ slug, title },
    cells: cells.filter((cell) => fits(`${cell.title} ${cell.summary} ${title} ${cell.id}`)),
  })).filter(({ cells }) => cells.length > 0);
  const count = groups.reduce((sum, { cells }) => sum + cells.length, 0);
  return (
    <Dialog title="Add an experiment or an exercise" onClose={onClose}>
      <label htmlFor={id} className="mt-3 block font-medium">
        Search
      </label>
      <input
        id={id}
        type="search"
        value={sought}
        onChange={(event) => setSought(event.target.value)}
        className="mt-1 min-h-10 w-full rounded-control border border-line-strong bg-surface px-3"
      />
      <p role="status" className="mt-1 text-sm text-secondary">
        {count} {count === 1 ? 'experiment or exercise' : 'experiments and exercises'}
      </p>
      <Scrollable
        label="Experiments and exercises"
        className="mt-2 grid max-h-[55vh] content-start gap-4 overflow-y-auto pr-1"
      >
        {groups.map(({ slug, title, cells }) => (
          <div key={slug}>
            <h3 className="mb-1 text-sm font-semibold text-secondary">{title}</h3>
            <ul className="grid gap-1">
              {cells.map((cell) => (
                <li key={cell.id}>
                  <button
                    type="button"
                    onClick={() => onPick(cell.id)}
                    className="w-full rounded-control border border-line px-3 py-2 text-left hover:border-line-strong hover:bg-ground"
                  >
                    <span className="block font-medium">{cell.title}</span>
                    <span className="block text-sm text-secondary">{cell.summary}</span>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Scrollable>
      <div className="mt-4 flex justify-end">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </Dialog>
  );
}
