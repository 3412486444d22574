/** What pages say of the experiments with reports of phones, too: without what checks parameters in the worker. */
import type { AccountRequest } from '@/lib/ledger';
import { hashBytes } from '@/lib/ledger/canonical';

/** The learner's answers are one data set of one person, whatever the question. It is known by its name alone. */
export const OWN_ANSWERS = hashBytes(new TextEncoder().encode('epsilon-playground: answers of this learner'));
export const OWN_ANSWERS_ACCOUNT: AccountRequest = {
  dataset: { hash: OWN_ANSWERS, title: 'Your own answers', size: 1 },
  unit: 'person',
  relation: 'replace-one',
  delta: 1e-6,
};
/** Set with the account, so that there is something to use up. */
export const OWN_ANSWERS_BUDGET = 20;

/** At which the reports of a year are added up. */
export const LONGITUDINAL_DELTA = 1e-6;

/** Chance of a false alarm that the search for words promises: for each word, or for all together. */
export const PROMISED_ALARMS = 0.05;

/** Of a crowd, so many phones are shown one by one. */
export const FIELD_PHONES = 2000;
