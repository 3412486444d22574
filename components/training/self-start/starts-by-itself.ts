/** Whether a run starts when its slider is let go: a question of seconds, asked in one place. */

/** A run that takes longer waits for Run. */
export const PATIENCE_SECONDS = 4;

export interface AtRelease {
  /** The reader's switch. */
  on: boolean;
  /** That the run is promised to take on this machine; null where nothing is known. */
  seconds: number | null;
  /** What is shown was not made with these settings. */
  changed: boolean;
}

export const startsByItself = ({ on, seconds, changed }: AtRelease): boolean =>
  on && changed && seconds !== null && seconds <= PATIENCE_SECONDS;

/** In words, for beside the button. @param on see above */
export function promiseInWords(on: boolean, seconds: number | null): string {
  if (seconds === null) return 'Press Run. How long it takes on this machine shows with the first run.';
  const about = `about ${seconds < 10 ? Math.max(0.1, seconds).toFixed(1) : Math.round(seconds)} s on this machine`;
  if (!on) return `A run takes ${about}.`;
  return startsByItself({ on, seconds, changed: true })
    ? `Let go of ε, and the training starts: ${about}.`
    : `Press Run: it takes ${about}.`;
}
