/** What the cells of a page show now: pictures, and what code put out. For work that is handed in. */
import { type Picture, WORK_LIMITS } from '@/lib/notebook/own/work';
import { itemId } from '../item';

/** Pixels: enough to see what was found. */
const WIDEST = 900;

function asPng(canvas: HTMLCanvasElement): string | null {
  const scale = Math.min(1, WIDEST / Math.max(1, canvas.width));
  const copy = document.createElement('canvas');
  copy.width = Math.max(1, Math.round(canvas.width * scale));
  copy.height = Math.max(1, Math.round(canvas.height * scale));
  copy.getContext('2d')?.drawImage(canvas, 0, 0, copy.width, copy.height);
  const png = copy.toDataURL('image/png');
  return png.startsWith('data:image/png') && png.length <= WORK_LIMITS.pictureCharacters ? png : null;
}

/** A chart as it is drawn, without its legend; the colours are those of the page. */
async function chartPng(svg: SVGSVGElement): Promise<string | null> {
  const { chartToPng } = await import('@/components/charts/export-png');
  const blob = await chartToPng(svg, { title: '', xTitle: '', yTitle: '', legend: [], source: [] });
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(blob);
  });
}

/** The largest drawing of each cell, and its charts. @param places the cells' ids, with their titles */
export async function picturesOf(
  places: readonly (readonly [id: string, title: string])[],
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const [place, title] of places) {
    const frame = document.getElementById(itemId(place));
    const canvases = [...(frame?.querySelectorAll('canvas') ?? [])].sort(
      (a, b) => b.width * b.height - a.width * a.height,
    );
    const charts = [...(frame?.querySelectorAll<SVGSVGElement>('svg.recharts-surface') ?? [])];
    const drawn = canvases[0] ? [asPng(canvases[0])] : [];
    // A chart that cannot be drawn is left out, not the work.
    const plotted = await Promise.all(charts.map((svg) => chartPng(svg).catch(() => null)));
    for (const png of [...drawn, ...plotted])
      if (png !== null && png.length <= WORK_LIMITS.pictureCharacters) pictures.push({ place, title, png });
  }
  return pictures.slice(0, WORK_LIMITS.pictures);
}

/** What stands below the code cells. */
export function outputsOf(places: readonly string[]): Record<string, string> {
  const texts = places.map((place) => {
    const log = document.getElementById(itemId(place))?.querySelector<HTMLElement>('[role="log"]');
    return [place, (log?.textContent ?? '').slice(0, WORK_LIMITS.outputCharacters)] as const;
  });
  return Object.fromEntries(texts.filter(([, text]) => text !== ''));
}
