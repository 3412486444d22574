'use client';

import { useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';
import { RefusalDialog } from '@/components/ledger/refusal-dialog';
import { WhatIf } from '@/components/ledger/what-if';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { Fold } from '@/components/ui/fold';
import { CLIENT_DELTA, clientsHash, federatedPhases } from '../account';
import type { FederatedParams, FederatedResult, FederatedUpdate } from '../experiments/rounds';
import { ClientGrid } from './client-grid';
import { roundsParameters } from './parameters';

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const short = (value: number) => String(Number(value.toPrecision(3)));

function Figures({ latest, epsilon }: { latest: FederatedUpdate; epsilon: number }) {
  const gap = 100 * (latest.plainAccuracy - latest.privateAccuracy);
  const facts = [
    {
      name: 'Private',
      value: percent(latest.privateAccuracy),
      note: `ε spent ${short(latest.epsilon)} of ${short(epsilon)}`,
    },
    { name: 'Plain', value: percent(latest.plainAccuracy), note: 'no promise at all' },
    { name: 'Price of privacy', value: gap.toFixed(1), note: 'points of test accuracy' },
  ];
  return <Facts facts={facts} />;
}

/** Federated averaging with and without client-level DP, live. */
export function RoundsCell() {
  const { values, set, resetAll } = useParameters(roundsParameters);
  const { noiseMultiplier, maxUpdateNorm, rounds, clientsPerRound, localSteps } = values;
  const { noisePlace, deal, noiseSource, seed } = values;
  const handle = useExperiment<FederatedParams, FederatedUpdate, FederatedResult>({
    cellId: 'rounds',
    experimentId: 'federated-rounds',
    mode: 'on-run',
    params: {
      noiseMultiplier,
      maxUpdateNorm,
      rounds,
      clientsPerRound,
      localSteps,
      noisePlace,
      deal,
      noiseSource,
      seed,
    },
  });
  const { updates, latest, ranWith, result } = handle;
  const [dismissed, setDismissed] = useState<FederatedResult | null>(null);
  const refusal = handle.state === 'done' && result !== dismissed ? (result?.refusal ?? null) : null;
  const phases = useMemo(
    () => federatedPhases(clientsPerRound, noiseMultiplier, rounds),
    [clientsPerRound, noiseMultiplier, rounds],
  );
  const accuracy = useMemo<LineSeries[]>(
    () =>
      (['private', 'plain'] as const).map((role) => ({
        id: role,
        label: role === 'private' ? 'Private' : 'Plain',
        role,
        points: updates.map((update) => ({ x: update.round, y: update[`${role}Accuracy`] })),
      })),
    [updates],
  );
  return (
    <Cell
      id="rounds"
      intro="Each holds 10 digits that never leave it. Round after round, some of them train the model a little further and send what changed."
      handle={handle}
      controls={
        <>
          <ParameterPanel
            set={roundsParameters}
            values={values}
            onChange={set}
            only={['epsilon', 'noiseMultiplier', 'noisePlace']}
          />
          {noiseSource === 'cryptographic' ? (
            <WhatIf dataset={clientsHash(deal)} unit="client" delta={CLIENT_DELTA} phases={phases} />
          ) : (
            <p className="text-sm text-secondary">
              A seeded run is written into the ledger as “not private”: no ε covers it.
            </p>
          )}
          <p className="text-sm text-secondary">
            The plain model is written into the ledger too, as a run without noise: no ε covers it.
          </p>
          <Fold title="Training" open>
            <ParameterPanel
              set={roundsParameters}
              values={values}
              onChange={set}
              only={['rounds', 'clientsPerRound', 'maxUpdateNorm', 'localSteps', 'deal']}
            />
          </Fold>
          <Fold title="Randomness">
            <ParameterPanel
              set={roundsParameters}
              values={values}
              onChange={set}
              only={noiseSource === 'seeded' ? ['noiseSource', 'seed'] : ['noiseSource']}
            />
          </Fold>
          <Button small look="quiet" onClick={resetAll}>
            Settings back to defaults
          </Button>
        </>
      }
      stage={
        latest && ranWith ? (
          <>
            <Figures latest={latest} epsilon={handle.provenance?.epsilon ?? values.epsilon} />
            <LineFigure
              title="Test accuracy"
              summary={`Private ${percent(latest.privateAccuracy)}, plain ${percent(latest.plainAccuracy)} after ${latest.round} rounds.`}
              caption="Share of 1,000 test digits read rightly. Both models have the same clients and local steps."
              series={accuracy}
              x={{ label: 'round', min: 0, max: ranWith.rounds }}
              y={{ label: 'accuracy', format: percent, min: 0, max: 1 }}
            />
          </>
        ) : (
          <div className="grid place-content-center gap-2 rounded-control border border-dashed border-line-strong px-6 py-12 text-center text-secondary">
            <p className="text-text">
              Press <strong>Run</strong>: 500 clients train two models, here in your browser.
            </p>
            <p>The first time it loads 11 MB of data from this site; then a run takes seconds.</p>
          </div>
        )
      }
    >
      {latest && ranWith ? <ClientGrid lengths={latest.lengths} clip={ranWith.maxUpdateNorm} /> : null}
      {refusal === null ? null : (
        <RefusalDialog
          refusal={refusal}
          onFewerSteps={(fewer) => set('rounds', fewer)}
          onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)}
          onRaised={handle.run}
          onClose={() => setDismissed(result)}
        />
      )}
    </Cell>
  );
}
