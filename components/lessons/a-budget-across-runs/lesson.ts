import { findings } from '@/lib/notebook/own/findings';
import type { Lesson } from '../lesson';
import type { AskCountResult } from './experiments/ask-count';
import type { BestOfResult } from './experiments/best-of-tries';
import type { ComposedTotals } from './experiments/compose-runs';
import type { RunsThatFit } from './experiments/plan-runs';
import type { PrivateHistogramResult } from './experiments/private-histogram';
import type { RunningSumsResult } from './experiments/running-sums';
import type { ShuffledPoint } from './experiments/shuffled-lots';

export const lesson: Lesson = {
  slug: 'a-budget-across-runs',
  title: 'A budget across runs',
  summary:
    'Ask a data set question after question, watch a ledger that never forgets, and learn how much tight accounting buys.',
  minutes: 45,
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
      id: 'histogram',
      title: 'Many groups, one histogram',
      summary:
        'Count many groups for the price of one, see when that fails, and draw synthetic people from the counts.',
      load: async () => (await import('#cells/a-budget-across-runs/histogram')).HistogramCell,
      poster: async () => (await import('#posters/a-budget-across-runs/histogram')).poster,
      findings: findings<PrivateHistogramResult>(
        ['error of a count, one histogram', (r) => r.error.parallel],
        ['error of a count, ε shared out', (r) => r.error.shared],
        ['error of a group of synthetic people', (r) => r.error.synthetic],
        ['ε of the histogram', (r) => r.cost.parallel],
        ['ε, added up', (r) => r.cost.addedUp],
      ),
    },
    {
      id: 'shuffled',
      title: 'Poisson lots, or shuffled ones?',
      summary: 'See how much larger the ε of a training is if its lots are shuffled and not drawn by chance.',
      load: async () => (await import('#cells/a-budget-across-runs/shuffled')).ShuffledCell,
      poster: async () => (await import('#posters/a-budget-across-runs/shuffled')).poster,
      findings: findings<readonly ShuffledPoint[]>(
        ['ε, Poisson lots', (r) => r.at(-1)?.poisson],
        ['ε, shuffled lots, at least', (r) => r.at(-1)?.atLeast],
        ['ε, shuffled lots, at most', (r) => r.at(-1)?.atMost],
      ),
    },
    {
      id: 'streams',
      title: 'Without sampling: noise that cancels',
      summary:
        'See why phones train by DP-FTRL: noise that cancels over the rounds, and no sampling to be proved.',
      load: async () => (await import('#cells/a-budget-across-runs/streams')).StreamsCell,
      poster: async () => (await import('#posters/a-budget-across-runs/streams')).poster,
      findings: findings<RunningSumsResult>(
        ['noise at its worst, fresh', (r) => r.worst.independent],
        ['noise at its worst, on a tree', (r) => r.worst.tree],
        ['noise at its worst, square-root matrix', (r) => r.worst.squareRoot],
        ['noise at its worst, Poisson sampling', (r) => r.worst.poisson],
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
    {
      id: 'best-of',
      title: 'The best of many tries, privately',
      summary: 'Try many settings, publish the best model alone, and pay for three tries and not for all.',
      load: async () => (await import('#cells/a-budget-across-runs/best-of')).BestOfCell,
      poster: async () => (await import('#posters/a-budget-across-runs/best-of')).poster,
      findings: findings<BestOfResult>(
        ['ε of the best, at most', (r) => r.atMost],
        ['ε of the best, reached', (r) => r.reached],
        ['chance that the best setting is tried', (r) => r.found],
        ['tries on average, drawn', (r) => r.searches.tries],
      ),
    },
  ],
};
