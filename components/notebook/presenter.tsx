'use client';

import { useCallback, useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { isOfClicker, presentingCommand } from '@/lib/notebook/presenting-keys';
import { QrDialog } from './qr-dialog';
import { useShortcuts } from './shortcut-sheet';
import { cellOf, Notes, type Slide, slidesOf } from './slides';
import { openSpeakerWindow, SpeakerWindow } from './speaker-window';

/** Where text is written, or a page moved through. */
const TEXT =
  'input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable], .cm-editor';
/** What arrow keys move: a value or a cursor. */
const CONTROLS = 'input, [role=slider], [role=application]';

export interface PresenterProps {
  /** The slide to begin with, from 0. */
  first: number;
  /** To this page and its settings. @param cell that it leads to */
  link: (cell: string | null) => string;
  onClose(): void;
}

/** One cell a screen in large type: the same cells, live, on the same page, so that nothing that ran is lost. */
export function Presenter({ first, link, onClose }: PresenterProps) {
  const [slides, setSlides] = useState<Slide[]>([]);
  const [at, setAt] = useState(first);
  const [notesOpen, setNotesOpen] = useState(false);
  const [qr, setQr] = useState<string | null>(null);
  const [blank, setBlank] = useState(false);
  const [speaker, setSpeaker] = useState<Window | null>(null);
  const [blocked, setBlocked] = useState(false);
  const { enabled: letters } = useShortcuts();
  const slide = slides[Math.min(at, slides.length - 1)];

  useEffect(() => {
    const article = document.querySelector('article.prose-lesson');
    if (article) setSlides(slidesOf(article));
    document.documentElement.dataset.presenting = '';
    return () => {
      delete document.documentElement.dataset.presenting;
    };
  }, []);

  useEffect(() => {
    if (!slide) return;
    slide.element.dataset.slide = 'current';
    window.scrollTo(0, 0);
    return () => {
      delete slide.element.dataset.slide;
    };
  }, [slide]);

  const move = useCallback(
    (by: number) => {
      setBlank(false);
      setAt((now) => Math.min(slides.length - 1, Math.max(0, now + by)));
    },
    [slides.length],
  );
  const speak = useCallback(() => {
    const opened = openSpeakerWindow();
    setBlocked(opened === null);
    setSpeaker(opened);
  }, []);
  const noSpeaker = useCallback(() => setSpeaker(null), []);
  const turnBlank = useCallback(() => setBlank((now) => !now), []);
  // It belongs to the presentation, and ends with it.
  useEffect(() => () => speaker?.close(), [speaker]);

  useEffect(() => {
    /** @returns whether it was a command */
    const obey = (event: KeyboardEvent): boolean => {
      if (event.defaultPrevented || document.querySelector('dialog[open], :popover-open')) return false;
      const target = event.target as HTMLElement;
      const command = presentingCommand({
        key: event.key,
        withModifier: event.ctrlKey || event.metaKey || event.altKey,
        inText: target.closest(TEXT) !== null,
        inControl: target.closest(CONTROLS) !== null,
        inRunning: target.closest('[data-state="running"], [data-state="preparing"]') !== null,
        letters,
      });
      if (command === null) return false;
      event.preventDefault();
      if (command === 'next') move(1);
      if (command === 'back') move(-1);
      if (command === 'first') move(Number.NEGATIVE_INFINITY);
      if (command === 'last') move(Number.POSITIVE_INFINITY);
      if (command === 'notes') setNotesOpen((open) => !open);
      if (command === 'speaker') speak();
      if (command === 'blank') turnBlank();
      if (command === 'end') onClose();
      return true;
    };
    const onKey = (event: KeyboardEvent) => void obey(event);
    const onClicker = (event: KeyboardEvent) => {
      if (isOfClicker(event.key) && obey(event)) event.stopPropagation();
    };
    const pages = speaker ? [window, speaker] : [window];
    for (const page of pages) {
      page.addEventListener('keydown', onClicker, { capture: true });
      page.addEventListener('keydown', onKey);
    }
    return () => {
      for (const page of pages) {
        page.removeEventListener('keydown', onClicker, { capture: true });
        page.removeEventListener('keydown', onKey);
      }
    };
  }, [move, speak, turnBlank, onClose, letters, speaker]);

  return (
    <>
      {notesOpen && slide ? (
        <aside
          aria-label="Speaker notes"
          className="fixed inset-x-0 bottom-14 z-20 max-h-[40vh] overflow-y-auto border-t border-line-strong bg-raised px-4 py-3 sm:px-6"
        >
          <Notes of={slide.notes} />
        </aside>
      ) : null}
      {blank ? (
        <button
          type="button"
          data-blank
          aria-label="Show the cell again"
          className="fixed inset-0 z-40 bg-black"
          onClick={turnBlank}
        />
      ) : null}
      {speaker ? (
        <SpeakerWindow
          within={speaker}
          slides={slides}
          at={Math.min(at, slides.length - 1)}
          blank={blank}
          move={move}
          onBlank={turnBlank}
          onClosed={noSpeaker}
        />
      ) : null}
      {blocked ? (
        <p
          role="alert"
          className="fixed inset-x-0 bottom-14 z-20 border-t border-line-strong bg-raised px-4 py-3"
        >
          This browser does not open a second window here. Allow pop-up windows for this site and try again,
          or use Notes.
        </p>
      ) : null}
      <nav
        aria-label="Presentation"
        className="fixed inset-x-0 bottom-0 z-30 flex h-14 items-center gap-1 border-t border-line-strong bg-raised px-2 text-base sm:gap-2 sm:px-3"
      >
        <Button small onClick={() => move(-1)} disabled={at === 0} title="Left arrow">
          Back
        </Button>
        <Button small onClick={() => move(1)} disabled={at >= slides.length - 1} title="Right arrow">
          Next
        </Button>
        <p role="status" className="mx-auto min-w-0 truncate">
          {slide ? (
            <>
              {slides.indexOf(slide) + 1} of {slides.length}
              <span className="hidden sm:inline">: {slide.title}</span>
            </>
          ) : (
            'No cell to show.'
          )}
        </p>
        <Button
          small
          look="quiet"
          aria-expanded={notesOpen}
          onClick={() => setNotesOpen(!notesOpen)}
          title="n"
        >
          Notes
        </Button>
        <Button
          small
          look="quiet"
          onClick={speak}
          aria-label="Speaker window"
          title="s: notes, the next cell and a clock, for your own screen"
        >
          Speaker<span className="hidden sm:inline"> window</span>
        </Button>
        <Button
          small
          look="quiet"
          onClick={() => setQr(link(slide ? cellOf(slide) : null))}
          aria-label="QR code"
        >
          QR<span className="hidden sm:inline">code</span>
        </Button>
        <Button small onClick={onClose} title="Escape">
          End
        </Button>
      </nav>
      {qr === null ? null : <QrDialog link={qr} onClose={() => setQr(null)} />}
    </>
  );
}
