/**
 * The label of a private run: what is protected, from whom, how much, and what not. The same fields everywhere, in words for readers
 * who have seen no formula, so that one run can be held against another.
 *
 * The fields are those that experts asked for and that registries of deployments have: unit and neighbouring relation, who is trusted
 * and who adds the noise, ε and δ, what is composed, sampling, accountant, how settings were chosen, what is not covered, data, date.
 */
import type { AccountRequest, Relation } from '@/lib/ledger';
import { type PrivacyEvent, type SingleEvent, timesRun } from '@/lib/privacy';
import { mechanismInWords } from './mechanism-words';
import { type Practice, practiceOf } from './practice';
import type { TrustModel } from './trust-model';

export interface PrivacyLabel {
  /** Of the run, or of all that was charged to a data set. */
  title: string;
  protects: { unit: string; relation: Relation; words: string };
  trust: { model: TrustModel; noiseBy: string; protectsFrom: string; trusted: string };
  /** In nats; null where no ε covers it. */
  epsilon: number | null;
  delta: number;
  /** What is released, one line a mechanism. */
  mechanisms: string[];
  /** How many runs ε is of. */
  runs: number;
  composition: string;
  sampling: string;
  accountant: string;
  settingsChosen: string;
  notCovered: string[];
  data: { title: string; size: number | null; hash: string | null };
  /** ISO; null of what has not been run. */
  date: string | null;
}

/** What a label is made from: an account as the ledger knows it, and what was or will be released. */
export interface Release {
  title: string;
  account: Omit<AccountRequest, 'dataset'> & {
    dataset: { hash: string | null; title?: string; size?: number | null };
  };
  events: readonly PrivacyEvent[];
  epsilon: number | null;
  /** Runs that are composed: one, or all that the ledger holds of a data set. */
  runs?: number;
  date?: string | null;
  /** Facts of this run that its account does not tell. */
  practice?: Partial<Practice>;
  /** What only this release leaves uncovered, beside what its practice names. */
  alsoNotCovered?: readonly string[];
}

export function privacyLabel(release: Release): PrivacyLabel {
  const { title, account, events, epsilon, runs = 1, date = null } = release;
  const { dataset, unit, relation, delta } = account;
  const practice = { ...practiceOf(account, events), ...release.practice };
  const { model, noiseBy, protectsFrom, trusted } = practice;
  return {
    title,
    protects: { unit, relation, words: protectionInWords(unit, relation) },
    trust: { model, noiseBy, protectsFrom, trusted },
    epsilon,
    delta,
    mechanisms: events.map(mechanismInWords),
    runs,
    composition: compositionInWords(events, runs),
    sampling: samplingInWords(events),
    accountant: practice.accountant,
    settingsChosen: practice.settingsChosen,
    notCovered: [
      ...(release.alsoNotCovered ?? []),
      ...largeDelta(delta, dataset.size ?? null),
      ...practice.notCovered,
    ],
    data: { title: dataset.title ?? 'not named', size: dataset.size ?? null, hash: dataset.hash },
    date,
  };
}

/** δ ought to be well below 1/n, as 1/n^1.1 is (Ponomareva et al. 2023, “How to DP-fy ML”). Where it is not, that is said. */
function largeDelta(delta: number, size: number | null): string[] {
  if (size === null) return [];
  const advised = size ** -1.1;
  if (delta <= advised) return [];
  const n = size.toLocaleString('en-GB');
  const below = delta < 1 / size ? `below one in ${n}, but ` : '';
  return [
    `A smaller δ: ${delta} is ${below}more than the ${advised.toExponential(1)} = ${n}^−1.1 that guides advise. It is what most papers on these data take, so that figures can be compared.`,
  ];
}

const an = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

function protectionInWords(unit: string, relation: Relation): string {
  return relation === 'replace-one'
    ? unit === 'person'
      ? 'What one person answered: the results are nearly as likely after any other answer.'
      : `What one ${unit} holds: the results are nearly as likely with anything else in its place.`
    : `Whether one ${unit} is in the data: the results are nearly as likely with ${an(unit)} more or less.`;
}

const many = (times: number, one: string) =>
  times === 1 ? `one ${one}` : `${times.toLocaleString('en-GB')} ${one}s`;

function compositionInWords(events: readonly PrivacyEvent[], runs: number): string {
  const times = events.filter(releases).reduce((sum, event) => sum + timesRun(event), 0);
  const what = runs === 1 ? 'this run' : `${many(runs, 'run')} charged to these data`;
  if (times === 0) return 'Nothing is released.';
  const all = times === 1 ? 'One release' : `All ${many(times, 'release')}`;
  const rest = runs === 1 ? 'Other runs on the same data come on top: the ledger adds them up.' : '';
  return `${all} of ${what}, together. ${rest}`.trim();
}

/** What says nothing of anybody but for a small probability is no release: it is charged in δ. */
const releases = (event: PrivacyEvent) => !(event.kind === 'approximate' && event.epsilon === 0);

const singles = (events: readonly PrivacyEvent[]): SingleEvent[] =>
  events.flatMap((event) => (event.kind === 'parallel' ? event.groups : [event]));

function samplingInWords(events: readonly PrivacyEvent[]): string {
  if (events.length > 0 && events.every(({ kind }) => kind === 'approximate'))
    return 'Not known: only ε and δ are.';
  const rates = new Set<number>();
  let cut = false;
  let all = false;
  for (const event of singles(events.filter(releases))) {
    if ('sampleRate' in event && event.sampleRate < 1) rates.add(event.sampleRate);
    else all = true;
    cut ||= event.kind === 'truncated-poisson-gaussian';
  }
  if (rates.size === 0) return 'None: every record takes part in every release.';
  const shares = [...rates].map((rate) => `${Number((100 * rate).toPrecision(3))} %`).join(', ');
  return [
    `Poisson: for each step every record is drawn by itself, with probability ${shares}, in secret.`,
    cut ? 'A lot that comes out too large is cut at random, which is charged.' : '',
    all ? 'Other releases use all records.' : '',
  ]
    .filter(Boolean)
    .join(' ');
}
