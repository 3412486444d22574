'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { ATTACK_DELTA } from '../account';
import type { AuditOutcome, AuditParams } from '../experiments/audit';
import { auditParameters } from './parameters';

/** A proof from below against the proof from above. */
export function AuditCell() {
  const { values, panel } = useParameters(auditParameters);
  const { auditNoise: noiseMultiplier, fault, seed } = values;
  const handle = useExperiment<AuditParams, never, AuditOutcome>({
    cellId: 'audit',
    experimentId: 'attack-audit',
    params: { noiseMultiplier, fault, seed },
  });
  const { result } = handle;
  return (
    <Cell
      intro="A coin decides for each of 400 made-up canaries whether the trainer of this site gets it. An auditor guesses which, from the model alone. Too many right guesses refute the claim."
      handle={handle}
      runLabel="Audit"
      controls={
        <>
          <ParameterPanel {...panel} />
          {result ? (
            <TurnedExample
              events={[{ kind: 'approximate', epsilon: result.claimed, delta: ATTACK_DELTA, count: 1 }]}
              epsilon={result.claimed}
              delta={ATTACK_DELTA}
              unit="canary"
              data="400 made-up canaries"
            />
          ) : null}
        </>
      }
      stage={
        result ? (
          <>
            <Facts
              columns={2}
              facts={[
                {
                  name: 'ε at most (claimed)',
                  value: formatEpsilon(result.claimed),
                  note: 'by the accountant, if the trainer does what it says',
                },
                {
                  name: 'ε at least (audited)',
                  value: result.lowerBound.toFixed(2),
                  note: `with 95 % confidence: ${result.correct} of ${result.guesses} guesses were right`,
                },
              ]}
            />
            <p role="status" data-verdict={result.lowerBound > result.claimed ? 'refuted' : 'not refuted'}>
              {result.lowerBound > result.claimed ? (
                <strong className="text-danger">
                  The claim is refuted: a trainer with ε = {formatEpsilon(result.claimed)} would hardly ever
                  let so many guesses be right.
                </strong>
              ) : (
                'The claim is not refuted. That is no proof of it: another attack might find more.'
              )}
            </p>
          </>
        ) : (
          <EmptyStage press="Audit">
            one training on 400 canaries. Nobody’s data is in it, so the ledger is not charged.
          </EmptyStage>
        )
      }
    />
  );
}
