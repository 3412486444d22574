'use client';

import { useEffect, useState } from 'react';
import { commandOf } from '@/lib/notebook/shortcuts';
import { useShortcuts } from './shortcut-sheet';

/** Where a key means a letter or a move of its own. */
const TYPING =
  'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], .cm-editor';

const cells = () => [...document.querySelectorAll<HTMLElement>('[data-cell]')];

export function focusCell(cell: HTMLElement | undefined): void {
  if (!cell) return;
  cell.tabIndex = -1;
  cell.scrollIntoView({ block: 'start' });
  cell.focus({ preventScroll: true });
}

/** The cell before or after the one that has the focus, or else the first below the top of the window. */
function neighbour(by: 1 | -1): HTMLElement | undefined {
  const all = cells();
  const at = all.findIndex((cell) => cell.contains(document.activeElement));
  if (at >= 0) return all[at + by];
  const below = all.findIndex((cell) => cell.getBoundingClientRect().top > 80);
  if (by === 1) return all[below];
  return all[(below < 0 ? all.length : below) - 1];
}

/** Listens for the page's single-key commands. @returns whether the help sheet is open, and how to close it */
export function useKeyboard(present: () => void): { helpOpen: boolean; setHelpOpen(open: boolean): void } {
  const shortcuts = useShortcuts();
  const [helpOpen, setHelpOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      const target = event.target as HTMLElement;
      if (target.closest(TYPING) || document.querySelector('dialog[open]')) return;
      const command = commandOf(event, shortcuts);
      if (command === null) return;
      event.preventDefault();
      if (command === 'help') setHelpOpen(true);
      if (command === 'present') present();
      if (command === 'next-cell') focusCell(neighbour(1));
      if (command === 'previous-cell') focusCell(neighbour(-1));
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shortcuts, present]);
  return { helpOpen, setHelpOpen };
}
