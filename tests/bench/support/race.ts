/** Starts a race in a Chromium of its own, so that nothing is left over from the one before. */
import { cpus, loadavg } from 'node:os';
import { runSuite } from '@/tests/harness/chromium';
import { ENGINE_SCRIPTS, METERS_SCRIPT } from '../pages/frames';
import type { Answer, Contender, Measured, Question } from '../pages/race';
import { installPeers, versionOf } from './peers';
import { type Ratio, ratioOf } from './ratios';

const FOLDER = 'tests/bench/pages';
const TIMEOUT_MS = 1_800_000;

/** @param verbose prints how far it is: a software GPU may take minutes for a step */
export async function race(question: Question, verbose = false): Promise<Answer> {
  installPeers();
  const isolated = question.threads > 1 || question.memory === true;
  return runSuite<Answer>(`${FOLDER}/race.ts`, question, {
    isolated,
    verbose,
    timeout: TIMEOUT_MS,
    scripts: {
      [METERS_SCRIPT]: `${FOLDER}/meters.ts`,
      [ENGINE_SCRIPTS.ours]: `${FOLDER}/engines/ours.ts`,
      [ENGINE_SCRIPTS['jax-js']]: `${FOLDER}/engines/jax.ts`,
      [ENGINE_SCRIPTS.tfjs]: `${FOLDER}/engines/tfjs.ts`,
    },
    // Else the browser waits for a collection of garbage before it counts.
    flags: question.memory ? ['--enable-blink-features=ForceEagerMeasureMemory'] : [],
  });
}

/** Null where one of them has no times. */
export function ratioBetween(measured: readonly Measured[], of: Contender, to: Contender): Ratio | null {
  const times = (name: Contender) => measured.find(({ contender }) => contender === name)?.times ?? [];
  return times(of).length > 0 && times(to).length > 0 ? ratioOf(times(of), times(to)) : null;
}

export interface Machine {
  cpu: string;
  cores: number;
  load: number[];
  peers: Record<string, string>;
}

export function describeMachine(): Machine {
  installPeers();
  const peers = ['@jax-js/jax', '@tensorflow/tfjs'].map((name) => [name, versionOf(name)]);
  return {
    cpu: cpus()[0]?.model.trim() ?? '',
    cores: cpus().length,
    load: loadavg(),
    peers: Object.fromEntries(peers),
  };
}

export const loadNow = (): string =>
  loadavg()
    .map((value) => value.toFixed(1))
    .join(' ');
