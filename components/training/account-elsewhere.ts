/** The accountant in a worker: one for the page, started when the first slider moves. */
import { startFromText } from '@/components/worker/start-from-text';
import { type AccountantQuestion, remember } from '@/lib/privacy';

/** A worker's answer; null where it could not say. */
export type AccountantAnswer = number | null;

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
const waiting: { answered(answer: AccountantAnswer): void }[] = [];

function giveUp(): void {
  worker?.terminate();
  worker = null;
  for (const one of waiting.splice(0)) one.answered(null);
}

function theWorker(): Worker | null {
  if (worker !== undefined) return worker;
  worker = started();
  worker?.addEventListener('message', ({ data }: MessageEvent<AccountantAnswer>) =>
    waiting.shift()?.answered(data),
  );
  worker?.addEventListener('error', giveUp);
  return worker;
}

const ask = (question: AccountantQuestion): Promise<AccountantAnswer> =>
  new Promise((answered) => {
    waiting.push({ answered });
    worker!.postMessage(question);
  });

/**
 * Has questions answered by the worker, one after the other, as long as there is another.
 * @param next the question that stands in the way, or null
 * @returns null where there is none, or no worker: then whoever asks works it out
 */
export function accountElsewhere(
  next: () => AccountantQuestion | null,
  wanted: () => boolean,
): Promise<void> | null {
  const first = next();
  if (first === null || theWorker() === null) return null;
  return (async () => {
    for (let question: AccountantQuestion | null = first; question !== null && wanted(); question = next()) {
      const answer = await ask(question);
      if (answer === null) return;
      remember(question, answer);
    }
  })();
}
