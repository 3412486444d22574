/** The learner's own answer, randomised on this device and charged to the ledger before it is. */
import * as z from 'zod';
import { chargedRelease, openLedger, type Refusal } from '@/lib/ledger';
import type { Experiment } from '@/lib/runtime/experiment';
import { SITE_VERSION } from '@/lib/runtime/version';
import { OWN_ANSWERS_ACCOUNT, OWN_ANSWERS_BUDGET } from '../account';
import { oracleOf } from '../protocols';

const params = z.object({
  question: z.enum(['emoji', 'word']),
  protocol: z.enum(['choice', 'optimised', 'hadamard']),
  /** The true answer. It stays in this browser. */
  value: z.number().int().min(0),
  /** k */
  categories: z.number().int().min(2).max(64),
  /** ε of one report, in nats. */
  epsilon: z.number().min(0.05).max(10),
  /** Reports made one after the other, each with fresh noise. */
  reports: z.number().int().min(1).max(50),
});

export type OwnReportParams = z.output<typeof params>;

export interface OwnReport {
  /** The ledger's own id of this report, with its number in the run. */
  id: string;
  /** What leaves the device: values that the report supports. */
  supports: number[];
}

export interface OwnReportResult {
  reports: OwnReport[];
  refusal: Refusal | null;
}

const WORDS = { emoji: 'Your emoji, reported', word: 'Your next word, reported' };

/** Which of the k values a report speaks for. */
export function supported(protocol: OwnReportParams['protocol'], epsilon: number, categories: number) {
  const { oracle } = oracleOf(protocol, epsilon, categories)!;
  return {
    oracle,
    of(report: number | Uint8Array): number[] {
      const { counts } = oracle.supportCounts([report]);
      return Array.from(counts.keys()).filter((value) => counts[value]! > 0.5);
    },
  };
}

export const ownReport: Experiment<OwnReportParams, null, OwnReportResult> = {
  id: 'own-report',
  needs: 'maths',
  params,
  async run({ question, protocol, value, categories, epsilon, reports }, { signal, describe, random }) {
    const { oracle, of } = supported(protocol, epsilon, categories);
    describe({
      noise: 'cryptographic',
      epsilon,
      delta: 0,
      accountant: 'each report: pure ε, replace-one',
      dataset: 'your own answer',
    });
    const ledger = await openLedger({ version: SITE_VERSION });
    try {
      const account = await ledger.account(OWN_ANSWERS_ACCOUNT);
      if (account.budgets.length === 0)
        await ledger.setBudget(
          account.id,
          OWN_ANSWERS_BUDGET,
          // Reports are chosen after others were seen: only this one holds then.
          'adaptive',
          'Set by the lesson “Telemetry with local DP”.',
        );
      signal.throwIfAborted();
      const decision = await ledger.charge({
        account: account.id,
        kind: 'local-report',
        title: WORDS[question],
        phases: [{ perStep: [{ kind: 'pure', epsilon, count: 1 }], steps: reports }],
        shows: 'nothing',
        noise: 'secure',
        settings: { mechanism: oracle.name, categories },
      });
      if (!decision.ok) return { reports: [], refusal: decision.refusal };
      describe({ charged: chargedRelease(decision.run.event, account) });
      const secure = random.secure();
      const { id } = decision.run.event;
      const made = Array.from({ length: reports }, (_, i) => ({
        id: `${id}/${i}`,
        supports: of(oracle.perturb(value, secure)),
      }));
      await decision.run.finish();
      return { reports: made, refusal: null };
    } finally {
      ledger.close();
    }
  },
};
