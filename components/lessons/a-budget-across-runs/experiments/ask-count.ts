/** One private counting query, or one for each group of a histogram, charged to the ledger before it is answered. */
import * as z from 'zod';
import { type AccountRequest, chargedRelease, openLedger, type Refusal } from '@/lib/ledger';
import { discreteLaplaceMechanism } from '@/lib/privacy';
import type { Experiment } from '@/lib/runtime/experiment';
import { SITE_VERSION } from '@/lib/runtime/version';
import {
  askPhases,
  countsOf,
  HISTOGRAMS,
  isHistogram,
  makeRegister,
  QUESTIONS,
  type QuestionId,
  questionKey,
  registerAccount,
  wordsOf,
} from '../account';
import {
  OWN_GROUPS,
  OWN_HISTOGRAM_TITLE,
  OWN_QUESTION_TITLE,
  type OwnFile,
  type OwnQuestion,
  readOwnQuestion,
} from '../own-table';

/** ε of this one answer, in nats. */
const epsilon = z.number().min(0.01).max(5);
const number = z.number().int().min(0);

const ALL_QUESTIONS = [...Object.keys(QUESTIONS), ...Object.keys(HISTOGRAMS)];

const params = z.union([
  /** Of a table of the learner's own: how many rows have this value, or each? */
  z.object({
    own: z.object({
      file: z.string(),
      column: number,
      /** Null: each of its values, as one histogram. */
      value: number.nullable(),
      header: z.boolean().optional(),
    }),
    epsilon,
  }),
  /** Of the register. */
  z.strictObject({ question: z.enum(ALL_QUESTIONS as [QuestionId, ...QuestionId[]]), epsilon }),
]);

export type AskCountParams = z.output<typeof params>;

export interface AskCountResult {
  /** Equal for answers to the same question, see `questionKey`. */
  question: string;
  epsilon: number;
  /** The noisy count, the first of a histogram; null if the budget did not allow the question. */
  answer: number | null;
  /** All noisy counts, one a group of a histogram. */
  counts: number[] | null;
  refusal: Refusal | null;
  /** The ledger's own id of this answer. */
  event: string | null;
}

/** Set with an account, so that there is something to use up. */
const FIRST_BUDGET = 1;

/** A question that is ready to be charged. `counts` may be called only after that. */
interface Ready {
  account: AccountRequest;
  title: string;
  /** For the provenance. */
  dataset: string;
  counts(): number[];
  /** How many counts that is: as many as the question has groups, whatever the data. */
  answers: number;
}

function askRegister(question: QuestionId): Ready {
  const { people, hash } = makeRegister();
  return {
    account: registerAccount(hash),
    title: wordsOf(question),
    dataset: 'register of made-up people',
    counts: () => countsOf(question, people),
    answers: isHistogram(question) ? HISTOGRAMS[question].groups.length : 1,
  };
}

const askOwn = (file: OwnFile, asked: OwnQuestion): Ready => ({
  ...readOwnQuestion(file, asked),
  title: asked.value === null ? OWN_HISTOGRAM_TITLE : OWN_QUESTION_TITLE,
  dataset: 'a table of your own',
});

export const askCount: Experiment<AskCountParams, null, AskCountResult> = {
  id: 'ask-count',
  needs: 'maths',
  params,
  async run(asked, { signal, describe, random, input }) {
    const { epsilon } = asked;
    const question = questionKey(asked);
    const ready: Ready =
      'own' in asked ? askOwn(input<OwnFile>(asked.own.file), asked.own) : askRegister(asked.question);
    const ledger = await openLedger({ version: SITE_VERSION });
    try {
      const account = await ledger.account(ready.account);
      if (account.budgets.length === 0)
        await ledger.setBudget(
          account.id,
          FIRST_BUDGET,
          // Questions are chosen after answers were seen: only this one holds then.
          'adaptive',
          'Set by the lesson “A budget across runs”.',
        );
      describe({
        noise: 'cryptographic',
        dataset: ready.dataset,
        epsilon,
        delta: account.delta,
      });
      signal.throwIfAborted();
      const decision = await ledger.charge({
        account: account.id,
        kind: 'query',
        title: ready.title,
        phases: askPhases(epsilon, ready.answers),
        shows: 'nothing',
        noise: 'secure',
        settings: {
          mechanism: 'discrete Laplace noise, drawn exactly',
          sensitivity: 1,
          scale: 1 / epsilon,
          ...('own' in asked && asked.own.value === null ? { notCovered: OWN_GROUPS } : {}),
        },
      });
      if (!decision.ok)
        return { question, epsilon, answer: null, counts: null, refusal: decision.refusal, event: null };
      describe({ charged: chargedRelease(decision.run.event, account) });
      // Drawn with whole numbers only: the low bits of a double would tell of the count that they were added to (Mironov 2012).
      const noisy = discreteLaplaceMechanism({ scale: 1 / epsilon });
      const secure = random.secure();
      const counts = ready.counts().map((count) => noisy.release(count, secure));
      await decision.run.finish();
      const { id } = decision.run.event;
      return { question, epsilon, answer: counts[0]!, counts, refusal: null, event: id };
    } finally {
      ledger.close();
    }
  },
};
