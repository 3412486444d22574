import { Scrollable } from '@/components/ui/scrollable';
import { tableNumber } from './numbers';
import type { Table } from './table';

/** Every value of a chart, as one reads it; the CSV has every digit. */
const written = (value: string | number | null) =>
  value === null ? '–' : typeof value === 'number' ? tableNumber(value) : value;

export function DataTable({ table, name }: { table: Table; name: string }) {
  return (
    <Scrollable
      label={`${name}: table`}
      className="max-h-80 overflow-auto rounded-control border border-line"
    >
      <table className="w-full border-collapse text-sm tabular-nums">
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th
                key={column}
                scope="col"
                className="sticky top-0 border-b border-line-strong bg-surface px-3 py-1.5 text-right font-semibold first:text-left"
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={String(row[0])} className="border-b border-line last:border-0">
              {row.map((value, i) => (
                <td
                  key={table.columns[i]}
                  className="px-3 py-1 text-right whitespace-nowrap first:text-left first:whitespace-normal"
                >
                  {written(value)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
