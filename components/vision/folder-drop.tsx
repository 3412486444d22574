'use client';

import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { DropZone } from './drop-zone';
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
  const input = useRef<HTMLInputElement>(null);

  return (
    <DropZone onDropped={(data) => void droppedFiles(data).then(onFiles)} className="grid gap-2 text-sm">
      {children}
      <div className="flex flex-wrap gap-2">
        <Button small onClick={() => input.current?.click()}>
          {label}
        </Button>
        <input
          ref={input}
          type="file"
          {...{ webkitdirectory: '' }}
          aria-label={label}
          tabIndex={-1}
          className="sr-only"
          onChange={(event) => {
            const files = [...(event.target.files ?? [])];
            if (files.length > 0) onFiles(files);
            event.target.value = '';
          }}
        />
        {beside}
      </div>
      {below}
    </DropZone>
  );
}
