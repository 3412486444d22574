'use client';

/** What a saved picture says of itself below the drawing: whoever frames charts (a cell) knows their settings and where they come from. */
import { createContext, type ReactNode, useContext } from 'react';

/** Lines of text, asked for when a picture is made. */
export type Source = () => readonly string[];

const ChartSourceContext = createContext<Source>(() => []);

export function ChartSource({ lines, children }: { lines: Source; children: ReactNode }) {
  return <ChartSourceContext value={lines}>{children}</ChartSourceContext>;
}

export const useChartSource = (): Source => useContext(ChartSourceContext);
