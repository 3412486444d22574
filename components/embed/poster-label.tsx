/** The privacy label of what a poster shows: there without a script, as all of a poster is. */
import { LabelCard } from '@/components/label/label-card';
import type { PrivacyLabel } from '@/lib/runs/label';
import labels from './recorded-labels.json' with { type: 'json' };

const LABELS = labels as unknown as Readonly<Record<string, PrivacyLabel>>;

/** @param cell its id; one that releases nothing has no label */
export function PosterLabel({ cell }: { cell: string }) {
  const label = LABELS[cell];
  if (!label) return null;
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer underline underline-offset-2">
        What this ε protects: the privacy label
      </summary>
      <p className="my-2 text-secondary">
        What a run with these settings promises if its noise is cryptographic. A seeded run protects nobody.
      </p>
      <LabelCard label={label} />
    </details>
  );
}
