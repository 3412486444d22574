/** What the cells of a page show now: pictures, and what code put out. For work that is handed in, and for files with results. */
import { type DrawnFigure, figuresIn } from '@/components/charts/drawn-figures';
import { hasBroughtPictures } from '@/components/vision/own-picture';
import type { ResultPicture } from '@/lib/notebook/own/results';
import type { RunRow } from '@/lib/notebook/own/run-table';
import { cellShownAt, picturesOfShown, type ShownByPlace, type ShownCell } from '@/lib/notebook/own/shown';
import { type Picture, WORK_LIMITS } from '@/lib/notebook/own/work';
import { itemId } from './item';

/** Pixels: enough to see what was found. A noisy picture, which no format makes small, takes a smaller one. */
const WIDTHS = [900, 640, 440];
const PNG = 'data:image/png;base64,';

/** The base64 of a PNG address; null of anything else, and of what is too large for a file. */
function pixelsOf(address: string): string | null {
  return address.startsWith(PNG) && address.length <= WORK_LIMITS.pictureCharacters
    ? address.slice(PNG.length)
    : null;
}

/** Pixels of a side: what is smaller is made larger by a whole factor, or nobody would see what it is. */
const SMALL = 64;
const SMALL_TO = 224;

/** As large as fits; null where not even the smallest does. */
function drawingOf(canvas: HTMLCanvasElement): string | null {
  const small = canvas.width < SMALL;
  for (const width of WIDTHS) {
    const scale = small
      ? Math.floor(SMALL_TO / Math.max(1, canvas.width))
      : Math.min(1, width / canvas.width);
    const copy = document.createElement('canvas');
    copy.width = Math.max(1, Math.round(canvas.width * scale));
    copy.height = Math.max(1, Math.round(canvas.height * scale));
    const context = copy.getContext('2d');
    if (context) context.imageSmoothingEnabled = !small;
    context?.drawImage(canvas, 0, 0, copy.width, copy.height);
    const pixels = pixelsOf(copy.toDataURL('image/png'));
    if (pixels !== null) return pixels;
  }
  return null;
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

/** What stands for a drawing that is no chart, for those who do not see it; empty where nothing does. */
const wordsOf = (canvas: HTMLCanvasElement): string =>
  canvas.getAttribute('aria-label') ?? canvas.closest('[role=img]')?.getAttribute('aria-label') ?? '';

/** A small one without words is one of many beside their own words: alone it would say nothing. */
const largestDrawing = (frame: Element): HTMLCanvasElement | undefined =>
  [...frame.querySelectorAll('canvas')]
    .filter((canvas) => canvas.width >= SMALL || wordsOf(canvas) !== '')
    .sort((a, b) => b.width * b.height - a.width * a.height)[0];

/** Those in the frame of a cell: its largest drawing, then its figures. @param title of the cell */
export async function picturesIn(
  frame: Element | null,
  title: string,
): Promise<{ pictures: ResultPicture[]; leftOut: number }> {
  if (!frame) return { pictures: [], leftOut: 0 };
  const largest = largestDrawing(frame);
  const drawn = largest ? drawingOf(largest) : null;
  return {
    pictures: [
      ...(largest && drawn ? [{ title, summary: wordsOf(largest), png: drawn }] : []),
      ...(await chartsIn(frame)),
    ],
    leftOut: largest && !drawn ? 1 : 0,
  };
}

/** The same to be kept in this browser: without drawings as soon as the page may show what a reader brought. */
export async function picturesToKeep(
  frame: Element,
  title: string,
): Promise<Pick<ShownCell, 'charts' | 'drawing' | 'notKept'>> {
  const largest = largestDrawing(frame);
  const charts = await chartsIn(frame);
  if (!largest) return { charts };
  if (hasBroughtPictures()) return { charts, notKept: 'own' };
  const png = drawingOf(largest);
  return png === null
    ? { charts, notKept: 'room' }
    : { charts, drawing: { title, summary: wordsOf(largest), png } };
}

const chartsIn = async (frame: Element): Promise<ResultPicture[]> =>
  (await Promise.all(figuresIn(frame).map(pictureOf))).filter((one) => one !== null);

/**
 * @param places the cells' ids, with their titles
 * @param last runs, by place: where one came to its end before the page was reloaded, what is kept of it is shown
 */
export async function picturesOf(
  places: readonly (readonly [id: string, title: string])[],
  last: ReadonlyMap<string, RunRow>,
  shown: ShownByPlace,
): Promise<Picture[]> {
  const all: Picture[] = [];
  for (const [place, title] of places) {
    const run = last.get(place);
    const kept = cellShownAt(shown, place);
    const before = run && kept?.asOf === run.finishedAt && !frameOf(place, run.finishedAt);
    const pictures = before
      ? picturesOfShown(kept)
      : (await picturesIn(document.getElementById(itemId(place)), title)).pictures;
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
