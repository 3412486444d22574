'use client';

import { useId, useState } from 'react';
import { LESSONS } from '@/components/lessons/cells';
import { Button } from '@/components/ui/button';
import { FileButton } from '@/components/ui/file-button';
import { emptyDocument, type NotebookDocument, newId } from '@/lib/notebook/own/document';
import { basePath } from '@/lib/runtime/assets';
import { CellPicker } from './cell-picker';

/** The ways to a new notebook: an empty one, one with an experiment, one from a file, one from a lesson. */
export function NewNotebook({
  onBegin,
  onFile,
}: {
  onBegin(document: NotebookDocument): void;
  onFile(file: File): void;
}) {
  const [picking, setPicking] = useState(false);
  return (
    <>
      <div className="flex flex-wrap items-end gap-x-3 gap-y-4">
        <Button look="primary" onClick={() => onBegin(emptyDocument())}>
          New notebook
        </Button>
        <Button onClick={() => setPicking(true)}>Start with an experiment</Button>
        <FileButton
          label="Import a file"
          name="Notebook or saved run to import: .json or .ipynb"
          accept=".json,.ipynb,application/json"
          small={false}
          onFiles={([file]) => onFile(file)}
        />
        <p className="text-sm text-secondary sm:self-center">
          A notebook (.json, .ipynb), or a run saved from the menu of its cell.
        </p>
      </div>
      <CopyLesson />
      {picking ? (
        <CellPicker
          onClose={() => setPicking(false)}
          onPick={(cell) => {
            setPicking(false);
            onBegin({ ...emptyDocument(), cells: [{ id: newId(), kind: 'cell', cell, settings: '' }] });
          }}
        />
      ) : null}
    </>
  );
}

function CopyLesson() {
  const id = useId();
  const [lesson, setLesson] = useState(LESSONS[0]!.slug);
  return (
    <form
      className="mt-4 flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        location.assign(`${basePath()}/lab/?fork=${lesson}`);
      }}
    >
      <div className="grid min-w-0 gap-1">
        <label htmlFor={id} className="text-sm font-medium">
          Or make a lesson yours
        </label>
        <select
          id={id}
          value={lesson}
          onChange={(event) => setLesson(event.target.value)}
          className="min-h-10 w-full max-w-80 rounded-control border border-line-strong bg-surface px-2"
        >
          {LESSONS.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit">Copy it</Button>
    </form>
  );
}
