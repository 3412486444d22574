/** What passes between a page and the accountant’s worker. */
import type { AccountantQuestion, PrivacyEvent, RiskQuestion } from '@/lib/privacy';
import type { NoiseOfRisk, OddsFigures } from '@/lib/runs/odds';

/** What the worker is asked: what some releases cost, what an attacker makes of them, or with how much noise he makes no more of them. */
export type WorkerQuestion = AccountantQuestion | { odds: readonly PrivacyEvent[] } | { risk: RiskQuestion };

/** Its answer; null where it could not say. */
export type WorkerAnswer = number | OddsFigures | NoiseOfRisk | null;
