'use client';

import { useMemo } from 'react';
import { BarFigure } from '@/components/charts/bar-figure';
import { bars } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/canaries.json';
import { EpsilonRiskField } from '@/components/label/epsilon-risk-field';
import { Refused, withNoise } from '@/components/ledger/refused';
import { WhatIf } from '@/components/ledger/what-if';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { ATTACK_ACCOUNT, ATTACK_DELTA, attackPhases } from '../account';
import type { CanaryParams, CanaryResult } from '../experiments/canaries';
import { canaryParameters } from './parameters';

/** Ranks above this are drawn one by one no more. */
const DRAWN = 12;

/** Does a model remember what nothing but memory can explain? */
export function CanariesCell() {
  const { values, set, panel } = useParameters(canaryParameters);
  const { epsilon, members, canaries, noiseSource, seed } = values;
  const handle = useExperiment<CanaryParams, never, CanaryResult>({
    cellId: 'canaries',
    experimentId: 'attack-canaries',
    params: { epsilon, members, canaries, noiseSource, seed },
  });
  const phases = useMemo(() => attackPhases(epsilon), [epsilon]);
  const { result } = handle;
  const { plain, private: dp } = result ?? {};
  const drawn = Math.min(DRAWN, plain?.ranks.length ?? 0);

  return (
    <Cell
      intro="A few pictures of pure noise, with random labels, are hidden among the digits. Five hundred more, made the same way, are left out. Can you tell from the losses which were in?"
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <EpsilonRiskField
            release="gaussian"
            parameter={canaryParameters.declarations.epsilon}
            events={phases[0]!.perStep}
            {...{ delta: ATTACK_DELTA, unit: 'digit' }}
            onEpsilon={(found) => set('epsilon', found)}
          />
          {noiseSource === 'cryptographic' ? <WhatIf account={ATTACK_ACCOUNT} phases={phases} /> : null}
          <p data-stays className="text-sm text-secondary">
            The digits pay for it as above, once more: each run releases another model of them.
          </p>
        </>
      }
      stage={
        plain && dp ? (
          <>
            <Facts
              columns={2}
              facts={[
                {
                  name: 'Exposure, plain',
                  value: `${plain.exposure.toFixed(1)} bits`,
                  note: 'of 9.0; by chance 1.4',
                },
                {
                  name: 'Exposure, private',
                  value: `${dp.exposure.toFixed(1)} bits`,
                  note: 'of 9.0; by chance 1.4',
                },
              ]}
            />
            <BarFigure
              title="Rank of each canary that was in, among 501"
              summary={`Ranks in the plain model: ${plain.ranks.join(', ')}. In the private model: ${dp.ranks.join(', ')}.`}
              caption={`Each canary that was put in is ranked by its loss among itself and the 500 that were left out: 1 is the smallest loss. Without memory every rank is equally likely, 251 on average. Median loss of those left out: plain ${plain.medianLeftOut.toFixed(1)}, private ${dp.medianLeftOut.toFixed(1)} nats.`}
              categories={Array.from({ length: drawn }, (_, i) => `canary ${i + 1}`)}
              shortCategories={Array.from({ length: drawn }, (_, i) => String(i + 1))}
              series={[
                bars('plain', 'Plain', 'plain', plain.ranks.slice(0, drawn)),
                bars('private', 'Private', 'private', dp.ranks.slice(0, drawn)),
              ]}
              x={{ label: 'canary' }}
              y={{ label: 'rank', min: 0, max: 501 }}
              height={240}
            />
          </>
        ) : (
          <EmptyStage earlier={earlier} press="Run">
            two models are trained on digits and canaries.
          </EmptyStage>
        )
      }
    >
      <Refused handle={handle} onMoreNoise={(factor) => set('epsilon', withNoise(epsilon, factor))} />
    </Cell>
  );
}
