/** All bounds from one run's scores, by name: for who shows them side by side. */
import { fDpAudit } from './f-dp-audit';
import { gaussianShiftAudit, gaussianSpreadAudit } from './gaussian-score-audit';
import { bestByGuesses, type ScoredCanaries } from './guesses';
import { oneRunAudit } from './one-run-audit';

export type AuditBound = 'steinke' | 'curve' | 'shift' | 'spread';

export const AUDIT_BOUNDS: readonly AuditBound[] = ['steinke', 'curve', 'shift', 'spread'];

export interface AuditQuestion extends ScoredCanaries {
  delta: number;
  /** Of this bound alone: who reads several gives each its share. */
  pValue: number;
  /** How far a canary that is in moves its own score, on average; for `spread` alone. */
  signal: number;
}

/** ε proven from below by one bound. May be infinite. */
export function auditBound(bound: AuditBound, question: AuditQuestion): number {
  switch (bound) {
    case 'steinke':
      return bestByGuesses(question, oneRunAudit).epsilonLowerBound;
    case 'curve':
      return bestByGuesses(question, fDpAudit).epsilonLowerBound;
    case 'shift':
      return gaussianShiftAudit(question).epsilonLowerBound;
    case 'spread':
      return gaussianSpreadAudit(question).epsilonLowerBound;
  }
}

/** All four, which hold together with confidence 1 − pValue: each is held to a quarter of it (Bonferroni). */
export function auditSideBySide(question: AuditQuestion): Record<AuditBound, number> {
  const pValue = question.pValue / AUDIT_BOUNDS.length;
  const of = (bound: AuditBound) => auditBound(bound, { ...question, pValue });
  return { steinke: of('steinke'), curve: of('curve'), shift: of('shift'), spread: of('spread') };
}
