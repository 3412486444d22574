'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { QrDialog } from './qr-dialog';

/** Where arrow keys move a value or a cursor. */
const OWN_ARROWS =
  'input, textarea, select, [contenteditable], [role=slider], [role=application], .cm-editor';

interface Slide {
  element: HTMLElement;
  title: string;
  /** The prose between the slide before and this one: what the speaker says. */
  notes: HTMLElement[];
}

const isCell = (element: Element) =>
  element.matches('[data-cell]') || element.querySelector('[data-cell]') !== null;

/** One slide a cell. The prose before a cell is what there is to say about it. */
function slidesOf(article: Element): Slide[] {
  const slides: Slide[] = [];
  let notes: HTMLElement[] = [];
  for (const element of article.children as HTMLCollectionOf<HTMLElement>) {
    if (isCell(element)) {
      const title = element.querySelector('h2')?.textContent ?? '';
      slides.push({ element, title, notes });
      notes = [];
    } else notes.push(element);
  }
  return slides;
}

/** Copies of the prose, without what one could press: the originals are still on the page. */
function Notes({ of }: { of: readonly HTMLElement[] }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const copies = of.map((element) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const extra of copy.querySelectorAll('[popover], [data-lab-tools], input')) extra.remove();
      copy.inert = true;
      copy.removeAttribute('id');
      return copy;
    });
    ref.current?.replaceChildren(...copies);
  }, [of]);
  return <div ref={ref} className="speaker-notes prose-lesson" />;
}

export interface PresenterProps {
  /** The slide to begin with, from 0. */
  first: number;
  link: () => string;
  onClose(): void;
}

/** One cell a screen in large type: the same cells, live, on the same page, so that nothing that ran is lost. */
export function Presenter({ first, link, onClose }: PresenterProps) {
  const [slides, setSlides] = useState<Slide[]>([]);
  const [at, setAt] = useState(first);
  const [notesOpen, setNotesOpen] = useState(false);
  const [qr, setQr] = useState<string | null>(null);
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
    (by: number) => setAt((now) => Math.min(slides.length - 1, Math.max(0, now + by))),
    [slides.length],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector('dialog[open], :popover-open')) return;
      const { key } = event;
      const target = event.target as HTMLElement;
      // Escape in a cell stops its run.
      const running = target.closest('[data-state="running"], [data-state="preparing"]');
      if (key === 'Escape' && !running) return onClose();
      if (target.closest(OWN_ARROWS)) return;
      if (key === 'ArrowRight' || key === 'PageDown') move(1);
      else if (key === 'ArrowLeft' || key === 'PageUp') move(-1);
      else if (key === 'Home') move(Number.NEGATIVE_INFINITY);
      else if (key === 'End') move(Number.POSITIVE_INFINITY);
      else if (key === 'n') setNotesOpen((open) => !open);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [move, onClose]);

  return (
    <>
      {notesOpen && slide ? (
        <aside
          aria-label="Speaker notes"
          className="fixed inset-x-0 bottom-14 z-20 max-h-[40vh] overflow-y-auto border-t border-line-strong bg-raised px-4 py-3 sm:px-6"
        >
          {slide.notes.length > 0 ? <Notes of={slide.notes} /> : <p>No text stands before this cell.</p>}
        </aside>
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
        <Button small look="quiet" onClick={() => setQr(link())} aria-label="QR code">
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
