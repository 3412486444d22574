'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Columns } from '@/components/ui/columns';
import { count, short } from '@/components/ui/format';
import { Scrollable } from '@/components/ui/scrollable';
import type { BlockPerson } from '@/lib/privacy/reconstruction/block';
import type { CensusBlockParams, CensusBlockResult, CensusBlockUpdate } from '../experiments/census-block';
import { censusBlockParameters } from './parameters';
import { personInWords } from './people';
import { PublishedTables } from './tables';

/** Seven people, found from exact tables and looked for behind noisy ones. */
export function CensusBlockCell() {
  const { values, set, panel, resetAll } = useParameters(censusBlockParameters);
  const handle = useExperiment<CensusBlockParams, CensusBlockUpdate, CensusBlockResult>({
    cellId: 'census-block',
    experimentId: 'attack-census-block',
    mode: 'reactive',
    params: {
      tables: values.blockTables,
      hideSmall: values.hideSmall,
      epsilon: values.blockEpsilon,
      seed: values.blockSeed,
    },
  });
  const { result, latest } = handle;

  return (
    <Cell
      intro="Seven people live on a block. A census counts them and publishes tables: how many, and how old. No names, and no table of one or two people. Two solvers see only the tables."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon: values.blockEpsilon, count: 1 }]}
            epsilon={values.blockEpsilon}
            data="A made-up block of seven, all noisy tables together"
            seeded
            byRisk={{
              release: 'pure',
              parameter: censusBlockParameters.declarations.blockEpsilon,
              onEpsilon: (found) => set('blockEpsilon', found),
            }}
          />
        </>
      }
      stage={
        result === null ? (
          <p className="py-12 text-center text-secondary" aria-live="polite">
            {latest === null
              ? 'Publishing the tables …'
              : `The solver has found ${count(latest.found)} blocks that fit so far.`}
          </p>
        ) : (
          <>
            <People result={result} />
            <p aria-live="polite" data-verdict>
              {exactInWords(result)}{' '}
              <strong>
                Behind the noisy tables it finds {result.noisy.found} of {result.people.length}.
              </strong>
            </p>
          </>
        )
      }
    >
      {result === null ? null : (
        <>
          <Facts
            columns="1 or 3"
            facts={[
              {
                name: 'Blocks that fit the exact tables',
                value: `${count(result.exact.blocks)}${result.exact.complete ? '' : ' or more'}`,
                note: result.exact.complete
                  ? `all there are; ${result.exact.certain} of ${result.people.length} people are in every one`
                  : 'the search was ended there',
              },
              {
                name: 'Found behind the noise',
                value: `${short(result.noisy.meanFound, 2)} of ${result.people.length}`,
                note: `on average over ${result.noisy.publications} publications, each with fresh noise`,
              },
              {
                name: 'Found by guessing',
                value: `${short(result.guessed, 2)} of ${result.people.length}`,
                note: 'by somebody who has seen no table and knows what people are like',
              },
            ]}
          />
          <PublishedTables result={result} />
          <p className="text-sm text-secondary">
            A person counts as found if all three columns are right and the age is right within two years. The
            noise on a number of people has scale {short(result.noisy.countScale)}, on a sum of ages{' '}
            {short(result.noisy.sumScale)}. The noisy median is drawn by the exponential mechanism. Both
            solvers know what the columns can be. The second one is also told, for nothing, that there are
            seven people; it takes the likeliest block that simulated annealing finds.
          </p>
        </>
      )}
    </Cell>
  );
}

function exactInWords({ exact, people }: CensusBlockResult): string {
  if (!exact.complete) return `At least ${count(exact.blocks)} blocks fit the exact tables.`;
  if (exact.blocks === 1) return 'Exactly one block fits the exact tables: everybody is found for certain.';
  return `${count(exact.blocks)} blocks fit the exact tables, and ${exact.certain} of ${people.length} people are in every one of them.`;
}

const same = (a: BlockPerson, b: BlockPerson) => a.age === b.age && a.cell === b.cell;

/** Who lives there, and what either solver says. */
function People({ result: { people, exact, noisy } }: { result: CensusBlockResult }) {
  // The likeliest block in the order of the people that it stands for; the rest fill the gaps.
  const rest = noisy.fit.filter((_, i) => noisy.standsFor[i]! < 0);
  const guesses = people.map((_, person) => {
    const at = noisy.standsFor.indexOf(person);
    return at >= 0 ? { guess: noisy.fit[at]!, found: true } : { guess: rest.shift()!, found: false };
  });
  return (
    <Scrollable label="The people of the block, and what the solvers say">
      <table className="w-full border-collapse text-sm">
        <caption className="pb-1 text-left font-semibold">
          The people, and what is computed from tables about them
        </caption>
        <thead>
          <tr className="border-b border-line-strong text-left">
            <Columns
              names={['Who lives there', 'Found in exact tables', 'Likeliest behind the noise']}
              className="py-1.5 pr-3"
            />
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {people.map((person, i) => {
            const found = exact.first[i]!;
            const { guess, found: right } = guesses[i]!;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two people may be alike
              <tr key={i} className="border-b border-line last:border-0">
                <th scope="row" className="py-1.5 pr-3 text-left font-normal whitespace-nowrap">
                  {personInWords(person)}
                </th>
                <Said words={personInWords(found)} right={same(found, person)} />
                <Said words={personInWords(guess)} right={right} />
              </tr>
            );
          })}
        </tbody>
      </table>
    </Scrollable>
  );
}

function Said({ words, right }: { words: string; right: boolean }) {
  return (
    <td className={`py-1.5 pr-3 whitespace-nowrap ${right ? 'font-semibold' : 'text-secondary'}`}>
      <span aria-hidden="true">{right ? '✓' : '✗'}</span> {words}
      <span className="sr-only">{right ? ', right' : ', wrong'}</span>
    </td>
  );
}
