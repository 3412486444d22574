'use client';

import { useCallback, useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '@/components/ui/button';
import { useNotebook } from './notebook-provider';
import { Presenter } from './presenter';
import { ShortcutSheet } from './shortcut-sheet';
import { focusCell, useKeyboard } from './use-keyboard';

/** Presenting and the keyboard, for the page as a whole. */
export function PagePowers() {
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
      <Button small look="quiet" onClick={present} title="One cell a screen, in large type">
        Present
      </Button>
      <Button
        small
        look="quiet"
        onClick={() => setHelpOpen(true)}
        aria-label="Keyboard commands"
        title="Keyboard"
      >
        ?
      </Button>
      {/* Outside of the head of the lesson, which is not shown meanwhile. */}
      {slide === null
        ? null
        : createPortal(<Presenter first={slide} link={link} onClose={end} />, document.body)}
      {helpOpen ? <ShortcutSheet onClose={() => setHelpOpen(false)} /> : null}
    </>
  );
}
