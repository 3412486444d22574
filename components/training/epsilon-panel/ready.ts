/** What the preparation of the digits says of the speed of this machine. */

/** What a run does beside its steps' sums: it draws lots and noise, and moves the weights. Estimated as a factor; the first whole run puts its own time in the place of it. */
const BESIDE = 1.4;

/** Seconds that a unit of work takes, as `digitWork` counts it; null where it was not found. @param result of the preparation */
export function secondsPerUnit(result: unknown): number | null {
  const milliseconds = (result as { millisecondsPerDigit?: unknown } | null)?.millisecondsPerDigit;
  return typeof milliseconds === 'number' && milliseconds > 0 ? (BESIDE * milliseconds) / 1000 : null;
}
