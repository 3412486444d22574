'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { BackToDefaults, PlainNote, Price, Randomness } from '@/components/training/private-run';
import { AccuracyFacts, lineOf, PLAIN, PRIVATE, percent } from '@/components/training/twins';
import { Fold } from '@/components/ui/fold';
import { CLIENT_DELTA, clientsHash, federatedPhases } from '../account';
import type { FederatedParams, FederatedResult, FederatedUpdate } from '../experiments/rounds';
import { ClientGrid } from './client-grid';
import { roundsParameters } from './parameters';

const at = ({ round }: FederatedUpdate) => round;

/** Federated averaging with and without client-level DP, live. */
export function RoundsCell() {
  const { values, set, resetAll } = useParameters(roundsParameters);
  const { epsilon, ...params } = values;
  const { noiseMultiplier, rounds, clientsPerRound, deal, noiseSource } = params;
  const handle = useExperiment<FederatedParams, FederatedUpdate, FederatedResult>({
    cellId: 'rounds',
    experimentId: 'federated-rounds',
    mode: 'on-run',
    params,
  });
  const { updates, latest, ranWith } = handle;
  const phases = useMemo(
    () => federatedPhases(clientsPerRound, noiseMultiplier, rounds),
    [clientsPerRound, noiseMultiplier, rounds],
  );
  const accuracy = useMemo(
    () => [
      lineOf(PRIVATE, updates, at, (u) => u.privateAccuracy),
      lineOf(PLAIN, updates, at, (u) => u.plainAccuracy),
    ],
    [updates],
  );
  const panel = { set: roundsParameters, values, onChange: set };
  return (
    <Cell
      id="rounds"
      intro="Each holds 10 digits that never leave it. Round after round, some of them train the model a little further and send what changed."
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} only={['epsilon', 'noiseMultiplier', 'noisePlace']} />
          <Price
            noise={noiseSource}
            dataset={clientsHash(deal)}
            unit="client"
            delta={CLIENT_DELTA}
            phases={phases}
          />
          <PlainNote />
          <Fold title="Training" open>
            <ParameterPanel
              {...panel}
              only={['rounds', 'clientsPerRound', 'maxUpdateNorm', 'localSteps', 'deal']}
            />
          </Fold>
          <Randomness {...panel} />
          <BackToDefaults onClick={resetAll} />
        </>
      }
      stage={
        latest && ranWith ? (
          <>
            <AccuracyFacts latest={latest} epsilon={handle.provenance?.epsilon ?? epsilon} />
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
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('rounds', fewer)}
        onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)}
      />
    </Cell>
  );
}
