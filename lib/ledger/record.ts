/** Everything an auditor needs to know about one run, in one file that can be read without this site. */
import type { Accountant } from '@/lib/privacy';
import { canonicalJson, sha256Of } from './canonical';
import { chargedMechanisms, chargedSteps, isPrivate, runState, startedSteps } from './charge';
import { budgetForesight, resultsSeenBy } from './foresight';
import { RULE_IN_WORDS } from './rules';
import {
  type Account,
  type BudgetChange,
  currentBudget,
  LEDGER_SCHEMA_VERSION,
  type LedgerEvent,
  plannedSteps,
} from './schema';
import { epsilonOf, totalsOf } from './totals';

export interface RunRecord {
  format: 'epsilon-playground-run';
  schema: number;
  dataset: Account['dataset'] & { unit: string; relation: Account['relation'] };
  run: { id: string; event: string; title: string; kind: string; at: string; state: string };
  /** As in the ledger: what one step releases, and how many steps were planned. */
  phases: LedgerEvent['phases'];
  steps: { planned: number; announced: number; charged: number };
  /** What is charged, as an accountant takes it. */
  charged: ReturnType<typeof chargedMechanisms>;
  rule: { code: string; words: string } | null;
  shows: LedgerEvent['shows'];
  limit: string | null;
  /** Clip, expected batch size, sampler and whatever else the run was set to. */
  settings: LedgerEvent['settings'];
  noise: { source: LedgerEvent['noise']; seed: number | null; isPrivate: boolean };
  /** ε of this run alone, by each accountant, at δ. Null where there is no bound: see `noise`. */
  epsilon: Record<Accountant, number | null>;
  delta: number;
  /** ε of everything charged to the data set when this record was made. */
  total: Record<Accountant | 'naive', number | null>;
  /** `resultsSeen`: how many runs on the data had shown something when it was fixed. Above 0 it is no promise about all of them. */
  budget: { epsilon: number | null; filter: string; setAt: string; resultsSeen: number } | null;
  backend: string | null;
  version: string;
  attempts: LedgerEvent['attempts'];
  closing: LedgerEvent['closing'];
  note: string | null;
  exportedAt: string;
  /** SHA-256 of the canonical JSON of all of the above. */
  checksum: string;
}

export function runRecord(
  event: LedgerEvent,
  account: Account,
  events: readonly LedgerEvent[],
  exportedAt: string,
): RunRecord {
  const own = (accountant: Accountant) =>
    isPrivate(event) ? finite(epsilonOf([event], account.delta, accountant)) : null;
  const total = totalsOf(account, events);
  const budget = currentBudget(account);
  const body: Omit<RunRecord, 'checksum'> = {
    format: 'epsilon-playground-run',
    schema: LEDGER_SCHEMA_VERSION,
    dataset: { ...account.dataset, unit: account.unit, relation: account.relation },
    run: {
      id: event.run,
      event: event.id,
      title: event.title,
      kind: event.kind,
      at: event.at,
      state: runState(event),
    },
    phases: event.phases,
    steps: { planned: plannedSteps(event), announced: startedSteps(event), charged: chargedSteps(event) },
    charged: chargedMechanisms(event),
    rule:
      event.closing === null ? null : { code: event.closing.rule, words: RULE_IN_WORDS[event.closing.rule] },
    shows: event.shows,
    limit: event.limit,
    settings: event.settings,
    noise: { source: event.noise, seed: event.seed, isPrivate: isPrivate(event) },
    epsilon: { rdp: own('rdp'), pld: own('pld') },
    delta: account.delta,
    total: { rdp: finite(total.rdp), pld: finite(total.pld), naive: finite(total.naive) },
    budget: budget === null ? null : budgetOf(account, events, budget),
    backend: event.backend,
    version: event.version,
    attempts: event.attempts,
    closing: event.closing,
    note: event.note?.text ?? null,
    exportedAt,
  };
  return { ...body, checksum: sha256Of(canonicalJson(body)) };
}

function budgetOf(account: Account, events: readonly LedgerEvent[], { epsilon, filter, at }: BudgetChange) {
  const { change, resultsSeen } = budgetForesight(account, events) ?? {
    change: { at },
    resultsSeen: resultsSeenBy(account, events, at),
  };
  return { epsilon, filter, setAt: change.at, resultsSeen };
}

/** JSON has no infinity. */
function finite(epsilon: number | null): number | null {
  return epsilon !== null && Number.isFinite(epsilon) ? epsilon : null;
}
