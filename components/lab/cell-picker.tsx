'use client';

import { useId, useState } from 'react';
import { CELLS, LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Scrollable } from '@/components/ui/scrollable';

/** Every cell of the site, by lesson, with a field to search in. */
export function CellPicker({ onPick, onClose }: { onPick(cell: string): void; onClose(): void }) {
  const id = useId();
  const [sought, setSought] = useState('');
  const words = sought.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  const groups = LESSONS.map((lesson) => ({
    lesson,
    cells: CELLS.filter(
      (cell) =>
        cell.lesson === lesson.slug && fits(`${cell.title} ${cell.summary} ${lesson.title} ${cell.id}`),
    ),
  })).filter(({ cells }) => cells.length > 0);
  const count = groups.reduce((sum, { cells }) => sum + cells.length, 0);
  return (
    <Dialog title="Add an experiment" onClose={onClose}>
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
        {count} {count === 1 ? 'experiment' : 'experiments'}
      </p>
      <Scrollable
        label="Experiments"
        className="mt-2 grid max-h-[55vh] content-start gap-4 overflow-y-auto pr-1"
      >
        {groups.map(({ lesson, cells }) => (
          <div key={lesson.slug}>
            <h3 className="mb-1 text-sm font-semibold text-secondary">{lesson.title}</h3>
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
