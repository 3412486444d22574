import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { AskCountResult } from './experiments/ask-count';
import type { ComposedTotals } from './experiments/compose-runs';
import type { RunsThatFit } from './experiments/plan-runs';

export const lesson: Lesson = {
  slug: 'a-budget-across-runs',
  title: 'A budget across runs',
  summary:
    'Ask a data set question after question, watch a ledger that never forgets, and learn how much tight accounting buys.',
  minutes: 30,
  needs: 'Runs anywhere',
  downloadMegabytes: 0,
  cells: [
    {
      id: 'ask',
      title: 'Ask, and pay',
      summary: 'Ask a register of people private questions until its budget is spent.',
      load: async () => (await import('#cells/a-budget-across-runs/ask')).AskCell,
      findings: findings<AskCountResult>(['private answer', (r) => r.answer]),
    },
    {
      id: 'compose',
      title: 'Run after run',
      summary: 'Put runs on a list and watch ε grow under four ways of counting.',
      load: async () => (await import('#cells/a-budget-across-runs/compose')).ComposeCell,
      findings: findings<readonly ComposedTotals[]>(
        ['runs', (r) => r.at(-1)?.runs],
        ['ε, added up', (r) => r.at(-1)?.naive],
        ['ε, advanced composition', (r) => r.at(-1)?.advanced],
        ['ε, RDP', (r) => r.at(-1)?.rdp],
        ['ε, PLD', (r) => r.at(-1)?.pld],
        ['ε, GDP approximation', (r) => r.at(-1)?.gdp],
      ),
    },
    {
      id: 'plan',
      title: 'How many runs fit?',
      summary: 'Divide a budget among runs to come, and see how much noise each needs.',
      load: async () => (await import('#cells/a-budget-across-runs/plan')).PlanCell,
      findings: findings<readonly RunsThatFit[]>(
        ['runs at the most noise, added up', (r) => r.at(-1)?.naive],
        ['runs at the most noise, RDP', (r) => r.at(-1)?.rdp],
        ['runs at the most noise, PLD', (r) => r.at(-1)?.pld],
        ['most noise σ', (r) => r.at(-1)?.noiseMultiplier],
      ),
    },
  ],
};
