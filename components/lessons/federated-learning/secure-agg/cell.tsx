'use client';

import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent } from '@/components/ui/format';
import type { MasksParams, MasksResult } from '../experiments/masks';
import { secureAggParameters } from './parameters';

function Verdict({ result, dropped }: { result: MasksResult; dropped: number }) {
  const { exact, numbers } = result;
  const same = exact === numbers;
  return (
    <p className="rounded-control border border-line px-3 py-2" data-exact={same}>
      <strong>
        {same ? '✓ The server’s sum is exact.' : '✗ The server’s sum is noise.'}{' '}
        <span className="tabular-nums">
          {count(exact)} of {count(numbers)}
        </span>
      </strong>{' '}
      whole numbers equal the sum of the {result.survivors} true updates that arrived
      {same
        ? dropped > 0
          ? ', because the stray masks were taken away.'
          : ': not nearly, but to the last bit.'
        : ': the masks shared with those who dropped out found no partner.'}
    </p>
  );
}

/** Masks that cancel: what each client sends, and what the server learns. */
export function SecureAggCell() {
  const { values, panel, resetAll } = useParameters(secureAggParameters);
  const { parties, dropped, repair, shown, seed } = values;
  const handle = useExperiment<MasksParams, never, MasksResult>({
    cellId: 'secure-agg',
    experimentId: 'federated-masks',
    mode: 'reactive',
    params: { clients: parties, dropped, repair: repair === 'reveal', shown: shown - 1, seed },
  });
  const { result, ranWith } = handle;
  const gone = result && ranWith ? ranWith.clients - result.survivors : 0;
  const who = result && ranWith ? Math.min(ranWith.shown, result.survivors - 1) + 1 : shown;
  const categories = result?.entries.map((entry) => `number ${count(entry)}`) ?? [];
  const shortCategories = categories.map((_, i) => String(i + 1));
  return (
    <Cell
      intro="Each client hides its update behind masks that it shares with every other client: one adds the mask, the other subtracts it."
      handle={handle}
      resetSettings={resetAll}
      controls={<ParameterPanel {...panel} />}
      stage={
        result === null ? null : (
          <>
            <Verdict result={result} dropped={gone} />
            <BarFigure
              title={`What client ${who} sends`}
              summary={`24 numbers of the message lie anywhere between minus 32,768 and 32,768. ${percent(result.ones, 2)} of all its bits are ones.`}
              caption={`24 of ${count(result.numbers)} numbers, as the server gets them: anything from −32,768 to 32,768. ${percent(result.ones, 2)} of all bits are ones. The true values, below, would not be visible at this scale.`}
              categories={categories}
              shortCategories={shortCategories}
              series={[bars('message', 'Message', 'noise', result.message)]}
              x={{ label: 'number of the update' }}
              y={{ label: 'value', min: -32_768, max: 32_768 }}
              height={180}
            />
          </>
        )
      }
    >
      {result === null ? null : (
        <>
          <div className="grid gap-6 @4xl:grid-cols-2">
            <BarFigure
              title={`What client ${who} keeps to itself`}
              summary="The true values of the same 24 numbers."
              caption="The same 24 numbers of its update in truth. The server never gets these."
              categories={categories}
              shortCategories={shortCategories}
              series={[bars('truth', 'Update', 'private', result.truth)]}
              x={{ label: 'number of the update' }}
              y={{ label: 'value' }}
              height={180}
            />
            <BarFigure
              title="What the server adds up"
              summary={
                result.exact === result.numbers
                  ? 'The server’s sum has the same 24 values as the true sum.'
                  : 'The server’s sum has nothing to do with the true sum.'
              }
              caption={`The same 24 numbers of the sum of ${result.survivors} messages.`}
              categories={categories}
              shortCategories={shortCategories}
              series={[bars('server', 'Server’s sum', 'plain', result.serverSum)]}
              x={{ label: 'number of the sum' }}
              y={{ label: 'value' }}
              height={180}
            />
          </div>
          <p className="text-sm text-secondary">
            {count(result.pairs)} pairs of clients, each with {count(result.numbers)} mask words of 32 bits
            from ChaCha20. Updates are real ones, of clients with 20 test digits each, rounded to multiples of
            1/65,536. The seeds here follow from the seed on the left, so that you can repeat it: real ones
            are agreed on in secret.
          </p>
        </>
      )}
    </Cell>
  );
}
