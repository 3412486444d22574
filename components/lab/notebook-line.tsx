'use client';

import { LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import type { Listed } from '@/lib/notebook/own/shelf';
import { when } from './when';

/** One notebook in the list: its title, which opens it, and what else one can do with it. */
export function NotebookLine({
  notebook,
  onOpen,
  deeds,
}: {
  notebook: Listed;
  onOpen(id: string): void;
  deeds: readonly (readonly [label: string, onClick: () => void])[];
}) {
  const { id, cells, savedAt, from } = notebook;
  const title = notebook.title || 'Untitled notebook';
  return (
    <li
      data-notebook={id}
      className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-cell border border-line bg-surface px-4 py-3 hover:border-line-strong"
    >
      <div className="mr-auto min-w-0">
        <a
          href={`#n=${id}`}
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            onOpen(id);
          }}
          className="font-semibold break-words underline decoration-line-strong underline-offset-4 hover:decoration-accent"
        >
          {title}
        </a>
        <p className="text-sm text-secondary">
          {cells} {cells === 1 ? 'cell' : 'cells'} · changed {when(savedAt)}
          {from ? ` · from “${LESSONS.find(({ slug }) => slug === from)?.title ?? from}”` : ''}
        </p>
      </div>
      <div className="-ml-2.5 flex flex-wrap gap-0.5">
        {deeds.map(([label, onClick]) => (
          <Button key={label} small look="quiet" onClick={onClick} aria-label={`${label}: ${title}`}>
            {label}
          </Button>
        ))}
      </div>
    </li>
  );
}
