import { LabelCard } from '@/components/label/label-card';
import type { RunRow } from '@/lib/notebook/own/run-table';
import type { Labels } from './use-labels';

/** The labels of the private runs in the table: folded on the screen, all there in print. */
export function RunLabels({ rows, labels }: { rows: readonly RunRow[]; labels: Labels }) {
  const labelled = rows.flatMap(({ id }, at) =>
    (labels[id] ?? []).map(({ label }) => ({ id: `${id} ${label.data.hash}`, number: at + 1, label })),
  );
  if (labelled.length === 0) return null;
  return (
    <details data-run-labels className="prints-open mt-6">
      <summary className="min-h-9 cursor-pointer font-medium">
        Privacy labels of {labelled.length === 1 ? 'one private run' : `${labelled.length} private runs`}
      </summary>
      <ul className="mt-3 grid gap-4">
        {labelled.map(({ id, number, label }) => (
          <li key={id} className="grid gap-1">
            <p className="font-semibold">Run {number}</p>
            <LabelCard label={label} />
          </li>
        ))}
      </ul>
    </details>
  );
}
