'use client';

import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, useRef } from 'react';
import type { Table } from '@/components/charts/table';

const ROW_PX = 29;
const OVERSCAN = 8;
/** Letters. */
const [NARROWEST, WIDEST] = [3, 40];

const inWords = (value: string | number | null | undefined) =>
  value === null || value === undefined ? '–' : String(value);

/** A table of any length: only the rows in sight are in the page, with some above and below. */
export function LongTable({ table: { columns, rows }, name }: { table: Table; name: string }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN,
  });
  // Of all rows: with those in sight alone, columns would move as one scrolls.
  const widths = useMemo(
    () =>
      columns.map((column, c) => {
        const longest = rows.reduce((most, row) => Math.max(most, inWords(row[c]).length), column.length);
        return Math.min(WIDEST, Math.max(NARROWEST, longest));
      }),
    [columns, rows],
  );
  const shown = virtual.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = Math.max(0, virtual.getTotalSize() - (shown.at(-1)?.end ?? 0));
  const gap = (height: number) =>
    height > 0 ? (
      <tr>
        <td colSpan={columns.length} style={{ height, padding: 0 }} />
      </tr>
    ) : null;
  return (
    <section
      ref={scroller}
      aria-label={`${name}: table`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: whoever has no mouse scrolls it with the arrow keys
      tabIndex={0}
      className="relative max-h-80 overflow-auto rounded-control border border-line"
    >
      <table
        aria-rowcount={rows.length + 1}
        className="table-fixed border-collapse text-sm tabular-nums"
        style={{ width: `max(100%, ${widths.reduce((sum, width) => sum + width + 4, 0)}ch)` }}
      >
        <colgroup>
          {widths.map((width, c) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stay where they are, and names may repeat
            <col key={c} style={{ width: `${width + 4}ch` }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column, c) => (
              <th
                // biome-ignore lint/suspicious/noArrayIndexKey: as above
                key={c}
                scope="col"
                title={column}
                className="sticky top-0 truncate border-b border-line-strong bg-surface px-3 py-1.5 text-right font-semibold first:text-left"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {gap(above)}
          {shown.map(({ index }) => (
            <tr
              key={index}
              aria-rowindex={index + 2}
              style={{ height: ROW_PX }}
              className="border-b border-line"
            >
              {columns.map((_, c) => {
                const text = inWords(rows[index]?.[c]);
                return (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    key={c}
                    title={text.length > WIDEST ? text : undefined}
                    className="truncate px-3 text-right first:text-left"
                  >
                    {text}
                  </td>
                );
              })}
            </tr>
          ))}
          {gap(below)}
        </tbody>
      </table>
    </section>
  );
}
