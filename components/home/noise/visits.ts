/** The positions that a reader, or the play, has been at, and what was found there. */

export interface Visit {
  noise: number;
  /** Faces found. */
  found: number;
  /** False where it is a recorded look. */
  live: boolean;
}

/** The same list, or one with the visit in it, by growing noise. A live look takes the place of a recorded one, never the other way. */
export function withVisit(visits: readonly Visit[], visit: Visit): readonly Visit[] {
  const before = visits.find(({ noise }) => noise === visit.noise);
  if (before && (before.live || !visit.live)) return visits;
  return [...visits.filter((one) => one !== before), visit].sort((a, b) => a.noise - b.noise);
}
