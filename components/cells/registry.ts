/**
 * Every cell of the site, in reading order: one line each. Embeds, the lab and own notebooks find cells here; each is loaded only
 * where it is shown.
 */
import type { ComponentType } from 'react';

export interface CellEntry {
  /** Unique on the whole site, and the `id` of the cell's element. */
  id: string;
  /** The lesson that explains it. */
  lesson: string;
  title: string;
  /** One sentence: what one does with it. */
  summary: string;
  load(): Promise<ComponentType>;
}

export const CELLS: readonly CellEntry[] = [
  {
    id: 'detect',
    lesson: 'noise-on-pixels',
    title: 'Noise, and what a detector still sees',
    summary: 'Add noise to a picture and watch a detector lose its boxes.',
    load: async () => (await import('./detect/cell')).DetectCell,
  },
  {
    id: 'noise-sweep',
    lesson: 'noise-on-pixels',
    title: 'From clear to blind',
    summary: 'Sweep the noise from none to plenty and chart what the detector still finds.',
    load: async () => (await import('./noise-sweep/cell')).NoiseSweepCell,
  },
  {
    id: 'train',
    lesson: 'training-with-dp-sgd',
    title: 'Train privately, and plainly',
    summary:
      'Train on 60,000 handwritten digits, with and without differential privacy, at the ε you choose.',
    load: async () => (await import('./train/cell')).TrainCell,
  },
  {
    id: 'ask',
    lesson: 'a-budget-across-runs',
    title: 'Ask, and pay',
    summary: 'Ask a register of people private questions until its budget is spent.',
    load: async () => (await import('./ask/cell')).AskCell,
  },
  {
    id: 'compose',
    lesson: 'a-budget-across-runs',
    title: 'Run after run',
    summary: 'Put runs on a list and watch ε grow under four ways of counting.',
    load: async () => (await import('./compose/cell')).ComposeCell,
  },
  {
    id: 'plan',
    lesson: 'a-budget-across-runs',
    title: 'How many runs fit?',
    summary: 'Divide a budget among runs to come, and see how much noise each needs.',
    load: async () => (await import('./plan/cell')).PlanCell,
  },
];

export const findCell = (lesson: string, id: string): CellEntry | undefined =>
  CELLS.find((cell) => cell.lesson === lesson && cell.id === id);
