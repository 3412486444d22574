import { ChargeSign } from '@/components/label/charge-sign';
import { formatEpsilon } from '@/components/ledger/words';
import { count } from '@/components/ui/format';
import { formatNumber } from '@/lib/notebook/parameters';
import { zeroedInWords } from '@/lib/runs/zeroed';
import type { Provenance } from '@/lib/runtime';
import { BACKEND_LABELS, type BackendName } from '@/lib/runtime/backend';
import { BackendBadge } from './backend-badge';
import { formatSeconds } from './time';

const NOISE: Record<Provenance['noise'], string> = {
  cryptographic: 'cryptographic noise',
  seeded: 'seeded noise: reproducible, not private',
  none: 'no noise',
};

/** How the numbers came to be: one line, and all of it on demand. */
export function ProvenanceLine({ provenance }: { provenance: Provenance }) {
  const { backend, adapter, softwareGpu, noise, accountant, epsilon, delta, dataset, seed, charged, zeroed } =
    provenance;
  const facts = [
    formatSeconds(provenance.seconds),
    ...(noise === 'none' ? [] : [NOISE[noise]]),
    ...(epsilon === null
      ? []
      : [`ε = ${formatEpsilon(epsilon)}${delta === null ? '' : `, δ = ${formatNumber(delta)}`}`]),
    ...(zeroed ? [zeroedInWords(zeroed)] : []),
  ];
  const rows: [string, string | null][] = [
    ['Origin', provenance.origin],
    ['Backend', backend ? (BACKEND_LABELS[backend as BackendName] ?? backend) : 'none needed'],
    ['Adapter', adapter],
    ['Noise', NOISE[noise]],
    ['Seed', seed === null ? null : String(seed)],
    ['ε', epsilon === null ? null : `${Number(epsilon.toPrecision(6))} nats`],
    ['δ', delta === null ? null : formatNumber(delta)],
    ['Accountant', accountant],
    ['Data', dataset],
    [
      'Counted as zero',
      zeroed
        ? `${count(zeroed)} gradients or updates that were infinite or no number: each of them would have decided the whole sum. How many there were is covered by no ε.`
        : null,
    ],
    ['Finished', provenance.finishedAt],
    ['Took', formatSeconds(provenance.seconds)],
    ['Site version', provenance.version],
  ];
  const line = (
    <details data-provenance className="text-sm text-secondary">
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-2 gap-y-1 [&::-webkit-details-marker]:hidden">
        <span className="rounded border border-line px-1.5 py-0.5">{provenance.origin}</span>
        <BackendBadge backend={backend} adapter={adapter} softwareGpu={softwareGpu} />
        {facts.map((fact) => (
          <span key={fact} className="tabular-nums after:ml-2 after:content-['·']">
            {fact}
          </span>
        ))}
        <span className="underline underline-offset-2">how this was made</span>
      </summary>
      <dl className="mt-2 grid grid-cols-[auto_1fr] gap-x-4 gap-y-0.5">
        {rows.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd className="break-words text-text">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </details>
  );
  if (!charged) return line;
  return (
    <div className="flex items-start gap-1">
      <span className="-mt-1.5">
        <ChargeSign charged={charged} />
      </span>
      {line}
    </div>
  );
}
