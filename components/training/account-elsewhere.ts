/** The accountant in a worker: one for the page, started when the first slider moves. */
import { startFromText } from '@/components/worker/start-from-text';
import {
  type AccountantQuestion,
  firstQuestion,
  type PrivacyEvent,
  type RiskQuestion,
  remember,
} from '@/lib/privacy';
import type { NoiseOfRisk, OddsFigures } from '@/lib/runs/odds';
import type { WorkerAnswer, WorkerQuestion } from './worker-questions';

/** The literal `new URL` is what the bundler looks for. */
const start = () =>
  new Worker(new URL('./accountant-worker.ts', import.meta.url), { type: 'module', name: 'accountant' });

function started(): Worker | null {
  if (typeof Worker === 'undefined') return null;
  try {
    return start();
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'SecurityError')) return null;
    return startFromText(start);
  }
}

/** Undefined until it is wanted, null where there is none. */
let worker: Worker | null | undefined;
/** Whoever asked first is answered first. */
const waiting: { answered(answer: WorkerAnswer): void }[] = [];

function giveUp(): void {
  worker?.terminate();
  worker = null;
  for (const one of waiting.splice(0)) one.answered(null);
}

function theWorker(): Worker | null {
  if (worker !== undefined) return worker;
  worker = started();
  worker?.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) =>
    waiting.shift()?.answered(data),
  );
  worker?.addEventListener('error', giveUp);
  return worker;
}

/** The kind of answer follows from the kind of question. */
const ask = <Answer extends WorkerAnswer>(question: WorkerQuestion): Promise<Answer | null> =>
  new Promise((answered) => {
    waiting.push({ answered: (answer) => answered(answer as Answer | null) });
    worker!.postMessage(question);
  });

/** What the best attacker makes of some releases; null where there is no worker, or it could not say. */
export const oddsElsewhere = (odds: readonly PrivacyEvent[]): Promise<OddsFigures | null> =>
  theWorker() === null ? Promise.resolve(null) : ask<OddsFigures>({ odds });

/** The noise with which a run keeps to a risk; null as above. */
export const noiseElsewhere = (risk: RiskQuestion): Promise<NoiseOfRisk | null> =>
  theWorker() === null ? Promise.resolve(null) : ask<NoiseOfRisk>({ risk });

/**
 * Has all that `work` asks of the accountant answered by the worker, one question after the other.
 * @returns null where nothing is open, or no worker: then whoever asks works it out
 */
export function accountElsewhere(work: () => void, wanted: () => boolean): Promise<void> | null {
  const first = firstQuestion(work);
  if (first === null || theWorker() === null) return null;
  return (async () => {
    let question: AccountantQuestion | null = first;
    for (; question !== null && wanted(); question = firstQuestion(work)) {
      const answer = await ask<number>(question);
      if (answer === null) return;
      remember(question, answer);
    }
  })();
}
