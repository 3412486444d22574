/** Every bound on every look at the trainer, side by side, each with what it takes for granted. */
import { Assumptions, BOUND_WORDS, epsilonAtLeast } from '@/components/training/audit/bounds';
import { Columns } from '@/components/ui/columns';
import { Scrollable } from '@/components/ui/scrollable';
import type { AuditOutcome, LookResult } from '../experiments/audit';

const LOOKS: Readonly<Record<LookResult['id'], string>> = {
  'own-direction': 'One training: how far each canary got',
  wobble: 'One training: how uneven its steps were',
  'against-others': 'Tiny trainings: canary against all others',
  size: 'Tiny trainings: how large the noise is',
};

export function Looks({ result }: { result: AuditOutcome }) {
  return (
    <div className="grid gap-3">
      <Scrollable label="ε at least, by look and bound">
        <table className="w-full min-w-[34rem] text-sm tabular-nums">
          <caption className="mb-1 text-left text-secondary">ε at least, by look and bound</caption>
          <thead className="text-left text-secondary">
            <tr>
              <Columns
                names={['Look', ...BOUND_WORDS.map(({ name }) => name)]}
                className="px-2 font-normal first:py-1.5 first:pr-3 first:pl-0"
              />
            </tr>
          </thead>
          <tbody>
            {result.looks.map(({ id, bounds }) => (
              <tr key={id} className="border-t border-line">
                <th scope="row" className="py-1.5 pr-3 text-left font-medium">
                  {LOOKS[id]}
                </th>
                {BOUND_WORDS.map(({ id: bound }) => {
                  const epsilon = bounds[bound];
                  const refutes = epsilon !== undefined && epsilon > result.claimed;
                  return (
                    <td
                      key={bound}
                      data-figure={`${id} ${bound}`}
                      className={`px-2 ${refutes ? 'font-semibold text-danger' : ''}`}
                    >
                      {epsilon === undefined ? '–' : epsilonAtLeast(epsilon)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Assumptions>
        A dash: the scores of this look are not of the kind that the bound needs. Which bound is tried on
        which look, and on how many guesses, was fixed before any run. All eight together are held to 5 %,
        each to an eighth of it (Bonferroni), and each of six numbers of guesses to a sixth of that. So the
        largest may be read.
      </Assumptions>
    </div>
  );
}
