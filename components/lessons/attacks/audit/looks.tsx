/** Every bound on every look at the trainer, side by side, each with what it takes for granted. */
import { Columns } from '@/components/ui/columns';
import { Fold } from '@/components/ui/fold';
import { Scrollable } from '@/components/ui/scrollable';
import type { AuditOutcome, BoundId, LookResult } from '../experiments/audit';

const BOUNDS: readonly { id: BoundId; name: string; assumption: string }[] = [
  {
    id: 'steinke',
    name: 'Guesses',
    assumption:
      'Steinke, Nasr and Jagielski 2023. Takes nothing for granted but that the coins were fair. It counts right guesses.',
  },
  {
    id: 'curve',
    name: 'Whole curve',
    assumption:
      'Mahloujifar, Melis and Chaudhuri 2025. Takes for granted that the limit on attackers has the shape that Gaussian noise gives it, at every rate of false alarms. The same guesses, and more from each.',
  },
  {
    id: 'shift',
    name: 'Scores: shift',
    assumption:
      'Takes for granted that scores are normal, with one spread in and out. Measures how far the groups are apart (Student’s t).',
  },
  {
    id: 'spread',
    name: 'Scores: spread',
    assumption:
      'Takes for granted, besides, how far a canary moves its score when it is in. Measures the noise alone, and so is the sharpest (χ²). If that trust is wrong, so is the bound.',
  },
];

const LOOKS: Readonly<Record<LookResult['id'], string>> = {
  'own-direction': 'One training: how far each canary got',
  wobble: 'One training: how uneven its steps were',
  'against-others': 'Tiny trainings: canary against all others',
  size: 'Tiny trainings: how large the noise is',
};

const figure = (epsilon: number) => (Number.isFinite(epsilon) ? epsilon.toFixed(2) : '∞');

export function Looks({ result }: { result: AuditOutcome }) {
  return (
    <div className="grid gap-3">
      <Scrollable label="ε at least, by look and bound">
        <table className="w-full min-w-[34rem] text-sm tabular-nums">
          <caption className="mb-1 text-left text-secondary">ε at least, by look and bound</caption>
          <thead className="text-left text-secondary">
            <tr>
              <Columns
                names={['Look', ...BOUNDS.map(({ name }) => name)]}
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
                {BOUNDS.map(({ id: bound }) => {
                  const epsilon = bounds[bound];
                  const refutes = epsilon !== undefined && epsilon > result.claimed;
                  return (
                    <td
                      key={bound}
                      data-figure={`${id} ${bound}`}
                      className={`px-2 ${refutes ? 'font-semibold text-danger' : ''}`}
                    >
                      {epsilon === undefined ? '–' : figure(epsilon)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </Scrollable>
      <Fold title="What each bound takes for granted">
        <dl className="grid gap-2 text-sm">
          {BOUNDS.map(({ id, name, assumption }) => (
            <div key={id}>
              <dt className="font-medium">{name}</dt>
              <dd className="text-secondary">{assumption}</dd>
            </div>
          ))}
        </dl>
        <p className="mt-2 text-sm text-secondary">
          A dash: the scores of this look are not of the kind that the bound needs. Which bound is tried on
          which look, and on how many guesses, was fixed before any run. All eight together are held to 5 %,
          each to an eighth of it (Bonferroni), and each of six numbers of guesses to a sixth of that. So the
          largest may be read.
        </p>
      </Fold>
    </div>
  );
}
