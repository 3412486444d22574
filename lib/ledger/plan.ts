/** A run as it is asked for, and the event it becomes. */
import * as z from 'zod';
import { LedgerError } from './errors';
import { createId } from './ids';
import { addsNoise, isLocal } from './mechanism';
import { type Account, eventFields, type LedgerEvent } from './schema';

const planSchema = eventFields
  .pick({ account: true, kind: true, title: true, phases: true, shows: true, noise: true })
  .extend({
    run: eventFields.shape.run.optional(),
    limit: eventFields.shape.limit.optional(),
    seed: eventFields.shape.seed.optional(),
    settings: eventFields.shape.settings.optional(),
    backend: eventFields.shape.backend.optional(),
  });

/**
 * What is about to be released from a data set, stated before it is.
 * `phases` says the mechanisms and how many steps; `shows` whether anything is visible before the last step.
 */
export type RunPlan = z.input<typeof planSchema>;

function invalid(message: string): LedgerError {
  return new LedgerError('plan-invalid', message, 'Correct the plan; nothing has been charged.');
}

export function eventFromPlan(plan: RunPlan, account: Account, at: string, version: string): LedgerEvent {
  const parsed = planSchema.safeParse(plan);
  if (!parsed.success) throw invalid(`This run cannot be charged: ${z.prettifyError(parsed.error)}`);
  const { run, limit, seed, settings, backend, ...rest } = parsed.data;
  if (rest.noise === 'seeded' && seed == null) throw invalid('This run is called seeded, but names no seed.');
  if (rest.noise !== 'seeded' && seed != null)
    throw invalid(`This run has the seed ${seed}, but does not call its noise seeded.`);
  if (rest.noise !== 'none' && !rest.phases.every(({ perStep }) => perStep.every(addsNoise)))
    throw invalid('A step of this run adds no noise, but the run does not say so: its noise is not “none”.');
  if (account.relation === 'replace-one' && rest.noise === 'secure') {
    const central = rest.phases.flatMap((phase) => phase.perStep).find((mechanism) => !isLocal(mechanism));
    if (central !== undefined)
      throw invalid(
        `A “${central.kind}” release is accounted for adding or removing one unit, ` +
          'but this account holds local reports, where one value is replaced by another.',
      );
  }
  const id = createId('event');
  return {
    ...rest,
    id,
    run: run ?? id,
    at,
    limit: limit ?? null,
    seed: seed ?? null,
    settings: settings ?? {},
    backend: backend ?? null,
    version,
    attempts: [],
    closing: null,
    note: null,
  };
}
