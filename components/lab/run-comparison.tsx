import { Scrollable } from '@/components/ui/scrollable';
import { compareRuns, type RunRow } from '@/lib/notebook/own/run-table';

/** Some runs beside each other, line by line, with what differs marked. */
export function Comparison({ rows }: { rows: readonly { row: RunRow; number: number }[] }) {
  const lines = compareRuns(rows.map(({ row }) => row));
  return (
    <Scrollable
      label="Runs side by side"
      className="relative mt-4 overflow-x-auto rounded-control border border-line"
    >
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="px-2 py-1 text-left font-semibold">
          Side by side. What differs is marked ≠.
        </caption>
        <thead>
          <tr>
            <td className="border-b border-line-strong px-2 py-1" />
            {rows.map(({ row, number }) => (
              <th key={row.id} scope="col" className="border-b border-line-strong px-2 py-1 text-left">
                Run {number}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ name, values, differs }) => (
            <tr
              key={name}
              className={`border-b border-line last:border-0 ${differs ? 'bg-accent-soft' : ''}`}
            >
              <th scope="row" className="px-2 py-1 text-left font-normal">
                {name}
                {differs ? <span className="ml-1 font-semibold">≠</span> : null}
              </th>
              {values.map((value, at) => (
                <td key={rows[at]!.row.id} className={`px-2 py-1 ${differs ? 'font-semibold' : ''}`}>
                  {value}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
