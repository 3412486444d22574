'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { LIMITS } from '@/lib/notebook/own/document';

export function RenameDialog({
  title,
  onClose,
  onRename,
}: {
  title: string;
  onClose(): void;
  onRename(title: string): void;
}) {
  const id = useId();
  const [value, setValue] = useState(title);
  return (
    <Dialog title="Rename the notebook" onClose={onClose}>
      <form
        className="mt-3 grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          onRename(value.trim() || 'Untitled notebook');
        }}
      >
        <label htmlFor={id} className="font-medium">
          Title
        </label>
        <input
          id={id}
          value={value}
          maxLength={LIMITS.titleCharacters}
          onChange={(event) => setValue(event.target.value)}
          className="min-h-10 w-full rounded-control border border-line-strong bg-surface px-3"
        />
        <Choices onClose={onClose}>
          <Button look="primary" type="submit">
            Rename
          </Button>
        </Choices>
      </form>
    </Dialog>
  );
}

export function DeleteDialog({
  title,
  onClose,
  onDelete,
}: {
  title: string;
  onClose(): void;
  onDelete(): void;
}) {
  return (
    <Dialog title={`Delete “${title || 'Untitled notebook'}”?`} onClose={onClose}>
      <p className="mt-2 mb-4">
        It is kept in this browser only. You can bring it back as long as this page is open; what its runs
        have charged to the privacy ledger stays charged.
      </p>
      <Choices onClose={onClose}>
        <Button look="danger" onClick={onDelete}>
          Delete
        </Button>
      </Choices>
    </Dialog>
  );
}

function Choices({ onClose, children }: { onClose(): void; children: ReactNode }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      {children}
    </div>
  );
}
