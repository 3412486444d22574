'use client';

import { useMemo, useRef } from 'react';
import earlier from '@/components/embed/recorded-runs/rounds.json';
import { RiskField } from '@/components/label/risk-field';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { AccuracyFacts } from '@/components/training/accuracy-facts';
import { BackToDefaults, Price, Randomness, StopPrice } from '@/components/training/private-run';
import { RunFigure, twins } from '@/components/training/run-figure';
import { SelfStartLine } from '@/components/training/self-start/self-start-line';
import { useSelfStart } from '@/components/training/self-start/use-self-start';
import { Fold } from '@/components/ui/fold';
import { percent } from '@/components/ui/format';
import { CLIENTS_ADD } from '@/lib/runs/label';
import { CLIENT_DELTA, clientsAccount, federatedPhases, federatedRelease } from '../account';
import type { FederatedParams, FederatedResult, FederatedUpdate } from '../experiments/rounds';
import { ClientGrid } from './client-grid';
import { FlowerItem } from './flower-item';
import { roundsParameters } from './parameters';

const ACCURACY = twins('Accuracy');

/** Local steps of all clients of a run. */
const workOf = ({ rounds, clientsPerRound, localSteps }: FederatedParams) =>
  rounds * clientsPerRound * localSteps;
const whole = ({ refusal }: FederatedResult) => refusal === null;

/** Federated averaging with and without client-level DP, live. */
export function RoundsCell() {
  const { values, set, panel, resetAll } = useParameters(roundsParameters);
  const { epsilon, ...params } = values;
  const { noiseMultiplier, rounds, clientsPerRound, deal, noiseSource, noisePlace } = params;
  const handle = useExperiment<FederatedParams, FederatedUpdate, FederatedResult>({
    cellId: 'rounds',
    experimentId: 'federated-rounds',
    params,
  });
  const zone = useRef<HTMLDivElement>(null);
  const start = useSelfStart({ handle, zone, kind: 'federated-rounds', params, workOf, whole });
  const { updates, latest, ranWith } = handle;
  const phases = useMemo(
    () => federatedPhases(clientsPerRound, noiseMultiplier, rounds),
    [clientsPerRound, noiseMultiplier, rounds],
  );
  return (
    <Cell
      intro="Each holds 10 digits that never leave it. Round after round, some of them train the model a little further and send what changed."
      handle={handle}
      menu={<FlowerItem params={params} />}
      controls={
        <>
          <div ref={zone}>
            <ParameterPanel {...panel} only={['epsilon']} />
          </div>
          <ParameterPanel {...panel} only={['noiseMultiplier', 'noisePlace']} />
          <Price
            noise={noiseSource}
            account={clientsAccount(deal)}
            phases={phases}
            {...(noisePlace === 'local' && { practice: CLIENTS_ADD })}
          />
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
        <>
          {latest && ranWith ? (
            <>
              <AccuracyFacts latest={latest} epsilon={handle.provenance?.epsilon ?? epsilon} />
              <StopPrice
                state={handle.state}
                noise={ranWith.noiseSource}
                epsilon={handle.provenance?.epsilon ?? epsilon}
              />
              <RunFigure
                title="Test accuracy"
                summary={`Private ${percent(latest.privateAccuracy)}, plain ${percent(latest.plainAccuracy)} after ${latest.round} rounds.`}
                caption="Share of 1,000 test digits read rightly. Both models have the same clients and local steps."
                run={{ updates, total: ranWith.rounds }}
                curves={ACCURACY}
                along="round"
                y={{ label: 'accuracy', format: percent, min: 0, max: 1 }}
              />
            </>
          ) : (
            <EmptyStage earlier={earlier} press="Run">
              500 clients train two models, here in your browser. The first time it loads 11 MB of data from
              this site; then a run takes seconds.
            </EmptyStage>
          )}
          <div className="grid gap-1">
            <SelfStartLine {...start} />
            <RiskField
              run={federatedRelease(clientsPerRound, noiseMultiplier, rounds)}
              delta={CLIENT_DELTA}
              range={roundsParameters.declarations.noiseMultiplier}
              unit="client"
              onNoise={(found) => set('noiseMultiplier', found)}
            />
          </div>
        </>
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
