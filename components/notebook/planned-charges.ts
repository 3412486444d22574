/** What the cells of a notebook say that a run with the settings on the screen would be charged: the very lines that a reader sees before Run. */
import type { WhatIfProps } from '@/components/ledger/what-if-answer';

export type PlannedCharge = Pick<WhatIfProps, 'account' | 'phases' | 'practice'>;

export class PlannedCharges {
  readonly #plans = new Map<string, PlannedCharge>();

  /** @param id of the line @returns takes it back */
  tell(id: string, plan: PlannedCharge): () => void {
    this.#plans.set(id, plan);
    return () => {
      if (this.#plans.get(id) === plan) this.#plans.delete(id);
    };
  }

  /** In no order; empty where nothing would be charged, or where what it would be is still being worked out. */
  all(): PlannedCharge[] {
    return [...this.#plans.values()];
  }
}
