/**
 * The privacy filter: does a run still fit the budget, and if not, what would?
 *
 * Totals like those of `totals.ts` hold for runs that were fixed beforehand. Whoever looks at one result and then
 * chooses the noise of the next run does something that their proofs do not cover (Rogers, Roth, Ullman and Vadhan 2016).
 * Some sums may be taken even then, if what they may reach is fixed in advance: Σ ε of what is pure (Rogers et al. 2016), Rényi
 * divergence at one order (Feldman and Zrnic 2021), μ² of Gaussian releases (Smith and Thakurta 2022; Koskela, Tobaben and
 * Honkela 2023). But the best of several sums may not be picked afterwards for nothing, and neither are filters over whole loss
 * distributions free (Regehr et al. 2026). So the `adaptive` filter fixes a few sums, its *members*, and gives each a share of δ:
 *
 *   Let A be the members, with shares δ(α) that add up to δ, and B(α) the largest sum that gives (ε, δ(α))-DP:
 *   - a Rényi order α: the sum of divergences of that order;
 *   - α = ∞: the sum of the pure ε themselves, infinite for what is not pure. B(∞) = ε, for which no δ is needed: δ(∞) = 0;
 *   - G: the sum of μ², infinite for what is not a Gaussian release on all the data.
 *   A run is admitted if, with it, some α in A still has Σ ρᵢ(α) ≤ B(α). Sums only grow, so every course of events ends, and
 *   has stayed all along, under the bound of some member; name it after the first such α. Let M be all that happens, and M_α
 *   the same except that it halts before the run that would break the bound of α: a filter of one fixed sum, so (ε, δ(α))-DP. On
 *   the courses C_α named after α nothing halts, so M and M_α give them the same probabilities. Hence for every set S of courses
 *     P[M(D) ∈ S] = Σ_α P[M_α(D) ∈ S ∩ C_α] ≤ Σ_α (e^ε P[M_α(D′) ∈ S ∩ C_α] + δ(α)) = e^ε P[M(D′) ∈ S] + δ.
 *
 * The first run of all is chosen before anything was seen. So the shares may hang on it: they differ for data whose first run is a
 * Gaussian release (`sharesOf`). Nothing later may, not even that this run was taken back before it began.
 *
 * What that needs and does not give: ε, δ and A are fixed before the first result, so the promise is the budget, not the
 * number of ε spent so far (a number read off at a moment chosen by the results would be an odometer's, which costs more),
 * and a budget set or raised after results were seen is a new decision that the proof for the old one does not cover
 * (`foresight.ts`). Steps may come back only by rules blind to the results (`rules.ts`). The δ of an approximate event is taken
 * from each order's share, which is more than once and so on the safe side.
 *
 * Doubles round: 0.1 is a little more than a tenth, and ten of them more than 1. So a budget of ε admits ε (1 + 10⁻¹²), and that is
 * what is promised: odds that differ by less than 1 in 10¹¹ at any budget up to 10. Sums err by a thousandth of that at most.
 */
import {
  boundByOrders,
  gaussianTotal,
  gdpEpsilon,
  PrivacyError,
  type PrivacyEvent,
  pureTotal,
  repeated,
} from '@/lib/privacy';
import { chargedMechanisms, chargedRanges, isPrivate, stepsByPhase } from './charge';
import { gathered, withMoreNoise } from './mechanism';
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

/** The share of δ that G has where the first run is a Gaussian release: it then costs a hundredth more than by the exact ε. */
const GAUSSIAN_SHARE = 0.9;

/** A sum of rounded numbers may lie this much above the budget, as a part of it. */
const ROUNDING = 1e-12;

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

/**
 * ε in nats by which a budget is measured.
 * @param mechanisms all that is charged, oldest first
 * @param first the first mechanism ever charged, where that is no longer among them
 */
export function filterEpsilon(
  mechanisms: readonly PrivacyEvent[],
  delta: number,
  kind: BudgetChange['filter'],
  first: PrivacyEvent | undefined = mechanisms[0],
): number {
  if (kind !== 'adaptive') return epsilonOfMechanisms(mechanisms, delta, kind) ?? Number.POSITIVE_INFINITY;
  if (mechanisms.length === 0 || first === undefined) return 0;
  const list = gathered(mechanisms);
  const { gaussian, order } = sharesOf(first, delta);
  return Math.min(pureTotal(list), epsilonOfGaussians(list, gaussian), epsilonByOrders(list, order));
}

/** δ(G), and δ(α) of each Rényi order. */
function sharesOf(first: PrivacyEvent, delta: number): { gaussian: number; order: number } {
  const gaussian = Number.isFinite(gaussianTotal([first])) ? GAUSSIAN_SHARE : 0;
  return { gaussian: gaussian * delta, order: ((1 - gaussian) * delta) / FILTER_ORDERS.length };
}

function epsilonOfGaussians(list: readonly PrivacyEvent[], delta: number): number {
  const mu = Math.sqrt(gaussianTotal(list));
  return delta > 0 && Number.isFinite(mu) ? gdpEpsilon(mu, delta) : Number.POSITIVE_INFINITY;
}

function epsilonByOrders(list: readonly PrivacyEvent[], delta: number): number {
  try {
    return boundByOrders(list, delta, FILTER_ORDERS).epsilon;
  } catch (error) {
    if (error instanceof PrivacyError && error.code === 'event-unsupported') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

/**
 * ε in nats after each of the events in turn, by a budget's measure. The differences are what each run added.
 * @param record all events of the account, also those of which nothing is charged any more
 */
export function runningEpsilon(
  events: readonly LedgerEvent[],
  delta: number,
  kind: BudgetChange['filter'],
  record: readonly LedgerEvent[] = events,
): number[] {
  const mechanisms: PrivacyEvent[] = [];
  const first = firstMechanism(record);
  return events.filter(isPrivate).map((event) => {
    mechanisms.push(...chargedMechanisms(event));
    return filterEpsilon(mechanisms, delta, kind, first);
  });
}

const oldestFirst = (a: LedgerEvent, b: LedgerEvent) =>
  a.at < b.at || (a.at === b.at && a.id < b.id) ? -1 : 1;

/** The first mechanism of the first run on record, whether or not anything of it is still charged. */
function firstMechanism(events: readonly LedgerEvent[]): PrivacyEvent | undefined {
  return events.filter(isPrivate).sort(oldestFirst)[0]?.phases[0]?.perStep[0];
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
  const record = events.filter((other) => other.account === account.id);
  const first = firstMechanism(record) ?? firstMechanism([event]);
  const measure = (mechanisms: readonly PrivacyEvent[]) =>
    filterEpsilon([...others, ...mechanisms], account.delta, budget.filter, first);

  const wouldBe = measure(chargedMechanisms(event));
  const most = limit * (1 + ROUNDING);
  if (wouldBe <= most) return null;
  const fits = (mechanisms: readonly PrivacyEvent[]) => measure(mechanisms) <= most;
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
