/**
 * The privacy filter: does a run still fit the budget, and if not, what would?
 *
 * Totals like those of `totals.ts` hold for runs that were fixed beforehand. Whoever looks at one result and then
 * chooses the noise of the next run does something that their proofs do not cover (Rogers, Roth, Ullman and Vadhan 2016).
 * Rényi divergence at one order fixed in advance may be added up even then (Feldman and Zrnic 2021), but the best order
 * may not be picked afterwards for nothing, and neither are filters over whole loss distributions free (Regehr et al.
 * 2026). So the `adaptive` filter fixes a few orders and gives each an equal share of δ:
 *
 *   Let A be the orders, and B(α) the largest Rényi divergence of order α that gives (ε, δ/|A|)-DP. A run is admitted if,
 *   with it, some α in A still has Σ ρᵢ(α) ≤ B(α). Sums only grow, so every course of events ends, and has stayed all along,
 *   under the bound of some order; name it after the first such α. Let M be all that happens, and M_α the same except that
 *   it halts before the run that would break the bound of α: a filter of one fixed order, so (ε, δ/|A|)-DP. On the courses
 *   C_α named after α nothing halts, so M and M_α give them the same probabilities. Hence for every set S of courses
 *     P[M(D) ∈ S] = Σ_α P[M_α(D) ∈ S ∩ C_α] ≤ Σ_α (e^ε P[M_α(D′) ∈ S ∩ C_α] + δ/|A|) = e^ε P[M(D′) ∈ S] + δ.
 *
 * What that needs and does not give: ε, δ and A are fixed before the first result, so the promise is the budget, not the
 * number of ε spent so far (a number read off at a moment chosen by the results would be an odometer's, which costs more),
 * and a budget raised after results were seen is a new decision that the proof for the old one does not cover. Steps may come
 * back only by rules blind to the results (`rules.ts`). The δ of an approximate event is taken from each order's share, which
 * is more than once and so on the safe side.
 */
import { composeRdp, PrivacyError, type PrivacyEvent } from '@/lib/privacy';
import { chargedMechanisms, chargedRanges, isPrivate, stepsByPhase } from './charge';
import { gathered, repeated, withMoreNoise } from './mechanism';
import {
  type Account,
  type BudgetChange,
  currentBudget,
  type LedgerEvent,
  type Phase,
  plannedSteps,
} from './schema';
import { countedEvents, epsilonOfMechanisms } from './totals';

/** The orders of the `adaptive` filter. Few, because each costs a share of δ; spread over what budgets of 0.1 to 20 need. */
export const FILTER_ORDERS: readonly number[] = [1.8, 2.5, 4, 6, 9, 16, 32, 128];

/** A choice that would fit, and ε of everything together if it is made. */
export interface FewerSteps {
  steps: number;
  epsilon: number;
}

export interface MoreNoise {
  /** Every noise scale of the plan times this. */
  factor: number;
  /** The phases with that noise. */
  phases: Phase[];
  epsilon: number;
}

/** Why a run was not admitted, and the three ways on. Nothing has been charged. */
export interface Refusal {
  account: Account;
  budget: BudgetChange & { epsilon: number };
  event: LedgerEvent;
  /** ε by the budget's filter: now, and if the run were admitted. ∞ where the filter has no bound for a mechanism. */
  spent: number;
  wouldBe: number;
  /** Null where not even one step fits. */
  fewerSteps: FewerSteps | null;
  /** Null where no amount of noise helps, or only one that would leave nothing to see. */
  moreNoise: MoreNoise | null;
  /** The smallest budget, rounded up, that would admit the run as it is. Null if none would. */
  raiseTo: number | null;
}

/** ε in nats by which a budget is measured. */
export function filterEpsilon(
  mechanisms: readonly PrivacyEvent[],
  delta: number,
  kind: BudgetChange['filter'],
): number {
  if (kind !== 'adaptive') return epsilonOfMechanisms(mechanisms, delta, kind) ?? Number.POSITIVE_INFINITY;
  if (mechanisms.length === 0) return 0;
  try {
    return composeRdp(gathered(mechanisms), delta / FILTER_ORDERS.length, FILTER_ORDERS).epsilon;
  } catch (error) {
    if (error instanceof PrivacyError && error.code === 'event-unsupported') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/** ε in nats after each of the events in turn, by a budget's measure. The differences are what each run added. */
export function runningEpsilon(
  events: readonly LedgerEvent[],
  delta: number,
  kind: BudgetChange['filter'],
): number[] {
  const mechanisms: PrivacyEvent[] = [];
  return events.filter(isPrivate).map((event) => {
    mechanisms.push(...chargedMechanisms(event));
    return filterEpsilon(mechanisms, delta, kind);
  });
}

/**
 * Null if the event as it stands fits the budget of its account together with all other events, else why not.
 * Runs without protecting noise are never held back: no budget covers them, and the ledger says so.
 */
export function admit(account: Account, events: readonly LedgerEvent[], event: LedgerEvent): Refusal | null {
  const budget = currentBudget(account);
  if (budget === null || budget.epsilon === null || !isPrivate(event)) return null;
  const limit = budget.epsilon;
  const others = countedEvents(account, events)
    .filter((other) => other.id !== event.id)
    .flatMap(chargedMechanisms);
  const known = events.find((other) => other.id === event.id);
  const measure = (mechanisms: readonly PrivacyEvent[]) =>
    filterEpsilon([...others, ...mechanisms], account.delta, budget.filter);

  const wouldBe = measure(chargedMechanisms(event));
  if (wouldBe <= limit) return null;
  const fits = (mechanisms: readonly PrivacyEvent[]) => measure(mechanisms) <= limit;
  return {
    account,
    budget: { ...budget, epsilon: limit },
    event,
    spent: measure(known === undefined ? [] : chargedMechanisms(known)),
    wouldBe,
    fewerSteps: known === undefined ? fewerSteps(event, fits, measure) : null,
    moreNoise: known === undefined ? moreNoise(event, fits, measure) : null,
    raiseTo: Number.isFinite(wouldBe) ? roundedUp(wouldBe) : null,
  };
}

type Fits = (mechanisms: readonly PrivacyEvent[]) => boolean;
type Measure = (mechanisms: readonly PrivacyEvent[]) => number;

/** The most steps of the plan, from its beginning, that fit. */
function fewerSteps(event: LedgerEvent, fits: Fits, measure: Measure): FewerSteps | null {
  const first = (steps: number) =>
    mechanismsOf(event.phases, stepsByPhase(event.phases, [{ from: 0, to: steps }]));
  let fitting = 0;
  let tooMany = plannedSteps(event);
  while (tooMany - fitting > 1) {
    const middle = Math.floor((fitting + tooMany) / 2);
    if (fits(first(middle))) fitting = middle;
    else tooMany = middle;
  }
  return fitting === 0 ? null : { steps: fitting, epsilon: measure(first(fitting)) };
}

/** With a thousand times the noise a run says nothing: what then still does not fit is not worth offering. */
const MOST_NOISE = 1024;

/** The least additional noise, the same for all phases, with which the whole plan fits. */
function moreNoise(event: LedgerEvent, fits: Fits, measure: Measure): MoreNoise | null {
  const steps = stepsByPhase(event.phases, chargedRanges(event));
  const noisier = (factor: number): Phase[] =>
    event.phases.map((phase) => ({
      ...phase,
      perStep: phase.perStep.map((mechanism) => withMoreNoise(mechanism, factor)),
    }));
  const mechanismsAt = (factor: number) => mechanismsOf(noisier(factor), steps);
  if (!fits([])) return null;
  let enough = 2;
  while (!fits(mechanismsAt(enough))) {
    enough *= 2;
    if (enough > MOST_NOISE) return null;
  }
  let tooLittle = enough / 2;
  while (enough - tooLittle > 1e-7 * enough) {
    const middle = (enough + tooLittle) / 2;
    if (fits(mechanismsAt(middle))) enough = middle;
    else tooLittle = middle;
  }
  return { factor: enough, phases: noisier(enough), epsilon: measure(mechanismsAt(enough)) };
}

function mechanismsOf(phases: readonly Phase[], steps: readonly number[]): PrivacyEvent[] {
  return phases.flatMap((phase, index) =>
    steps[index]! > 0 ? phase.perStep.map((mechanism) => repeated(mechanism, steps[index]!)) : [],
  );
}

/** To three digits, never below. */
function roundedUp(epsilon: number): number {
  const unit = 10 ** (Math.floor(Math.log10(epsilon)) - 2);
  const rounded = Number((Math.ceil(epsilon / unit) * unit).toPrecision(3));
  return rounded >= epsilon ? rounded : Number((rounded + unit).toPrecision(3));
}
