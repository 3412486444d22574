import { untilReleased } from './hold';

/** Lets messages in (Stop among them) and rests while runs are held, then throws the signal's reason if it was stopped. */
export async function pause(signal: AbortSignal): Promise<void> {
  // A message channel turns around in microseconds; setTimeout is clamped to 4 ms after a few calls.
  await new Promise<void>((resume) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resume();
    };
    port2.postMessage(null);
  });
  await untilReleased(signal);
  signal.throwIfAborted();
}

/**
 * Pauses when the last one was some milliseconds ago: for work in pieces so small that letting messages in after each would
 * cost more than the work.
 */
export function pacedPause(signal: AbortSignal, everyMs = 20): () => Promise<void> {
  let next = performance.now() + everyMs;
  return async () => {
    signal.throwIfAborted();
    if (performance.now() < next) return;
    await pause(signal);
    next = performance.now() + everyMs;
  };
}
