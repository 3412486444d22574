/**
 * Keeps the site for a time without a network, while its reader waits for nothing: once the page has what it needs itself, a few files
 * at a time, and not during a run, which would share the processor and the network with it.
 */
import { isRunning } from './running';
import { ask } from './service-worker';

const AFTER_MS = 3000;
const LOOK_AGAIN_MS = 500;
const FILES_AT_A_TIME = 24;

const sleep = (ms: number) => new Promise<void>((resume) => setTimeout(resume, ms));

/** @param left the page is left: what is kept by then stays, and the next page goes on */
export async function keepQuietly(left: AbortSignal): Promise<void> {
  await sleep(AFTER_MS);
  while (!left.aborted) {
    if (isRunning()) await sleep(LOOK_AGAIN_MS);
    // Refused, or without a network: the next page tries again.
    else if (await ask({ type: 'keep-site', most: FILES_AT_A_TIME }).catch(() => true)) return;
  }
}
