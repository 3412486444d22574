/** Whether this worker is at a run: what can wait, such as writing to the disk, lets runs go first. */

let runs = 0;
const LOOK_AGAIN_MS = 200;

/** @returns to be called when the run is over */
export function runBegins(): () => void {
  runs++;
  return () => {
    runs--;
  };
}

/** Resolves when no run is under way, and messages have been let in. */
export async function untilIdle(): Promise<void> {
  await new Promise((resume) => setTimeout(resume));
  while (runs > 0) await new Promise((resume) => setTimeout(resume, LOOK_AGAIN_MS));
}
