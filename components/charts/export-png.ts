/** A chart as a picture: its SVG with the colours of the theme, under its title and legend. */

import { canvasToPng } from '@/components/ui/copy-picture';
import type { LegendEntry } from './legend';
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

export interface PngParts {
  title: string;
  legend: readonly LegendEntry[];
  /** What stands above and below the drawing. */
  yTitle: string;
  xTitle: string;
  /** The last lines: with which settings, at which ε, by whom it was made. */
  source: readonly string[];
}

const PAD = 20;
const SOURCE_SIZE = 11;
const SOURCE_LINE = 16;
/** Pixels of the picture to one of the page, so that it can be printed. */
const DENSITY = 2;

/** A text in lines no wider than that, broken at blanks; a word that is too wide has a line of its own. */
export function brokenLines(text: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

export async function chartToPng(svg: SVGSVGElement, parts: PngParts): Promise<Blob> {
  const width = svg.clientWidth || Number(svg.getAttribute('width'));
  const height = svg.clientHeight || Number(svg.getAttribute('height'));
  const theme = getComputedStyle(document.documentElement);
  const color = (value: string) => theme.getPropertyValue(value.replace(/^var\((.*)\)$/, '$1')).trim();
  const family = getComputedStyle(document.body).fontFamily;

  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gave no canvas to draw the picture on.');

  // Where the entries of the legend go; as many lines as they need.
  context.font = `13px ${family}`;
  let x = PAD;
  let line = 0;
  const placed = parts.legend.map((entry) => {
    const text = entry.latest === undefined ? entry.label : `${entry.label}  ${entry.latest}`;
    const need = 36 + context.measureText(text).width + 20;
    if (x > PAD && x + need > width + PAD) {
      x = PAD;
      line++;
    }
    const at = { entry, text, x, line };
    x += need;
    return at;
  });
  const legendTop = PAD + 28;
  const plotTop = legendTop + (parts.legend.length > 0 ? (line + 1) * 22 + 10 : 0) + 20;
  const fullWidth = width + 2 * PAD;
  context.font = `${SOURCE_SIZE}px ${family}`;
  const lines = parts.source.flatMap((text) =>
    brokenLines(text, width, (words) => context.measureText(words).width),
  );
  const fullHeight = plotTop + height + 24 + lines.length * SOURCE_LINE + PAD;
  canvas.width = fullWidth * DENSITY;
  canvas.height = fullHeight * DENSITY;
  context.scale(DENSITY, DENSITY);

  context.fillStyle = color('--surface');
  context.fillRect(0, 0, fullWidth, fullHeight);
  context.textBaseline = 'top';
  context.fillStyle = color('--text');
  context.font = `600 16px ${family}`;
  context.fillText(parts.title, PAD, PAD, width);
  context.font = `13px ${family}`;
  for (const { entry, text, x: left, line: row } of placed) {
    const coding = CODING[entry.role];
    const middle = legendTop + row * 22 + 8;
    context.globalAlpha = entry.faint ? 0.55 : 1;
    context.fillStyle = color(coding.colour);
    context.strokeStyle = color(coding.colour);
    context.lineWidth = 2;
    if (entry.kind === 'bar') paintBar(context, left + 6, middle - 6, coding.hatch);
    if (entry.kind === 'line') {
      context.setLineDash((entry.dash ?? coding.dash)?.split(' ').map(Number) ?? []);
      context.beginPath();
      context.moveTo(left, middle);
      context.lineTo(left + 28, middle);
      context.stroke();
      context.setLineDash([]);
    }
    if (entry.kind === 'dots') context.fillRect(left + 10, middle - 4, 8, 8);
    context.globalAlpha = 1;
    context.fillStyle = color('--text');
    context.fillText(text, left + 36, middle - 7);
  }
  context.fillStyle = color('--secondary');
  context.fillText(parts.yTitle, PAD, plotTop - 18);

  const address = URL.createObjectURL(new Blob([standalone(svg)], { type: 'image/svg+xml' }));
  try {
    context.drawImage(await loadPicture(address), PAD, plotTop, width, height);
  } finally {
    URL.revokeObjectURL(address);
  }
  context.textAlign = 'right';
  context.fillText(parts.xTitle, fullWidth - PAD, plotTop + height + 4);
  context.textAlign = 'left';
  context.font = `${SOURCE_SIZE}px ${family}`;
  lines.forEach((text, i) => {
    context.fillText(text, PAD, plotTop + height + 28 + i * SOURCE_LINE);
  });
  return canvasToPng(canvas);
}
