'use client';

import { useCallback, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { MenuItem } from '@/components/ui/menu-item';
import { useNotebook } from './notebook-provider';
import { Presenter } from './presenter';
import { ShortcutSheet } from './shortcut-sheet';
import { focusCell, useKeyboard } from './use-keyboard';

/** Presenting and the keyboard, for the page as a whole: two entries of its tools. @param onChosen closes their list */
export function PagePowers({ onChosen }: { onChosen(): void }) {
  const { notebook } = useNotebook();
  const [slide, setSlide] = useState<number | null>(null);

  const present = useCallback(() => {
    setSlide((now) => now ?? 0);
    // Refused in frames and on some phones: the page then fills its window only.
    document.documentElement.requestFullscreen?.().catch(() => {});
  }, []);
  const end = useCallback(() => {
    setSlide(null);
    if (document.fullscreenElement) void document.exitFullscreen();
  }, []);
  const { helpOpen, setHelpOpen } = useKeyboard(present);

  // `?present=2` in the address begins with the second cell.
  useEffect(() => {
    const params = new URLSearchParams(location.search);
    const asked = params.get('present');
    if (asked !== null) setSlide(Math.max(0, (Number.parseInt(asked, 10) || 1) - 1));
    // `?at=ask` begins at that cell: what a phone is handed at the front of a room.
    const at = params.get('at');
    if (at !== null)
      focusCell(document.querySelector<HTMLElement>(`[data-cell="${CSS.escape(at)}"]`) ?? undefined);
  }, []);

  /** @param cell that is on the screen */
  const link = (cell: string | null) => {
    const at = cell === null ? '' : `?at=${encodeURIComponent(cell)}`;
    return `${location.origin}${location.pathname}${at}${notebook.hash()}`;
  };
  return (
    <>
      <MenuItem
        onClick={() => {
          onChosen();
          present();
        }}
      >
        Present
      </MenuItem>
      <MenuItem
        onClick={() => {
          onChosen();
          setHelpOpen(true);
        }}
      >
        Keyboard commands
      </MenuItem>
      {/* Outside of their list, and of the head of the lesson, which is not shown meanwhile. */}
      {slide === null
        ? null
        : createPortal(<Presenter first={slide} link={link} onClose={end} />, document.body)}
      {helpOpen ? createPortal(<ShortcutSheet onClose={() => setHelpOpen(false)} />, document.body) : null}
    </>
  );
}
