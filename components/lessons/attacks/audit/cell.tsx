'use client';

import earlier from '@/components/embed/recorded-runs/audit.json';
import { TurnedExample } from '@/components/label/turned-example';
import { formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { epsilonAtLeast } from '@/components/training/audit/bounds';
import { AUDIT_DELTA, auditRelease } from '../account';
import type { AuditOutcome, AuditParams } from '../experiments/audit';
import { FAULT_WORDS } from './faults';
import { Looks } from './looks';
import { auditParameters } from './parameters';
import { ProvenOfShuffling } from './proven-of-shuffling';

/** What the chosen trainer does, and where a trainer really did. */
function Story({ fault }: { fault: AuditParams['fault'] }) {
  const { what, story, source } = FAULT_WORDS[fault];
  return (
    <p data-stays className="text-sm text-secondary">
      {what} {story}
      {source ? (
        <>
          {' '}
          (
          <a className="underline" href={source.href}>
            {source.title}
          </a>
          )
        </>
      ) : null}
    </p>
  );
}

/** A proof from below against the proof from above. */
export function AuditCell() {
  const { values, panel } = useParameters(auditParameters);
  const { auditNoise: noiseMultiplier, fault, seed } = values;
  const handle = useExperiment<AuditParams, never, AuditOutcome>({
    cellId: 'audit',
    experimentId: 'attack-audit',
    params: { noiseMultiplier, fault, seed },
  });
  const { result, ranWith } = handle;
  return (
    <Cell
      intro="A coin decides for each of 800 made-up canaries whether the trainer of this site gets it. An auditor sees every step and says which were in. If the auditor is right too often, the claim is refuted."
      handle={handle}
      runLabel="Audit"
      controls={
        <>
          <ParameterPanel {...panel} />
          {result && ranWith ? (
            <TurnedExample
              events={[{ kind: 'poisson-gaussian', ...auditRelease(ranWith.noiseMultiplier) }]}
              epsilon={result.claimed}
              delta={AUDIT_DELTA}
              unit="canary"
              data="800 made-up canaries; what the trainer claims, whether or not it does it"
              seeded
            />
          ) : null}
          <Story fault={fault} />
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
                  value: epsilonAtLeast(result.lowerBound),
                  note: `with 95 % confidence; of the clearest ${result.guesses} guesses ${result.correct} were right`,
                },
              ]}
            />
            <p role="status" data-verdict={result.lowerBound > result.claimed ? 'refuted' : 'not refuted'}>
              {result.lowerBound > result.claimed ? (
                <strong className="text-danger">
                  The claim is refuted: a trainer with ε = {formatEpsilon(result.claimed)} would hardly ever
                  let an auditor tell so well.
                </strong>
              ) : (
                'The claim is not refuted. That is no proof of it: another attack might find more.'
              )}
            </p>
            {result.proven ? <ProvenOfShuffling {...result} proven={result.proven} /> : null}
            <Looks result={result} />
          </>
        ) : (
          <EmptyStage earlier={earlier} press="Audit">
            one training on 400 canaries, and 400 tiny ones on one each: some ten seconds. Nobody’s data is in
            them, so the ledger is not charged.
          </EmptyStage>
        )
      }
    />
  );
}
