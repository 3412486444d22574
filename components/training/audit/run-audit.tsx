'use client';

import { formatEpsilon } from '@/components/ledger/words';
import { Facts } from '@/components/notebook/facts';
/** What an audit of the learner's own run found: four bounds from below under the ε that was claimed. */
import { count } from '@/components/ui/format';
import type { RunAudit } from '@/lib/runs/audit-run';
import { Assumptions, BOUND_WORDS, epsilonAtLeast } from './bounds';

export function RunAuditFound({ result }: { result: RunAudit }) {
  const { bounds, claimed, canaries, guesses, correct } = result;
  if (!bounds) return null;
  const largest = Math.max(...Object.values(bounds));
  const refuted = largest > claimed;
  return (
    <div className="grid gap-3">
      <Facts
        columns={2}
        facts={[
          { name: 'ε at most (claimed)', value: formatEpsilon(claimed), note: 'by the accountant' },
          {
            name: 'ε at least (audited)',
            value: epsilonAtLeast(largest),
            note: `with 95 % confidence, from ${count(canaries)} canaries`,
          },
        ]}
      />
      <p role="status" data-verdict={refuted ? 'refuted' : 'not refuted'}>
        {refuted ? (
          <strong className="text-danger">
            The claim is refuted. A right trainer gives such a result once in twenty times at most. Run it
            again; if it stays, this is a bug: please report it.
          </strong>
        ) : (
          'The claim is not refuted. The truth lies between the two numbers.'
        )}
      </p>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-1 text-sm tabular-nums @lg:grid-cols-4">
        {BOUND_WORDS.map(({ id, name }) => (
          <div key={id}>
            <dt className="text-secondary">{name}</dt>
            <dd data-figure={`bound ${id}`}>ε ≥ {epsilonAtLeast(bounds[id])}</dd>
          </div>
        ))}
      </dl>
      <Assumptions>
        {`Of the clearest ${guesses} guesses ${correct} were right. All four bounds together are held to 5 %, each to a quarter of it, and each of six numbers of guesses to a sixth of that (Bonferroni). So the largest may be read. A canary is a gradient as long as the clip, on a weight of its own: this tests lots, sum and noise, not the clip.`}
      </Assumptions>
    </div>
  );
}
