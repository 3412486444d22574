/** The label of a private run as a card: the same fields, in the same order, wherever it stands. */
import { formatDelta, formatEpsilon } from '@/components/ledger/words';
import { count } from '@/components/ui/format';
import type { PrivacyLabel, TrustModel } from '@/lib/runs/label';

const MODEL_WORDS: Record<TrustModel, string> = {
  central: 'Central: one party holds all data.',
  federated: 'Federated: clients keep their data and send updates.',
  local: 'Local: everybody adds the noise at home.',
};

const RELATION_WORDS = {
  'add-or-remove-one': 'one added or removed',
  'replace-one': 'one replaced by another',
};

/** Names of the fields and what they say, for the card and for print. */
export function fieldsOf(label: PrivacyLabel): [string, string | string[]][] {
  const { protects, trust, data } = label;
  return [
    ['What is protected', protects.words],
    ['Unit', `${protects.unit}; neighbours differ by ${RELATION_WORDS[protects.relation]}`],
    ['Protected from', trust.protectsFrom],
    ['Must be trusted', `${trust.trusted} ${MODEL_WORDS[trust.model]}`],
    ['Who adds the noise', trust.noiseBy],
    [
      'How much',
      label.epsilon === null
        ? 'No ε covers it.'
        : `ε = ${formatEpsilon(label.epsilon)} at δ = ${formatDelta(label.delta)}`,
    ],
    ['Released', label.mechanisms.length === 0 ? 'nothing yet' : label.mechanisms],
    ['Together', label.composition],
    ['Sampling', label.sampling],
    ['Accountant', label.accountant],
    ['Settings', label.settingsChosen],
    ['Not covered', label.notCovered],
    [
      'Data',
      `${data.title}${data.size === null ? '' : `, ${count(data.size)} in all`}${data.hash === null ? '' : `, ${data.hash.slice(0, 17)}…`}`,
    ],
    ['Date', label.date === null ? 'not run yet' : label.date.slice(0, 10)],
  ];
}

export function LabelCard({ label }: { label: PrivacyLabel }) {
  return (
    <section
      aria-label={`Privacy label: ${label.title}`}
      data-privacy-label
      className="break-inside-avoid rounded-cell border-2 border-line-strong bg-surface p-3 text-sm"
    >
      <p className="mb-2 border-b border-line pb-2 font-semibold">
        Privacy label <span className="font-normal text-secondary">· {label.title}</span>
      </p>
      <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[9rem_minmax(0,1fr)]">
        {fieldsOf(label).map(([name, says]) => (
          <div key={name} className="contents">
            <dt className="text-secondary">{name}</dt>
            <dd className="break-words">
              {typeof says === 'string' ? (
                says
              ) : (
                <ul className="grid list-disc gap-0.5 pl-4">
                  {says.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
