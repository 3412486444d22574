'use client';

import { useRef } from 'react';
import { Button } from './button';

interface FileButtonProps {
  label: string;
  /** Name of the file input behind it, where the button's words are others. */
  name?: string;
  accept?: string;
  /** For several files, or for a whole folder. */
  many?: 'files' | 'folder';
  small?: boolean;
  onFiles(files: readonly [File, ...File[]]): void;
}

/** A button that asks for a file. */
export function FileButton({ label, name = label, accept, many, small = true, onFiles }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button small={small} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={many === 'files'}
        {...(many === 'folder' ? { webkitdirectory: '' } : {})}
        aria-label={name}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const [first, ...others] = event.target.files ?? [];
          if (first) onFiles([first, ...others]);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}
