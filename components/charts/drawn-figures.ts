/** Every figure that is drawn on the page, by its element: its picture with title, legend and source, and its numbers, for files that take results along. */
import type { Table } from './table';

export interface DrawnFigure {
  title: string;
  /** What the picture shows, in words. */
  summary: string;
  table(): Table;
  /** Null while nothing is drawn. @throws where the browser cannot make a picture */
  png(): Promise<Blob> | null;
}

const figures = new WeakMap<Element, DrawnFigure>();

/** @returns takes it back */
export function rememberFigure(element: Element, figure: DrawnFigure): () => void {
  figures.set(element, figure);
  return () => {
    if (figures.get(element) === figure) figures.delete(element);
  };
}

/** In the order in which they stand. */
export const figuresIn = (frame: Element): DrawnFigure[] =>
  [...frame.querySelectorAll('figure')].flatMap((element) => figures.get(element) ?? []);
