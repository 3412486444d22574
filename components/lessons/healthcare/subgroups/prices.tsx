import { Columns } from '@/components/ui/columns';
import { plural, short } from '@/components/ui/format';
import type { SubgroupResult } from '../experiments/subgroups';
import { ranked, toldApart } from './groups';

const points = (share: number) => short(Number((100 * share).toFixed(1)), 4);

/** What privacy costs each group, ranked, and what can be said of the first two. */
export function Prices({ result, draws }: { result: SubgroupResult; draws: number }) {
  const paid = ranked(result.groups);
  const [first, second] = paid;
  const everybody = result.overall?.price;
  return (
    <>
      <table className="w-full border-collapse text-sm tabular-nums" data-prices>
        <caption className="pb-1 text-left text-secondary">
          Price of privacy in points: private minus plain, on the same split. ± is the standard error over{' '}
          {plural(draws, 'draw')}.
        </caption>
        <thead>
          <tr className="border-b border-line-strong text-left">
            <Columns
              names={['Group', 'Patients', 'Points', 'Errors']}
              className="py-1 pr-2 text-right font-semibold first:text-left last:pr-0"
            />
          </tr>
        </thead>
        <tbody>
          {paid.map(({ name, patients, price, times }) => (
            <tr key={name} className="border-b border-line last:border-0" data-group={name}>
              <th scope="row" className="py-1 pr-2 text-left font-normal">
                {name}
              </th>
              <td className="py-1 pr-2 text-right">{patients}</td>
              <td
                className="whitespace-nowrap py-1 pr-2 text-right font-semibold"
                data-figure={`price ${name}`}
              >
                {points(price.mean)}
                {price.error === null ? '' : ` ± ${points(price.error)}`}
              </td>
              <td className="whitespace-nowrap py-1 text-right">
                {times === null ? '–' : `× ${short(times, 2)}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {first && second && everybody ? (
        <p className="text-sm text-secondary" data-verdict>
          Over all patients privacy costs {points(everybody.mean)} points. Most is paid by “{first.name}”,
          then by “{second.name}”.{' '}
          {toldApart(first.price, second.price)
            ? `The difference between these two is larger than ${plural(draws, 'draw')} would give by chance, for these patients.`
            : `Between these two there is no difference that ${plural(draws, 'draw')} can show.`}{' '}
          One patient more or less is {points(1 / Math.max(1, Math.min(first.patients, second.patients)))}{' '}
          points in the smaller of the two.
        </p>
      ) : null}
    </>
  );
}
