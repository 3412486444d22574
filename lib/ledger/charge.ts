/** What an event costs: which steps count, and the mechanisms they amount to. */
import { type PrivacyEvent, repeated } from '@/lib/privacy';
import type { LedgerEvent } from './schema';
import { plannedSteps } from './schema';

/** Steps from (inclusive) to (exclusive), counted from 0. */
export interface StepRange {
  from: number;
  to: number;
}

export type RunState = 'planned' | 'started' | 'finished' | 'stopped' | 'refunded';

/** The state a person sees; it follows from the record and is never stored beside it. */
export function runState(event: LedgerEvent): RunState {
  if (event.closing === null)
    return event.attempts.some((attempt) => attempt.startedTo > attempt.from) ? 'started' : 'planned';
  if (event.closing.rule === 'completed') return 'finished';
  return event.closing.chargedTo < plannedSteps(event) ? 'refunded' : 'stopped';
}

/**
 * The steps that are charged.
 *
 * An open run is charged to the end of its plan. Any attempt that the closing does not speak for is charged for every
 * step it announced. Steps repeated with fresh noise are released a second time and count twice; an identical replay
 * tells nothing new and counts once.
 */
export function chargedRanges(event: LedgerEvent): StepRange[] {
  const { attempts, closing } = event;
  const planned = plannedSteps(event);
  if (attempts.length === 0) return closing === null ? [{ from: 0, to: planned }] : [];

  const ranges: StepRange[] = [];
  for (const [index, attempt] of attempts.entries()) {
    let to = attempt.startedTo;
    if (closing?.attempt === attempt.id) to = closing.chargedTo;
    else if (closing === null && index === attempts.length - 1) to = planned;
    if (attempt.repeats === 'identical')
      for (const earlier of ranges) {
        if (earlier.to <= attempt.from) continue;
        to = Math.max(to, earlier.to);
        earlier.to = Math.max(earlier.from, attempt.from);
      }
    ranges.push({ from: attempt.from, to });
  }
  return ranges.filter((range) => range.to > range.from);
}

/** Number of steps charged; more than planned where steps were repeated. */
export function chargedSteps(event: LedgerEvent): number {
  return chargedRanges(event).reduce((sum, range) => sum + range.to - range.from, 0);
}

/** Number of steps that may have run so far. */
export function startedSteps(event: LedgerEvent): number {
  return event.attempts.reduce((sum, attempt) => sum + attempt.startedTo - attempt.from, 0);
}

/** How many of some steps fall into each phase of a plan. */
export function stepsByPhase(phases: LedgerEvent['phases'], ranges: readonly StepRange[]): number[] {
  let begin = 0;
  return phases.map((phase) => {
    const end = begin + phase.steps;
    const steps = ranges.reduce(
      (sum, range) => sum + Math.max(0, Math.min(range.to, end) - Math.max(range.from, begin)),
      0,
    );
    begin = end;
    return steps;
  });
}

export function chargedStepsByPhase(event: LedgerEvent): number[] {
  return stepsByPhase(event.phases, chargedRanges(event));
}

/** Everything an event is charged for, as an accountant takes it. */
export function chargedMechanisms(event: LedgerEvent): PrivacyEvent[] {
  const steps = chargedStepsByPhase(event);
  return event.phases.flatMap((phase, index) =>
    steps[index]! > 0 ? phase.perStep.map((mechanism) => repeated(mechanism, steps[index]!)) : [],
  );
}

/** What a whole plan would be charged for, before it is an event. */
export function chargedMechanismsOfPlan(phases: LedgerEvent['phases']): PrivacyEvent[] {
  return phases.flatMap((phase) => phase.perStep.map((mechanism) => repeated(mechanism, phase.steps)));
}

/** Whether the noise of this event protects anyone. */
export function isPrivate(event: Pick<LedgerEvent, 'noise'>): boolean {
  return event.noise === 'secure';
}
