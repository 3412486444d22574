import { formatDelta, formatEpsilon } from '@/components/ledger/words';
import { Facts } from '@/components/notebook/facts';
import { epsilonAtLeast } from '@/components/training/audit/bounds';
import { BoundsTable } from '@/components/training/audit/bounds-table';
import type { CodeAuditFound, LookFound } from '@/lib/exercises';
import { InlineCode } from './inline-code';

type Bound = keyof LookFound['bounds'];

const BOUNDS: readonly { id: Bound; name: string; assumption: string }[] = [
  {
    id: 'steinke',
    name: 'Guesses',
    assumption: 'counts right guesses, and takes nothing for granted (Steinke, Nasr and Jagielski 2023)',
  },
  {
    id: 'curve',
    name: 'Whole curve',
    assumption:
      'counts right guesses, and takes for granted that your noise hides as normal noise does (Mahloujifar, Melis and Chaudhuri 2025)',
  },
  {
    id: 'shift',
    name: 'Scores: shift',
    assumption: 'takes for granted that your noise is normal, and measures how far a canary shows',
  },
];

/** Beyond this nobody hides, and digits say nothing. */
const PLAIN = 100;
const proven = (epsilon: number) => (epsilon > PLAIN ? `over ${PLAIN}` : epsilonAtLeast(epsilon));

/** The look that proved most. */
const sharpest = (looks: readonly LookFound[]): LookFound => {
  const most = ({ bounds }: LookFound) => Math.max(...Object.values(bounds));
  return looks.reduce((best, look) => (most(look) > most(best) ? look : best));
};

/** What an audit of code found: ε from below under the ε that is claimed, and where it was found. */
export function CodeAuditReport({ found }: { found: CodeAuditFound }) {
  const { claim, claimed, delta, canaries, lowerBound, looks } = found;
  const refuted = lowerBound > claimed;
  const used = BOUNDS.filter(({ id }) => looks.some(({ bounds }) => bounds[id] !== undefined));
  const look = sharpest(looks).words;
  return (
    <div data-verdict={refuted ? 'refuted' : 'not refuted'} className="grid min-w-0 gap-3">
      <p>
        <span className="font-medium">The claim: </span>
        <InlineCode>{claim}</InlineCode>
      </p>
      <Facts
        columns={2}
        facts={[
          {
            name: 'ε at most (claimed)',
            value: formatEpsilon(claimed),
            note: delta === 0 ? 'of code that does what the task says' : `at δ = ${formatDelta(delta)}`,
          },
          {
            name: 'ε at least (audited)',
            value: proven(lowerBound),
            note: `with 99.9 % confidence, from ${canaries.toLocaleString('en')} canaries`,
          },
        ]}
      />
      <p>
        {refuted ? (
          <strong className="text-danger">
            {`✗ The claim is refuted: your code’s ε is ${lowerBound > PLAIN ? '' : 'at least '}${proven(lowerBound)}, and ${formatEpsilon(claimed)} is claimed. It shows here: ${look.toLowerCase()}.`}
          </strong>
        ) : (
          `The claim is not refuted: the audit proves an ε of ${proven(lowerBound)}, and ${formatEpsilon(claimed)} is claimed. This is no proof that the claim holds. An audit finds only what it looks for.`
        )}
      </p>
      <BoundsTable bounds={used} looks={looks} claimed={claimed} written={proven} minWidth="min-w-[26rem]" />
      <p className="text-sm text-secondary">
        {used.map(({ name, assumption }) => `“${name}” ${assumption}.`).join(' ')}
        {' All bounds together are held to one error in a thousand audits, so the largest may be read.'}
      </p>
    </div>
  );
}
