/** Counts the rounds of the game that were played, and those that were won. */
import * as z from 'zod';
import type { Experiment } from '@/lib/runtime/experiment';
import { isWon, readRounds } from '../game';
import { THREATS } from '../threats';

const params = z.object({
  /** A sign for each threat, as `writeRounds` has it. */
  rounds: z.string().max(100),
});

export type ThreatGameParams = z.output<typeof params>;

export interface ThreatGameResult {
  won: number;
  played: number;
  of: number;
}

export const threatGame: Experiment<ThreatGameParams, null, ThreatGameResult> = {
  id: 'threat-game',
  needs: 'maths',
  params,
  async run({ rounds: text }, { describe }) {
    describe({ noise: 'none', dataset: 'your own choices, which stay in this page and its link' });
    const rounds = readRounds(text);
    return {
      won: rounds.filter((worn, i) => worn !== null && isWon(THREATS[i]!, worn)).length,
      played: rounds.filter((worn) => worn !== null).length,
      of: THREATS.length,
    };
  },
};
