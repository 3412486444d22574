'use client';

import { useEffect, useId, useRef } from 'react';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Columns } from '@/components/ui/columns';
import { Scrollable } from '@/components/ui/scrollable';
import { DEPLOYMENTS, findDeployment, listed, notComparableBecause } from '@/lib/claims';
import type { RealDeploymentsParams, RealDeploymentsResult } from '../experiments/real-deployments';
import { Detail } from './detail';
import { deploymentParameters } from './parameters';
import { deltaWords, epsilonWords, MODEL_WORDS, nameOf, ofAThousand } from './words';

const COLUMNS = ['Who, and what came out', 'ε', 'δ', 'Picked out of 1,000', 'Noise', 'Protects'];

/** Differential privacy as it is used, to be sorted, filtered and taken to the sliders. */
export function DeploymentsCell() {
  const { values, set, panel, resetAll } = useParameters(deploymentParameters);
  const { deploymentOrder, deploymentModel, deploymentUnit, deploymentWords, deploymentPicked } = values;
  const handle = useExperiment<RealDeploymentsParams, null, RealDeploymentsResult>({
    cellId: 'deployments',
    experimentId: 'real-deployments',
    mode: 'reactive',
    params: { picked: deploymentPicked },
  });
  const figures = handle.result?.figures ?? {};
  const rows = listed(DEPLOYMENTS, {
    order: deploymentOrder,
    model: deploymentModel,
    unit: deploymentUnit,
    words: deploymentWords,
  });
  const picked = findDeployment(deploymentPicked);
  const search = useId();
  const detail = useRef<HTMLDivElement>(null);
  const follow = useRef(false);

  // What was opened stands below the table: whoever opened it is taken there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every new one
  useEffect(() => {
    if (follow.current) detail.current?.focus();
    follow.current = false;
  }, [deploymentPicked]);

  function pick(id: string) {
    if (id === deploymentPicked) return detail.current?.focus();
    follow.current = true;
    set('deploymentPicked', id);
  }

  return (
    <Cell
      intro="Who publishes with differential privacy, at which ε, and for whom? Sort, filter, and open one: it says what that ε leaves to an attacker, and what keeps it from being compared."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} only={['deploymentOrder', 'deploymentModel', 'deploymentUnit']} />
          <div className="grid gap-1">
            <label htmlFor={search} className="font-medium">
              Find
            </label>
            <input
              id={search}
              type="search"
              value={deploymentWords}
              maxLength={deploymentParameters.declarations.deploymentWords.maxLength}
              onChange={(event) => set('deploymentWords', event.target.value)}
              placeholder="census, 2020, device …"
              className="min-h-10 w-full rounded-control border border-line-strong bg-surface px-2 hover:border-text"
            />
          </div>
        </>
      }
      stage={
        <>
          <p aria-live="polite" className="text-sm text-secondary" data-listed>
            {rows.length === 0
              ? 'None fits. Take a word or a filter away.'
              : `${rows.length} of ${DEPLOYMENTS.length}. Press a name to open it.`}
          </p>
          <Scrollable
            label="Deployments"
            className="max-h-[26rem] overflow-auto rounded-control border border-line"
          >
            <table className="w-full min-w-[40rem] border-collapse text-sm">
              <caption className="sr-only">Real deployments of differential privacy</caption>
              <thead>
                <tr>
                  <Columns
                    names={COLUMNS}
                    className="sticky top-0 z-10 border-b border-line-strong bg-surface px-2 py-2 text-left align-bottom font-semibold leading-snug first:min-w-44"
                  />
                </tr>
              </thead>
              <tbody>
                {rows.map((one) => {
                  const own = figures[one.id] ?? null;
                  return (
                    <tr
                      key={one.id}
                      data-row={one.id}
                      className={`border-b border-line align-top last:border-0 ${one.id === deploymentPicked ? 'bg-ground' : ''}`}
                    >
                      <th scope="row" className="px-2 py-1.5 text-left font-normal">
                        <button
                          type="button"
                          onClick={() => pick(one.id)}
                          aria-pressed={one.id === deploymentPicked}
                          className="min-h-7 text-left font-medium text-accent underline underline-offset-2"
                        >
                          {nameOf(one)}
                        </button>
                        <span className="block leading-snug text-secondary">{one.released}</span>
                      </th>
                      <td className="px-2 py-2 tabular-nums whitespace-nowrap">{epsilonWords(own)}</td>
                      <td className="px-2 py-2 tabular-nums whitespace-nowrap">{deltaWords(own)}</td>
                      <td className="px-2 py-2 tabular-nums">
                        {own === null ? '–' : ofAThousand(own.caught)}
                      </td>
                      <td className="px-2 py-2">{MODEL_WORDS[one.model]}</td>
                      <td className="px-2 py-2 leading-snug">
                        {one.unit}
                        {notComparableBecause(one).length > 0 ? (
                          <span className="block text-secondary">not comparable as it is</span>
                        ) : null}
                      </td>
                    </tr>
                  );
                })}
              </tbody>
            </table>
          </Scrollable>
        </>
      }
    >
      <div ref={detail} tabIndex={-1}>
        {picked === undefined ? (
          <p className="text-secondary">None is opened.</p>
        ) : (
          <Detail deployment={picked} figures={figures[picked.id] ?? null} />
        )}
      </div>
    </Cell>
  );
}
