'use client';

import { type DragEvent, type ReactNode, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
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
  const [over, setOver] = useState(false);

  function dropped(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way; the button below does the same by keyboard
    <div
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={dropped}
      className={`grid gap-2 rounded-control text-sm ${over ? 'outline-2 outline-accent outline-offset-4 outline-dashed' : ''}`}
    >
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
    </div>
  );
}
