'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { copyPicture } from '@/components/ui/copy-picture';
import { download, fileName } from '@/components/ui/download';
import { fromThisPage, useChartSource } from './chart-source';
import { DataTable } from './data-table';
import { rememberFigure } from './drawn-figures';
import { chartToPng } from './export-png';
import { Legend, type LegendEntry } from './legend';
import { type Table, toCsv } from './table';

export interface FigureProps {
  title: string;
  /** What the picture shows, in a sentence or two: read out in its place. */
  summary: string;
  caption?: ReactNode;
  legend: readonly LegendEntry[];
  xTitle: string;
  yTitle: string;
  table(): Table;
  children: ReactNode;
  /** Controls that stand in the picture, placed from its upper left corner: a picture itself has none. */
  overlay?: ReactNode;
  /** What a saved picture says below the drawing, where it is not what the frame around says; the site is named after it. */
  source?: readonly string[];
}

/** The frame of every chart: title, legend, picture, and the numbers as a table, as CSV and as PNG. */
export function Figure({
  title,
  summary,
  caption,
  legend,
  xTitle,
  yTitle,
  table,
  children,
  overlay,
  source,
}: FigureProps) {
  const around = useChartSource();
  const plot = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLElement>(null);
  const captioned = useRef<HTMLSpanElement>(null);
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [said, setSaid] = useState('');

  function png(): Promise<Blob> | null {
    const svg = plot.current?.querySelector('svg');
    // As it reads on the page: a caption may be built of parts.
    const caption = captioned.current?.textContent.replace(/\s+/g, ' ').trim() ?? '';
    return svg
      ? chartToPng(svg, {
          title,
          caption,
          legend,
          xTitle,
          yTitle,
          source: source ? [...source, fromThisPage()] : around(),
        })
      : null;
  }

  // With every drawing anew: what is asked for later is what is on the page then.
  useEffect(() => {
    if (frame.current) return rememberFigure(frame.current, { title, summary, table, png });
  });

  async function withPng(use: (png: Promise<Blob>) => unknown) {
    setSaid('');
    const picture = png();
    if (!picture) return setProblem('The picture is not drawn yet. Try again in a moment.');
    try {
      await use(picture);
      setProblem(null);
    } catch (error) {
      setProblem(
        `${error instanceof Error ? error.message : 'The picture could not be made.'} The CSV holds the same numbers.`,
      );
    }
  }

  const savePng = () => withPng(async (png) => download(fileName(title, 'png'), await png));

  const copyPng = () =>
    withPng(async (png) => {
      await copyPicture(png, 'PNG saves it as a file.');
      setSaid('The picture is copied.');
    });

  function saveCsv() {
    download(fileName(title, 'csv'), new Blob([toCsv(table())], { type: 'text/csv;charset=utf-8' }));
  }

  return (
    <figure ref={frame} className="chart min-w-0">
      <figcaption className="mb-2">
        <span className="block font-semibold leading-snug">{title}</span>
        {caption ? (
          <span ref={captioned} className="block text-sm text-secondary">
            {caption}
          </span>
        ) : null}
      </figcaption>
      {legend.length > 0 ? <Legend entries={legend} /> : null}
      <p aria-hidden="true" className="mt-2 text-xs text-secondary">
        {yTitle}
      </p>
      <div className="relative">
        <div role="img" aria-label={`${title}. ${summary}`}>
          <div ref={plot} aria-hidden="true">
            {children}
          </div>
        </div>
        {overlay}
      </div>
      <p aria-hidden="true" className="text-right text-xs text-secondary">
        {xTitle}
      </p>
      <div className="no-print mt-1 flex flex-wrap items-center gap-1 text-sm">
        <FigureButton onClick={() => setOpen(!open)} expanded={open}>
          {open ? 'Hide table' : 'Show as table'}
        </FigureButton>
        <FigureButton onClick={saveCsv} name={`${title}: save as CSV`}>
          CSV
        </FigureButton>
        <FigureButton onClick={savePng} name={`${title}: save as PNG`}>
          PNG
        </FigureButton>
        <FigureButton onClick={copyPng} name={`${title}: copy as a picture`}>
          Copy
        </FigureButton>
        <span role="status" className="text-secondary empty:hidden">
          {said}
        </span>
        {problem ? (
          <span role="alert" className="text-danger">
            {problem}
          </span>
        ) : null}
      </div>
      {open ? (
        <div className="mt-2">
          <DataTable table={table()} name={title} />
        </div>
      ) : null}
    </figure>
  );
}

function FigureButton({
  children,
  onClick,
  name,
  expanded,
}: {
  children: ReactNode;
  onClick(): void;
  name?: string;
  expanded?: boolean;
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      aria-label={name}
      aria-expanded={expanded}
      className="min-h-8 rounded-control px-2 text-secondary underline decoration-line-strong underline-offset-4 first:-ml-2 hover:bg-ground hover:text-text"
    >
      {children}
    </button>
  );
}
