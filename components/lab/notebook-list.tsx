'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { useDrop } from '@/components/ui/drop-zone';
import type { Listed, Shelf } from '@/lib/notebook/own/shelf';
import type { OpenedWork } from '@/lib/notebook/own/work';
import { saveAsIpynb, saveAsJson } from './export-menu';
import { Introduction } from './introduction';
import { NewNotebook } from './new-notebook';
import { DeleteDialog, RenameDialog } from './notebook-dialogs';
import { NotebookLine } from './notebook-line';
import { Problem } from './problem';
import { useNotebooks } from './use-notebooks';

export interface NotebookListProps {
  shelf: Shelf;
  onOpen(id: string): void;
  /** A file was work on an assignment. */
  onWork(opened: OpenedWork): void;
  /** What went wrong on the way here. */
  problem: ReactNode;
}

/** All notebooks of this browser, and the ways to a new one. */
export function NotebookList({ shelf, onOpen, onWork, problem }: NotebookListProps) {
  const notebooks = useNotebooks(shelf, onWork);
  const { list, said, wrong, deleted } = notebooks;
  const { over, target } = useDrop(({ files: [file] }) => {
    if (file) void notebooks.read(file);
  });
  useEffect(() => {
    document.title = 'Lab · Epsilon Playground';
  }, []);
  return (
    <section
      aria-label="Notebooks"
      {...target}
      className={over ? 'rounded-cell outline-2 outline-dashed outline-accent outline-offset-8' : ''}
    >
      <Introduction />
      <Fleeting why={shelf.fleeting} />
      <NewNotebook
        onBegin={(document) => void notebooks.begin(document, onOpen)}
        onFile={(file) => void notebooks.read(file)}
      />
      {problem}
      {wrong ? <Problem words={wrong} onDismiss={notebooks.dismiss} /> : null}
      <p role="status" data-said className="mt-4 min-h-6 text-secondary">
        {said}
      </p>
      {deleted ? (
        <Deleted
          key={deleted.document.id}
          title={deleted.document.title}
          onUndo={() => void notebooks.putBack()}
        />
      ) : null}
      <h2 className="mt-6 mb-3 text-[1.44rem] font-semibold tracking-tight">Your notebooks</h2>
      {list === null ? <p className="text-secondary">Looking …</p> : null}
      {list?.length === 0 ? (
        <p className="rounded-cell border border-dashed border-line-strong px-5 py-8 text-center text-secondary">
          None yet. Begin an empty one, copy a lesson, or drop a .json or .ipynb file here, a saved run too.
        </p>
      ) : null}
      <Lines list={list ?? []} notebooks={notebooks} onOpen={onOpen} />
    </section>
  );
}

function Fleeting({ why }: { why: Shelf['fleeting'] }) {
  if (why === null) return null;
  return (
    <p role="status" className="mb-4 max-w-[68ch] text-danger">
      This browser stores nothing here ({why}): notebooks last until you leave this page. Export those that
      you want to keep.
    </p>
  );
}

/** The way back, which has the focus: what had it is gone. */
function Deleted({ title, onUndo }: { title: string; onUndo(): void }) {
  const undo = useRef<HTMLButtonElement>(null);
  useEffect(() => undo.current?.focus(), []);
  return (
    <p
      role="status"
      className="my-3 flex max-w-[44rem] flex-wrap items-center gap-3 rounded-control border border-line bg-note-soft px-4 py-2"
    >
      <span className="mr-auto">“{title}” is deleted.</span>
      <Button small ref={undo} onClick={onUndo}>
        Undo
      </Button>
    </p>
  );
}

function Lines({
  list,
  notebooks,
  onOpen,
}: {
  list: readonly Listed[];
  notebooks: ReturnType<typeof useNotebooks>;
  onOpen(id: string): void;
}) {
  const [renaming, setRenaming] = useState<Listed | null>(null);
  const [deleting, setDeleting] = useState<Listed | null>(null);
  return (
    <>
      <ul className="grid gap-3">
        {list.map((one) => (
          <NotebookLine
            key={one.id}
            notebook={one}
            onOpen={onOpen}
            deeds={[
              ['Rename', () => setRenaming(one)],
              ['Duplicate', () => void notebooks.duplicate(one)],
              ['JSON', () => void notebooks.take(one, saveAsJson)],
              ['.ipynb', () => void notebooks.take(one, saveAsIpynb)],
              ['Delete', () => setDeleting(one)],
            ]}
          />
        ))}
      </ul>
      {renaming ? (
        <RenameDialog
          title={renaming.title}
          onClose={() => setRenaming(null)}
          onRename={(title) => {
            setRenaming(null);
            void notebooks.rename(renaming, title);
          }}
        />
      ) : null}
      {deleting ? (
        <DeleteDialog
          title={deleting.title}
          onClose={() => setDeleting(null)}
          onDelete={() => {
            setDeleting(null);
            void notebooks.remove(deleting);
          }}
        />
      ) : null}
    </>
  );
}
