/** Where the words of a chart saved as a picture go: all of them within its width, in as many lines as they need. */
import type { LegendEntry } from './legend';

export interface PictureWords {
  title: string;
  /** What the page says under the title: where a chart shows a part of a run, it says so here. */
  caption: string;
  legend: readonly Pick<LegendEntry, 'label' | 'latest'>[];
  /** What stands above and below the drawing. */
  yTitle: string;
  xTitle: string;
  /** The last lines: with which settings, at which ε, by whom it was made. */
  source: readonly string[];
}

export interface TextStyle {
  weight: 400 | 600;
  /** In pixels of the page, as all lengths here. */
  size: number;
  color: '--text' | '--secondary';
}

/** @returns how wide the words are */
export type Measure = (words: string, style: TextStyle) => number;

export interface PlacedText {
  words: string;
  /** Its upper left corner. */
  x: number;
  y: number;
  style: TextStyle;
}

export interface PictureLayout {
  width: number;
  height: number;
  texts: PlacedText[];
  /** Of each entry of the legend, where its sample is drawn. */
  samples: { left: number; middle: number }[];
  /** The upper left corner of the drawing. */
  drawing: { x: number; y: number };
}

const PAD = 20;
/** A sample of the legend with the gap after it, and the gap between two entries. */
const SAMPLE = 36;
const BETWEEN = 20;

const TITLE: TextStyle = { weight: 600, size: 16, color: '--text' };
const WORDS: TextStyle = { weight: 400, size: 13, color: '--text' };
const QUIET: TextStyle = { ...WORDS, color: '--secondary' };
const SOURCE: TextStyle = { weight: 400, size: 11, color: '--secondary' };
const lineOf = ({ size }: TextStyle) => Math.round(size * 1.4);

/** A text in lines no wider than that, broken at blanks, and within a word that is wider than a line. */
export function brokenLines(text: string, width: number, measure: (words: string) => number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = `${lines.at(-1)} ${word}`;
    if (lines.length > 0 && measure(longer) <= width) {
      lines[lines.length - 1] = longer;
      continue;
    }
    let rest = word;
    while (rest.length > 1 && measure(rest) > width) {
      let fits = rest.length - 1;
      while (fits > 1 && measure(rest.slice(0, fits)) > width) fits--;
      lines.push(rest.slice(0, fits));
      rest = rest.slice(fits);
    }
    lines.push(rest);
  }
  return lines;
}

/** @param drawing the chart itself, in pixels of the page */
export function layOut(
  words: PictureWords,
  drawing: { width: number; height: number },
  measure: Measure,
): PictureLayout {
  const { width } = drawing;
  const texts: PlacedText[] = [];
  let y = PAD;

  const linesOf = (text: string, style: TextStyle, room = width) =>
    text === '' ? [] : brokenLines(text, room, (part) => measure(part, style));
  const put = (text: string, style: TextStyle, atRight = false) => {
    for (const line of linesOf(text, style)) {
      texts.push({ words: line, x: PAD + (atRight ? width - measure(line, style) : 0), y, style });
      y += lineOf(style);
    }
  };

  put(words.title, TITLE);
  put(words.caption, QUIET);
  y += 6;

  const samples: PictureLayout['samples'] = [];
  let x = PAD;
  let below = y;
  for (const { label, latest } of words.legend) {
    const lines = linesOf(latest === undefined ? label : `${label}  ${latest}`, WORDS, width - SAMPLE);
    const wide = SAMPLE + Math.max(0, ...lines.map((line) => measure(line, WORDS)));
    if (x > PAD && x + wide > width + PAD) {
      x = PAD;
      y = below + 4;
    }
    samples.push({ left: x, middle: y + lineOf(WORDS) / 2 });
    lines.forEach((line, i) => {
      texts.push({ words: line, x: x + SAMPLE, y: y + 2 + i * lineOf(WORDS), style: WORDS });
    });
    below = Math.max(below, y + lines.length * lineOf(WORDS));
    x += wide + BETWEEN;
  }
  y = below + (words.legend.length > 0 ? 10 : 0);

  put(words.yTitle, QUIET);
  const top = y + 2;
  y = top + drawing.height + 4;
  put(words.xTitle, QUIET, true);
  y += 8;
  for (const line of words.source) put(line, SOURCE);

  return { width: width + 2 * PAD, height: y + PAD, texts, samples, drawing: { x: PAD, y: top } };
}
