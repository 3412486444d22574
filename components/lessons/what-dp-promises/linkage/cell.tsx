'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Columns } from '@/components/ui/columns';
import { count, plural, short } from '@/components/ui/format';
import { Scrollable } from '@/components/ui/scrollable';
import type { LinkageParams, LinkageResult } from '../experiments/linkage';
import { promiseEvents } from '../released';
import { linkageParameters } from './parameters';

const share = (part: number, of: number) => (of === 0 ? '–' : `${Math.round((100 * part) / of)} %`);
const range = ({ from, to }: { from: number; to: number }) =>
  from === to ? String(from) : to === Number.POSITIVE_INFINITY ? `${from} and more` : `${from} to ${to}`;

const COLUMNS = ['Name, from the list', 'Postcode', 'Born', 'Sex', 'Diagnosis, from the file', 'Name right?'];

/** Names removed, and put back. */
export function LinkageCell() {
  const { values, set, panel, resetAll } = useParameters(linkageParameters);
  const handle = useExperiment<LinkageParams, null, LinkageResult>({
    cellId: 'linkage',
    experimentId: 'linkage',
    mode: 'reactive',
    params: {
      postcode: values.filePostcode,
      born: values.fileBorn,
      sex: values.fileSex,
      residents: values.residents,
      listed: values.listed,
      epsilon: values.countEpsilon,
      seed: values.promiseSeed,
    },
  });
  const { result, ranWith } = handle;
  const sizes = result?.sizes.map(({ records }) => records) ?? [];
  const noise = result === null ? 0 : result.count.private - result.count.exact;

  return (
    <Cell
      intro="A hospital hands out a file for research: postcode, birth, sex, diagnosis. No names. A public list has names, and the same three columns."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={promiseEvents('laplace', { epsilon: values.countEpsilon, delta: 0 })}
            epsilon={values.countEpsilon}
            data="A made-up hospital file"
            seeded
            byRisk={{
              release: 'laplace',
              parameter: linkageParameters.declarations.countEpsilon,
              onEpsilon: (found) => set('countEpsilon', found),
            }}
          />
        </>
      }
      stage={
        result === null ? null : (
          <>
            <Facts
              columns="1 or 3"
              facts={[
                {
                  name: 'Alone in the file',
                  value: share(result.unique, result.records),
                  note: `${count(result.unique)} of ${count(result.records)} records have a postcode, birth and sex that no other record has`,
                },
                {
                  name: 'Named',
                  value: count(result.named),
                  note: `records that fit exactly one person on the list; ${count(result.right)} of these names are right`,
                },
                {
                  name: 'Diagnosis known anyway',
                  value: count(result.alike),
                  note: 'records in a group of two or more who all have the same diagnosis',
                },
              ]}
            />
            <div aria-live="polite" className="text-sm text-secondary">
              The smallest group has {plural(result.smallest, 'record')}: the file is {result.smallest}
              -anonymous.
            </div>
            {result.victims.length === 0 ? (
              <p className="rounded-control border border-line px-4 py-3">
                Nobody can be named by this join. What is left in the file: {leftOver(ranWith)}.
              </p>
            ) : (
              <Scrollable label="The first records with a name">
                <table className="w-full border-collapse text-sm">
                  <caption className="pb-1 text-left font-semibold">
                    The first {result.victims.length} names that were put back
                  </caption>
                  <thead>
                    <tr className="border-b border-line-strong text-left">
                      <Columns names={COLUMNS} className="py-1.5 pr-3" />
                    </tr>
                  </thead>
                  <tbody className="tabular-nums">
                    {result.victims.map((victim) => (
                      <tr
                        key={`${victim.name} ${victim.born} ${victim.postcode}`}
                        className="border-b border-line last:border-0"
                      >
                        <th scope="row" className="py-1.5 pr-3 text-left">
                          {victim.name}
                        </th>
                        <td className="py-1.5 pr-3">{victim.postcode}</td>
                        <td className="py-1.5 pr-3 whitespace-nowrap">{victim.born}</td>
                        <td className="py-1.5 pr-3">{victim.sex}</td>
                        <td className="py-1.5 pr-3">{victim.diagnosis}</td>
                        <td className="py-1.5">{victim.right ? 'yes' : 'no: somebody else'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </Scrollable>
            )}
          </>
        )
      }
    >
      {result === null ? null : (
        <>
          <BarFigure
            title="How many share the same three columns?"
            summary={`${count(result.unique)} records stand alone. ${result.sizes.map((bin) => `In groups of ${range(bin)}: ${bin.records}`).join('; ')}.`}
            caption="Records by the size of their group in the file. Those in the first bar stand alone."
            categories={result.sizes.map(range)}
            shortCategories={result.sizes.map(({ from, to }) =>
              from === to ? String(from) : to === Number.POSITIVE_INFINITY ? `${from}+` : `${from}–${to}`,
            )}
            series={[bars('records', 'Records', 'attacker', sizes)]}
            x={{ label: 'records in the group' }}
            y={{ label: 'records', min: 0 }}
            height={200}
          />
          <section
            aria-label="A private count instead"
            className="rounded-control border border-line px-4 py-3"
            data-private-count
          >
            <p className="font-semibold">Instead of the file: how many have diabetes?</p>
            <p>
              Exactly {count(result.count.exact)}. Privately, at ε = {ranWith?.epsilon}:{' '}
              <strong className="tabular-nums">{count(result.count.private)}</strong>, off by{' '}
              {count(Math.abs(noise))}. There is no row in it to join with anything, and whatever list
              somebody holds, the odds that you are counted move by at most a factor of{' '}
              {short(Math.exp(ranWith?.epsilon ?? values.countEpsilon))}.
            </p>
          </section>
        </>
      )}
    </Cell>
  );
}

function leftOver(ran: LinkageParams | null): string {
  const left = [
    ran?.postcode === 'none' ? null : 'the postcode',
    ran?.born === 'none' ? null : 'the birth',
    ran?.sex === 'none' ? null : 'the sex',
  ].filter((one) => one !== null);
  return left.length === 0 ? 'the diagnosis alone' : `${left.join(', ')} and the diagnosis`;
}
