/** Times as a speaker glances at them. */

const two = (value: number) => String(value).padStart(2, '0');

/** @param milliseconds since the beginning; a clock that was put back counts as nothing @returns `0:07`, `12:30`, `1:02:03` */
export function elapsedOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** @returns the hour of the day, on 24 hours: `09:05` */
export const clockOf = (now: Date) => `${two(now.getHours())}:${two(now.getMinutes())}`;
