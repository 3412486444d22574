'use client';

import type { ReactNode } from 'react';
import { DropZone } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { type Brought, droppedFiles, holdsFiles } from './dropped-files';
import { markBroughtPictures } from './own-picture';

interface FolderDropProps {
  /** On the button. */
  label: string;
  onFiles(brought: Brought): void;
  /** Above the button: what is open now. */
  children: ReactNode;
  /** Beside the button. */
  beside?: ReactNode;
  /** Below it: what such a folder looks like, what was wrong with the last. */
  below?: ReactNode;
}

/** A place that takes a folder: by its button, dropped onto it, or pasted while its button has the focus. */
export function FolderDrop({ label, onFiles, children, beside, below }: FolderDropProps) {
  const take = (brought: Brought) => {
    markBroughtPictures();
    onFiles(brought);
  };
  return (
    <DropZone
      onDropped={(data) => void droppedFiles(data).then(take)}
      onPaste={(event) => {
        if (!holdsFiles(event.clipboardData)) return;
        event.preventDefault();
        void droppedFiles(event.clipboardData).then(take);
      }}
      className="grid gap-2 text-sm"
    >
      {children}
      <div className="flex flex-wrap gap-2">
        <FileButton label={label} many="folder" onFiles={(files) => take({ files, unread: [] })} />
        {beside}
      </div>
      {below}
    </DropZone>
  );
}
