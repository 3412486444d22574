'use client';

/** What a saved picture says of itself below the drawing: whoever frames charts (a cell) knows their settings and where they come from. */
import { createContext, type ReactNode, useContext } from 'react';
import { SITE_VERSION } from '@/lib/runtime/version';

/** Lines of text, asked for when a picture is made. */
export type Source = () => readonly string[];

/** The line for a picture of no run that was made here: which site it is from. */
export const fromThisPage = (): string =>
  `Epsilon Playground ${SITE_VERSION}, ${location.origin}${location.pathname}`;

const ChartSourceContext = createContext<Source>(() => [fromThisPage()]);

export function ChartSource({ lines, children }: { lines: Source; children: ReactNode }) {
  return <ChartSourceContext value={lines}>{children}</ChartSourceContext>;
}

export const useChartSource = (): Source => useContext(ChartSourceContext);
