/** Every bound on every look, side by side; those that refute the claim stand out. */
import { Columns } from '@/components/ui/columns';
import { Scrollable } from '@/components/ui/scrollable';
import type { AuditBound } from '@/lib/privacy';

interface BoundsTableProps {
  /** Columns, in this order. */
  bounds: readonly { id: AuditBound; name: string }[];
  looks: readonly { id: string; words: string; bounds: Partial<Record<AuditBound, number>> }[];
  /** In nats. */
  claimed: number;
  /** An ε proven from below. */
  written(epsilon: number): string;
  /** Tailwind's, so that columns keep apart. */
  minWidth: string;
}

export function BoundsTable({ bounds: columns, looks, claimed, written, minWidth }: BoundsTableProps) {
  return (
    <Scrollable label="ε at least, by look and bound">
      <table className={`w-full ${minWidth} text-sm tabular-nums`}>
        <caption className="mb-1 text-left text-secondary">ε at least, by look and bound</caption>
        <thead className="text-left text-secondary">
          <tr>
            <Columns
              names={['Look', ...columns.map(({ name }) => name)]}
              className="px-2 font-normal first:py-1.5 first:pr-3 first:pl-0"
            />
          </tr>
        </thead>
        <tbody>
          {looks.map(({ id, words, bounds }) => (
            <tr key={id} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                {words}
              </th>
              {columns.map(({ id: bound }) => {
                const epsilon = bounds[bound];
                const refutes = epsilon !== undefined && epsilon > claimed;
                return (
                  <td
                    key={bound}
                    data-figure={`${id} ${bound}`}
                    className={`px-2 ${refutes ? 'font-semibold text-danger' : ''}`}
                  >
                    {epsilon === undefined ? '–' : written(epsilon)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}
