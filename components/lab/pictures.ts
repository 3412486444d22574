/** What the cells of a page show now: pictures, and what code put out. For work that is handed in, and for files with results. */
import { type DrawnFigure, figuresIn } from '@/components/charts/drawn-figures';
import type { ResultPicture } from '@/lib/notebook/own/results';
import { type Picture, WORK_LIMITS } from '@/lib/notebook/own/work';
import { itemId } from './item';

/** Pixels: enough to see what was found. */
const WIDEST = 900;
const PNG = 'data:image/png;base64,';

/** The base64 of a PNG address; null of anything else, and of what is too large for a file. */
function pixelsOf(address: string): string | null {
  return address.startsWith(PNG) && address.length <= WORK_LIMITS.pictureCharacters
    ? address.slice(PNG.length)
    : null;
}

function drawingOf(canvas: HTMLCanvasElement): string | null {
  const scale = Math.min(1, WIDEST / Math.max(1, canvas.width));
  const copy = document.createElement('canvas');
  copy.width = Math.max(1, Math.round(canvas.width * scale));
  copy.height = Math.max(1, Math.round(canvas.height * scale));
  copy.getContext('2d')?.drawImage(canvas, 0, 0, copy.width, copy.height);
  return pixelsOf(copy.toDataURL('image/png'));
}

const addressOf = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

/** The frame of a cell while it shows that run and no other; null else. @param finishedAt of the run */
export function frameOf(place: string, finishedAt: string): HTMLElement | null {
  const frame = document.getElementById(itemId(place))?.querySelector<HTMLElement>('[data-cell]');
  // What stands there is this run's only if no other has come since: one whose row was removed, say.
  return frame?.dataset.state === 'done' && frame.dataset.asOf === finishedAt ? frame : null;
}

/** A figure as it is drawn, under its title and legend. Null: it is not drawn, or cannot be; the rest stands. */
export async function pictureOf(figure: DrawnFigure): Promise<ResultPicture | null> {
  const { title, summary } = figure;
  try {
    const blob = await figure.png();
    const png = blob && pixelsOf(await addressOf(blob));
    return png ? { title, summary, png } : null;
  } catch {
    return null;
  }
}

/** What stands for a drawing that is no chart, for those who do not see it. */
const wordsOf = (canvas: HTMLCanvasElement): string =>
  canvas.getAttribute('aria-label') ??
  canvas.closest('[role=img]')?.getAttribute('aria-label') ??
  'As it is drawn on the page.';

/** Those in the frame of a cell: its largest drawing, then its figures. @param title of the cell */
export async function picturesIn(
  frame: Element | null,
  title: string,
): Promise<{ pictures: ResultPicture[]; leftOut: number }> {
  if (!frame) return { pictures: [], leftOut: 0 };
  const [largest] = [...frame.querySelectorAll('canvas')].sort(
    (a, b) => b.width * b.height - a.width * a.height,
  );
  const drawn = largest ? drawingOf(largest) : null;
  const plotted = await Promise.all(figuresIn(frame).map(pictureOf));
  return {
    pictures: [
      ...(largest && drawn ? [{ title, summary: wordsOf(largest), png: drawn }] : []),
      ...plotted.filter((picture) => picture !== null),
    ],
    leftOut: largest && !drawn ? 1 : 0,
  };
}

/** @param places the cells' ids, with their titles */
export async function picturesOf(
  places: readonly (readonly [id: string, title: string])[],
): Promise<Picture[]> {
  const all: Picture[] = [];
  for (const [place, title] of places) {
    const { pictures } = await picturesIn(document.getElementById(itemId(place)), title);
    for (const { png } of pictures) all.push({ place, title, png: `${PNG}${png}` });
  }
  return all.slice(0, WORK_LIMITS.pictures);
}

/** What stands below the code cells. */
export function outputsOf(places: readonly string[]): Record<string, string> {
  const texts = places.map((place) => {
    const log = document.getElementById(itemId(place))?.querySelector<HTMLElement>('[role="log"]');
    return [place, (log?.textContent ?? '').slice(0, WORK_LIMITS.outputCharacters)] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}
