/**
 * Lets the runs of this worker rest, and go on where they were: nothing is lost, and nothing is charged twice. A run rests where it
 * lets messages in (`pause`); what computes in one piece is done first.
 */

let released: Promise<void> | null = null;
let release = () => {};

export function holdRuns(held: boolean): void {
  if (held === (released !== null)) return;
  if (held) {
    released = new Promise((resolve) => {
      release = resolve;
    });
    return;
  }
  released = null;
  release();
}

/** Resolves at once, or when runs may go on again; by a Stop too, which is heard at rest as well. */
export async function untilReleased(signal: AbortSignal): Promise<void> {
  while (released !== null && !signal.aborted) {
    const stopped = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    await Promise.race([released, stopped]);
  }
}
