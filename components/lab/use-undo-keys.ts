'use client';

import { useEffect } from 'react';

const TYPING = 'input, textarea, select, [contenteditable], .cm-editor';

/** Control + Z undoes; with Shift, or Control + Y, it is done again. In a field the browser's own undo holds. */
export function useUndoKeys(undo: () => void, redo: () => void): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      if ((event.target as HTMLElement).closest(TYPING) || document.querySelector('dialog[open]')) return;
      const key = event.key.toLowerCase();
      if (key === 'z') (event.shiftKey ? redo : undo)();
      else if (key === 'y') redo();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [undo, redo]);
}
