'use client';

import { Columns } from '@/components/ui/columns';
import { Scrollable } from '@/components/ui/scrollable';
import type { CensusBlockResult } from '../experiments/census-block';
import { tableInWords } from './people';

const dash = (value: number) => (Number.isNaN(value) ? '–' : String(value));

/** All that either solver is given: every table, exact and with noise. */
export function PublishedTables({ result }: { result: CensusBlockResult }) {
  const { exact, noisy } = result;
  return (
    <Scrollable label="The published tables">
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="pb-1 text-left font-semibold">
          What is published: all that either solver sees
        </caption>
        <thead>
          <tr className="text-left">
            <td />
            <th scope="colgroup" colSpan={3} className="pr-3 text-right">
              exact
            </th>
            <th scope="colgroup" colSpan={3} className="text-right">
              with noise
            </th>
          </tr>
          <tr className="border-b border-line-strong text-left">
            <Columns
              names={[
                'Table about',
                'people',
                'median age',
                'mean age',
                'people, noisy',
                'median, noisy',
                'sum of ages, noisy',
              ]}
              className="py-1.5 pr-3 text-right first:text-left last:pr-0"
            />
          </tr>
        </thead>
        <tbody>
          {exact.tables.map((table, i) => {
            const { statistics } = table;
            const { count, median, sum } = noisy.tables[i]!;
            const words = tableInWords(table);
            return (
              <tr key={words} className="border-b border-line last:border-0">
                <th scope="row" className="py-1 pr-3 text-left font-normal whitespace-nowrap">
                  {words}
                </th>
                {statistics === null ? (
                  <td colSpan={3} className="py-1 pr-3 text-right text-secondary">
                    held back
                  </td>
                ) : (
                  [statistics.count, statistics.median, statistics.mean].map((value, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: three columns that never move
                    <td key={column} className="py-1 pr-3 text-right">
                      {dash(value)}
                    </td>
                  ))
                )}
                <td className="py-1 pr-3 text-right">{count}</td>
                <td className="py-1 pr-3 text-right">{median}</td>
                <td className="py-1 text-right">{sum}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}
