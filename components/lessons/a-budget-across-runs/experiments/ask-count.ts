/** One private counting query, charged to the ledger before it is answered. */
import * as z from 'zod';
import { type AccountRequest, openLedger, type Refusal } from '@/lib/ledger';
import type { Experiment } from '@/lib/runtime/experiment';
import { SITE_VERSION } from '@/lib/runtime/version';
import { makeRegister, QUESTIONS, type QuestionId, questionKey, registerAccount } from '../account';
import { OWN_QUESTION_TITLE, type OwnFile, readOwnQuestion } from '../own-table';

/** ε of this one answer, in nats. */
const epsilon = z.number().min(0.01).max(5);
const number = z.number().int().min(0);

const params = z.union([
  /** Of a table of the learner's own: how many rows have this value? */
  z.object({
    own: z.object({ file: z.string(), column: number, value: number, header: z.boolean().optional() }),
    epsilon,
  }),
  /** Of the register. */
  z.strictObject({ question: z.enum(Object.keys(QUESTIONS) as [QuestionId, ...QuestionId[]]), epsilon }),
]);

export type AskCountParams = z.output<typeof params>;

export interface AskCountResult {
  /** Equal for answers to the same question, see `questionKey`. */
  question: string;
  epsilon: number;
  /** The noisy count, or null if the budget did not allow the question. */
  answer: number | null;
  refusal: Refusal | null;
  /** The ledger's own id of this answer. */
  event: string | null;
}

/** Set with an account, so that there is something to use up. */
const FIRST_BUDGET = 1;

/** A question that is ready to be charged. `count` may be called only after that. */
interface Ready {
  account: AccountRequest;
  title: string;
  /** For the provenance. */
  dataset: string;
  count(): number;
}

function askRegister(question: QuestionId): Ready {
  const { people, hash } = makeRegister();
  return {
    account: registerAccount(hash),
    title: QUESTIONS[question].words,
    dataset: 'register of made-up people',
    count: () => people.filter(QUESTIONS[question].counts).length,
  };
}

export const askCount: Experiment<AskCountParams, null, AskCountResult> = {
  id: 'ask-count',
  needs: 'maths',
  params,
  async run(asked, { signal, describe, random, input }) {
    const { epsilon } = asked;
    const question = questionKey(asked);
    const ready: Ready =
      'own' in asked
        ? {
            ...readOwnQuestion(input<OwnFile>(asked.own.file), asked.own),
            title: OWN_QUESTION_TITLE,
            dataset: 'a table of your own',
          }
        : askRegister(asked.question);
    const ledger = await openLedger({ version: SITE_VERSION });
    try {
      const account = await ledger.account(ready.account);
      if (account.budgets.length === 0)
        await ledger.setBudget(account.id, FIRST_BUDGET, 'rdp', 'Set by the lesson “A budget across runs”.');
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
        phases: [{ perStep: [{ kind: 'pure', epsilon, count: 1 }], steps: 1 }],
        shows: 'nothing',
        noise: 'secure',
        settings: {
          mechanism: 'Laplace noise, rounded to a whole number',
          sensitivity: 1,
          scale: 1 / epsilon,
        },
      });
      if (!decision.ok) return { question, epsilon, answer: null, refusal: decision.refusal, event: null };
      // Rounding is post-processing, and keeps the low bits of the noise from telling anything (Mironov 2012).
      const answer = Math.round(ready.count() + random.secure().laplace(1 / epsilon));
      await decision.run.finish();
      return { question, epsilon, answer, refusal: null, event: decision.run.event.id };
    } finally {
      ledger.close();
    }
  },
};
