/** A chart, or another drawing of a cell, as a picture: with the colours of the theme, among its words (`png-layout.ts`). */

import { canvasToPng } from '@/components/ui/copy-picture';
import type { LegendEntry } from './legend';
import { markOutline } from './mark';
import { layOut, type PictureWords } from './png-layout';
import { CODING } from './series';

/** What a chart's SVG takes from style sheets and from the theme, which a picture on its own does not have. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'font-variant-numeric',
  'text-anchor',
  'paint-order',
];

function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((original, i) => {
    const style = getComputedStyle(original);
    for (const name of STYLES) copies[i]!.style.setProperty(name, style.getPropertyValue(name));
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  return new XMLSerializer().serializeToString(copy);
}

function loadPicture(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const picture = new Image();
    picture.onload = () => resolve(picture);
    picture.onerror = () => reject(new Error('The chart could not be turned into a picture.'));
    picture.src = address;
  });
}

/** The sample of a bar, 16 × 12, with lines in its own direction. */
function paintBar(context: CanvasRenderingContext2D, left: number, top: number, hatch: number | null): void {
  if (hatch === null) {
    context.fillRect(left, top, 16, 12);
    return;
  }
  context.save();
  context.lineWidth = 1.5;
  context.strokeRect(left, top, 16, 12);
  context.beginPath();
  context.rect(left, top, 16, 12);
  context.clip();
  context.translate(left + 8, top + 6);
  context.rotate((hatch * Math.PI) / 180);
  context.beginPath();
  for (let x = -12; x <= 12; x += 4) {
    context.moveTo(x, -14);
    context.lineTo(x, 14);
  }
  context.stroke();
  context.restore();
}

export interface PngParts extends PictureWords {
  legend: readonly LegendEntry[];
}

/** Pixels of the picture to one of the page, so that it can be printed. */
const DENSITY = 2;

/** What stands among the words. */
interface Drawing {
  image: CanvasImageSource;
  /** In pixels of the page. */
  width: number;
  height: number;
}

function amongItsWords({ image, width, height }: Drawing, parts: PngParts): Promise<Blob> {
  const theme = getComputedStyle(document.documentElement);
  const color = (value: string) => theme.getPropertyValue(value.replace(/^var\((.*)\)$/, '$1')).trim();
  const family = getComputedStyle(document.body).fontFamily;

  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gave no canvas to draw the picture on.');
  const layout = layOut(parts, { width, height }, (words, { weight, size }) => {
    context.font = `${weight} ${size}px ${family}`;
    return context.measureText(words).width;
  });
  canvas.width = layout.width * DENSITY;
  canvas.height = layout.height * DENSITY;
  context.scale(DENSITY, DENSITY);

  context.fillStyle = color('--surface');
  context.fillRect(0, 0, layout.width, layout.height);
  context.textBaseline = 'top';
  layout.samples.forEach(({ left, middle }, i) => {
    const { role, kind, faint, dash } = parts.legend[i]!;
    const coding = CODING[role];
    context.globalAlpha = faint ? 0.55 : 1;
    context.fillStyle = color(coding.colour);
    context.strokeStyle = color(coding.colour);
    context.lineWidth = 2;
    if (kind === 'bar') paintBar(context, left + 6, middle - 6, coding.hatch);
    else {
      if (kind === 'line') {
        context.setLineDash((dash ?? coding.dash)?.split(' ').map(Number) ?? []);
        context.beginPath();
        context.moveTo(left, middle);
        context.lineTo(left + 28, middle);
        context.stroke();
        context.setLineDash([]);
      }
      const mark = new Path2D(markOutline(coding.marker, left + 14, middle, 3.5));
      if (faint) context.fillStyle = color('--surface');
      context.fill(mark);
      context.lineWidth = 1.5;
      context.stroke(mark);
    }
    context.globalAlpha = 1;
  });
  for (const { words, x, y, style } of layout.texts) {
    context.font = `${style.weight} ${style.size}px ${family}`;
    context.fillStyle = color(style.color);
    context.fillText(words, x, y);
  }
  context.drawImage(image, layout.drawing.x, layout.drawing.y, width, height);
  return canvasToPng(canvas);
}

export async function chartToPng(svg: SVGSVGElement, parts: PngParts): Promise<Blob> {
  const width = svg.clientWidth || Number(svg.getAttribute('width'));
  const height = svg.clientHeight || Number(svg.getAttribute('height'));
  const address = URL.createObjectURL(new Blob([standalone(svg)], { type: 'image/svg+xml' }));
  try {
    return await amongItsWords({ image: await loadPicture(address), width, height }, parts);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Narrower than this, its words would stand one below another. */
const NARROWEST = 320;

/** A drawing that is no chart, such as a photograph with its boxes. None of its pixels is lost. */
export async function canvasToPicture(
  canvas: HTMLCanvasElement,
  words: Pick<PictureWords, 'title' | 'caption' | 'source'>,
): Promise<Blob> {
  const width = Math.max(NARROWEST, canvas.clientWidth, canvas.width / DENSITY);
  const height = (width * canvas.height) / canvas.width;
  return amongItsWords({ image: canvas, width, height }, { ...words, legend: [], yTitle: '', xTitle: '' });
}
