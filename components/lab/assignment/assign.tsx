'use client';

import { useState } from 'react';
import { QrDialog } from '@/components/notebook/qr-dialog';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Dialog } from '@/components/ui/dialog';
import { plural } from '@/components/ui/format';
import { isExercise } from '@/lib/exercises/names';
import { longLinkWarning } from '@/lib/notebook/link';
import { writeAssignmentLink } from '@/lib/notebook/own/assignment';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { basePath } from '@/lib/runtime/assets';

/** Makes an assignment of a notebook: a link or a code that others open. */
export function AssignButton({ notebook }: { notebook: NotebookDocument }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button small onClick={() => setOpen(true)} title="Give this notebook to a class as an assignment">
        Assign
      </Button>
      {open ? <AssignDialog notebook={notebook} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function AssignDialog({ notebook, onClose }: { notebook: NotebookDocument; onClose(): void }) {
  const [qr, setQr] = useState(false);
  const hash = writeAssignmentLink(notebook);
  const link = hash === null ? null : `${location.origin}${basePath()}/lab/${hash}`;
  if (qr && link !== null) return <QrDialog link={link} onClose={() => setQr(false)} />;
  const fixed = notebook.cells.reduce(
    (sum, cell) => sum + (cell.kind === 'cell' ? (cell.fixed?.length ?? 0) : 0),
    0,
  );
  const exercises = notebook.cells.filter((cell) => cell.kind === 'cell' && isExercise(cell.cell)).length;
  const answers = notebook.cells.filter((cell) => cell.kind === 'text' && cell.answer).length;
  return (
    <Dialog title="Give this as an assignment" onClose={onClose}>
      <div className="mt-3 grid gap-3">
        <p>
          Whoever opens the link works in a copy of their own, in their own browser, and hands it in to you as
          a file or a link. Open that here, in the list of notebooks.
        </p>
        <p className="text-sm text-secondary">
          {fixed === 0 ? 'No setting is' : fixed === 1 ? 'One setting is' : `${fixed} settings are`} fixed:
          open “All settings” of an experiment to fix some.{' '}
          {answers === 0 ? 'No text is' : answers === 1 ? 'One text is' : `${answers} texts are`} for learners
          to write in: press “Answer” above a text.{' '}
          {exercises === 0
            ? 'No exercise is in it: add some under “Experiment”.'
            : `${plural(exercises, 'exercise')} in it: the best grade comes back with the code.`}
        </p>
        {link === null ? (
          <p role="alert">
            This notebook is too long for a link. Export it as JSON, and give the file: it opens as a notebook
            to change, not as an assignment.
          </p>
        ) : (
          <>
            <p className="max-h-24 overflow-y-auto break-all text-sm text-secondary">{link}</p>
            <p className="text-sm text-secondary empty:hidden">{longLinkWarning(link)}</p>
          </>
        )}
        <div className="flex flex-wrap justify-end gap-2">
          {link === null ? null : (
            <>
              <Button small onClick={() => setQr(true)}>
                QR code
              </Button>
              <CopyButton text={link}>Copy the link</CopyButton>
            </>
          )}
          <Button small look="primary" onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
