'use client';

/** The control of a cell that charges nothing: a worked example, with made-up or public data. */
import { useMemo } from 'react';
import type { Relation } from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import { onlyAPlan, type Practice } from '@/lib/runs/label';
import { type ByRisk, EpsilonRiskField } from './epsilon-risk-field';
import { Turned } from './turned';

interface TurnedExampleProps {
  events: readonly PrivacyEvent[];
  /** In nats; null where there is no bound. */
  epsilon: number | null;
  delta?: number;
  unit?: string;
  relation?: Relation;
  /** Nothing runs here: the label speaks of whoever carries the plan out. */
  plan?: boolean;
  /** What is so of this example, and not of others with such a unit and relation. */
  practice?: Partial<Practice>;
  /** Whose data, in words. */
  data: string;
  /** Where the noise does not protect anybody, because it is drawn from a seed. */
  seeded?: boolean;
  /** Lets ε be set by its odds, too. */
  byRisk?: ByRisk;
}

const AN_EXAMPLE: Partial<Practice> = {
  settingsChosen: 'By whoever moves the sliders. An example: nothing is charged to the ledger.',
};
const SEEDED =
  'These very numbers: their noise is drawn from a seed that anybody may know, so that they can be repeated. The label says what cryptographic noise of this size would give.';

export function TurnedExample({
  events,
  epsilon,
  delta = 0,
  unit = 'person',
  relation = 'add-or-remove-one',
  plan = false,
  practice,
  data,
  seeded = false,
  byRisk,
}: TurnedExampleProps) {
  const key = JSON.stringify(events);
  const release = useMemo(
    () => ({
      title: 'An example with these settings',
      account: { dataset: { hash: null, title: data }, unit, relation, delta },
      events: JSON.parse(key) as PrivacyEvent[],
      epsilon,
      practice: { ...(plan ? onlyAPlan(unit) : practice), ...AN_EXAMPLE },
      alsoNotCovered: seeded ? [SEEDED] : [],
    }),
    [key, epsilon, delta, unit, relation, plan, practice, data, seeded],
  );
  return (
    <>
      <div data-stays>
        <Turned release={release} />
      </div>
      {byRisk ? (
        <EpsilonRiskField {...byRisk} {...{ events: release.events, delta, unit, relation }} />
      ) : null}
    </>
  );
}
