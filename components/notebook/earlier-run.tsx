import { asRecorded, type RecordedFile, sourceOf } from '@/components/embed/recorded-run';
import { formatNumber } from '@/lib/notebook/parameters';
import { Facts } from './facts';

/** What a run comes down to; the table of an embed has the rest. */
const FACTS = 4;

/** What an earlier, real run found, called so: in a cell that nobody has run yet. */
export function EarlierRun({ file }: { file: RecordedFile }) {
  const run = asRecorded(file);
  return (
    <section aria-label="An earlier run" className="grid gap-2" data-earlier-run>
      <h3 className="font-semibold">Recorded: what an earlier run found</h3>
      <Facts
        columns="2 or 4"
        facts={run.findings.slice(0, FACTS).map(([name, value]) => ({ name, value: formatNumber(value) }))}
      />
      <p className="text-sm text-secondary">{sourceOf(run)}</p>
    </section>
  );
}
