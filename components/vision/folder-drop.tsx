'use client';

import type { ReactNode } from 'react';
import { DropZone } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { droppedFiles } from './dropped-files';

interface FolderDropProps {
  /** On the button. */
  label: string;
  onFiles(files: readonly File[]): void;
  /** Above the button: what is open now. */
  children: ReactNode;
  /** Beside the button. */
  beside?: ReactNode;
  /** Below it: what such a folder looks like, what was wrong with the last. */
  below?: ReactNode;
}

/** A place that takes a folder: by its button, or dropped onto it. */
export function FolderDrop({ label, onFiles, children, beside, below }: FolderDropProps) {
  return (
    <DropZone onDropped={(data) => void droppedFiles(data).then(onFiles)} className="grid gap-2 text-sm">
      {children}
      <div className="flex flex-wrap gap-2">
        <FileButton label={label} many="folder" onFiles={onFiles} />
        {beside}
      </div>
      {below}
    </DropZone>
  );
}
