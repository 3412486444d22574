'use client';

import { useEffect, useId, useState } from 'react';
import { TurnedExample } from '@/components/label/turned-example';
import { formatDelta, formatEpsilon } from '@/components/ledger/words';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { ofAThousand } from '../deployments/words';
import type { ReadClaimParams, ReadClaimResult } from '../experiments/read-claim';
import { claimParameters, EXAMPLE_CLAIMS } from './parameters';
import { Questions } from './questions';

/** Milliseconds of peace after which what is being typed is read. */
const PAUSE = 400;

/** The text as it is typed, and handed on once the fingers rest. */
function useTyped(value: string, hand: (text: string) => void): [string, (text: string) => void] {
  const [typed, setTyped] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is set elsewhere ends what was being typed here
  useEffect(() => setTyped(null), [value]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `hand` is new on every drawing
  useEffect(() => {
    if (typed === null || typed === value) return;
    const timer = setTimeout(() => hand(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value]);
  return [typed ?? value, setTyped];
}

/** A claim of privacy, taken apart: what it leaves open, and what that does to its ε. */
export function ClaimCell() {
  const { values, set, panel, resetAll } = useParameters(claimParameters);
  const { claimText, claimRecords, claimTries } = values;
  const [typed, type] = useTyped(claimText, (text) => set('claimText', text));
  const field = useId();
  const handle = useExperiment<ReadClaimParams, null, ReadClaimResult>({
    cellId: 'claim',
    experimentId: 'read-claim',
    mode: 'reactive',
    params: { text: claimText, records: claimRecords, tries: claimTries },
  });
  const { result } = handle;

  return (
    <Cell
      intro="Paste what somebody says of their privacy, or pick a claim. The checklist says which questions it leaves open, and what each does to the number."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <div className="grid gap-1">
            <label htmlFor={field} className="font-medium">
              The claim
            </label>
            <textarea
              id={field}
              rows={4}
              value={typed}
              maxLength={claimParameters.declarations.claimText.maxLength}
              onChange={(event) => type(event.target.value)}
              className="w-full rounded-control border border-line-strong bg-surface px-2 py-1 hover:border-text"
            />
          </div>
          <fieldset className="flex min-w-0 flex-wrap gap-1.5">
            <legend className="mb-1 text-sm text-secondary">Or pick one</legend>
            {EXAMPLE_CLAIMS.map(({ name, text }) => (
              <Button
                key={name}
                small
                aria-pressed={text === claimText}
                onClick={() => set('claimText', text)}
              >
                {name}
              </Button>
            ))}
          </fieldset>
          <ParameterPanel {...panel} only={['claimRecords', 'claimTries']} />
        </>
      }
      stage={
        result === null ? null : (
          <>
            <p role="status" data-verdict className="font-semibold">
              {result.isNonsense
                ? 'There is nothing about differential privacy in this. Paste a sentence that names ε, for example “ε = 2 per day”.'
                : result.stated === null
                  ? 'No ε can be read in this, so nothing is promised that could be checked.'
                  : `${result.open} of ${result.questions.length} questions are open, or answered to its cost.`}
            </p>
            {result.problems.length === 0 ? null : (
              <ul className="list-disc pl-5 text-danger" data-problems>
                {result.problems.map((problem) => (
                  <li key={problem}>{problem}</li>
                ))}
              </ul>
            )}
            {result.stated === null ? null : (
              <>
                <Facts
                  columns="2 or 4"
                  facts={[
                    { name: 'ε, as claimed', value: formatEpsilon(result.stated.epsilon) },
                    {
                      name: 'δ',
                      value:
                        result.stated.delta === 0
                          ? '0'
                          : formatDelta(Number(result.stated.delta.toPrecision(3))),
                    },
                    {
                      name: 'Picked out of 1,000',
                      value: ofAThousand(result.stated.caught),
                      note: 'at most, while of 1,000 others 10 are accused wrongly',
                    },
                    {
                      name: 'Right guesses of 1,000',
                      value: ofAThousand(result.stated.rightGuesses),
                      note: 'at most: did this one take part? A coin has 500',
                    },
                  ]}
                />
                <TurnedExample
                  events={[
                    {
                      kind: 'approximate',
                      epsilon: result.stated.epsilon,
                      delta: result.stated.delta,
                      count: 1,
                    },
                  ]}
                  epsilon={result.stated.epsilon}
                  delta={result.stated.delta}
                  unit={result.claim.unit ?? 'unit'}
                  {...(result.claim.model === 'local' ? { relation: 'replace-one' as const } : {})}
                  data="What the claim is about"
                />
                <p className="text-sm text-secondary">
                  These odds follow from ε and δ alone, and only for what is protected.
                </p>
              </>
            )}
          </>
        )
      }
    >
      {result === null || result.isNonsense ? null : <Questions questions={result.questions} />}
    </Cell>
  );
}
