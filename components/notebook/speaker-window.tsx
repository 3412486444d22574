'use client';

/**
 * A window for the speaker's own screen: what to say, what comes next, and the time. It is an empty window of this page, drawn by it: so
 * it follows without a message or anything stored, and ends with it.
 */
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { Button } from '@/components/ui/button';
import { Notes, type Slide } from './slides';
import { clockOf, elapsedOf } from './speaker-clock';

const FEATURES = 'popup,width=760,height=820';

/** Only where a person has just pressed something; null where the browser refuses even then. */
export function openSpeakerWindow(): Window | null {
  const opened = window.open('', 'epsilon-speaker', FEATURES);
  if (opened === null) return null;
  const { document: page } = opened;
  page.title = `Speaker: ${document.title}`;
  page.documentElement.lang = document.documentElement.lang;
  const styles = document.querySelectorAll<HTMLElement>('link[rel="stylesheet"], style');
  page.head.replaceChildren(
    page.head.querySelector('title') ?? '',
    ...[...styles].map((style) => {
      const copy = page.importNode(style, true);
      // An empty window has no address to read a relative one from.
      if (style instanceof HTMLLinkElement) copy.setAttribute('href', style.href);
      return copy;
    }),
  );
  page.body.replaceChildren();
  page.body.className = 'min-h-screen antialiased';
  opened.focus();
  return opened;
}

function Clock() {
  const [began, setBegan] = useState(() => Date.now());
  const [now, setNow] = useState(began);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1 tabular-nums">
      <p className="text-3xl font-semibold" data-elapsed role="timer" aria-label="Time since the beginning">
        {elapsedOf(now - began)}
      </p>
      <p className="text-secondary" data-clock>
        {clockOf(new Date(now))}
      </p>
      <Button small look="quiet" onClick={() => setBegan(Date.now())}>
        From zero
      </Button>
    </div>
  );
}

export interface SpeakerWindowProps {
  /** As `openSpeakerWindow` gave it. */
  within: Window;
  slides: readonly Slide[];
  at: number;
  /** Whether the audience sees nothing for the moment. */
  blank: boolean;
  move(by: number): void;
  onBlank(): void;
  onClosed(): void;
}

export function SpeakerWindow({ within, slides, at, blank, move, onBlank, onClosed }: SpeakerWindowProps) {
  const [slide, next] = [slides[at], slides[at + 1]];

  // The colours of the page, also after they were changed.
  useEffect(() => {
    const copy = () => {
      within.document.documentElement.dataset.theme = document.documentElement.dataset.theme ?? 'light';
    };
    copy();
    const seen = new MutationObserver(copy);
    seen.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => seen.disconnect();
  }, [within]);

  useEffect(() => {
    const close = () => within.close();
    within.addEventListener('pagehide', onClosed);
    window.addEventListener('pagehide', close);
    return () => {
      within.removeEventListener('pagehide', onClosed);
      window.removeEventListener('pagehide', close);
    };
  }, [within, onClosed]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each slide's notes begin at their top
  useEffect(() => {
    // Not returned: newer browsers answer with a promise, which is no clean-up.
    within.scrollTo(0, 0);
  }, [within, at]);

  return createPortal(
    <main className="mx-auto grid max-w-[46rem] gap-4 p-4 text-text">
      <header className="sticky top-0 z-10 grid gap-3 border-b border-line-strong bg-ground py-3">
        <Clock />
        <div className="flex flex-wrap items-center gap-2">
          <Button onClick={() => move(-1)} disabled={at === 0}>
            Back
          </Button>
          <Button look="primary" onClick={() => move(1)} disabled={at >= slides.length - 1}>
            Next
          </Button>
          <Button look="quiet" aria-pressed={blank} onClick={onBlank}>
            {blank ? 'Show the cell again' : 'Blank the screen'}
          </Button>
        </div>
        <p role="status">
          {slide ? `${at + 1} of ${slides.length}: ${slide.title}` : 'No cell to show.'}
          {blank ? ' The audience sees a black screen.' : ''}
        </p>
      </header>
      <section aria-label="Notes">{slide ? <Notes of={slide.notes} /> : null}</section>
      <section aria-label="Next" className="border-t border-line pt-3 text-secondary">
        {next ? (
          <>
            <h2 className="font-semibold">Next: {next.title}</h2>
            <Notes of={next.notes} />
          </>
        ) : (
          <p>This is the last cell.</p>
        )}
      </section>
    </main>,
    within.document.body,
  );
}
