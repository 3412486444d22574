'use client';

/** A lesson as slides: one cell each, and the prose before it as what there is to say. */
import { useEffect, useRef } from 'react';

export interface Slide {
  element: HTMLElement;
  title: string;
  /** The prose between the slide before and this one: what the speaker says. */
  notes: HTMLElement[];
}

const isCell = (element: Element) =>
  element.matches('[data-cell]') || element.querySelector('[data-cell]') !== null;

export function slidesOf(article: Element): Slide[] {
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

/** The id of the cell that a slide shows. */
export const cellOf = ({ element }: Slide) =>
  (element.dataset.cell === undefined ? element.querySelector<HTMLElement>('[data-cell]') : element)?.dataset
    .cell ?? null;

/** Copies of the prose, without what one could press: the originals are still on the page. */
export function Notes({ of }: { of: readonly HTMLElement[] }) {
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
  if (of.length === 0) return <p>No text stands before this cell.</p>;
  return <div ref={ref} className="speaker-notes prose-lesson" />;
}
