/**
 * How fast this machine runs an experiment, as its own runs have shown: kept in the browser for the whole site, so that a page can say
 * how long the next run will take. Another version of the site begins anew: its kernels are others.
 */
import { NAMES } from '@/lib/kept';
import { SITE_VERSION } from './version';

export interface Pace {
  /** Seconds that a unit of work took in the last runs, the newest last. What the unit is, the page says that runs them. */
  perUnit: readonly number[];
  /** Seconds until the first step, in a worker that had nothing ready; null where that was never seen. */
  preparation: number | null;
}

/** Runs that are looked back at. */
const REMEMBERED = 3;
const STORAGE_KEY = NAMES.pace;
const NOTHING: Pace = { perUnit: [], preparation: null };

type Paces = Readonly<Record<string, Pace>>;
/** Storage may be refused (embeds, private windows): what is known then lasts as long as the page. */
let known: Paces | null = null;

/** @param kind of the runs: those of one kind take the same time for the same work */
export function paceOf(kind: string): Pace {
  known ??= stored();
  return known[kind] ?? NOTHING;
}

/** @param perUnit seconds */
export function rememberRun(kind: string, perUnit: number): void {
  const { perUnit: before, preparation } = paceOf(kind);
  keep(kind, { perUnit: [...before, perUnit].slice(-REMEMBERED), preparation });
}

/** @param seconds from the start of a run to its first step, in a worker that had nothing ready */
export function rememberPreparation(kind: string, seconds: number): void {
  keep(kind, { ...paceOf(kind), preparation: seconds });
}

/**
 * Seconds that a run will take, or null where nothing is known: the middle one of the last runs, for one that fell on a busy moment
 * says little, plus what it takes to get ready.
 * @param work in units
 * @param warm everything is ready
 */
export function promisedSeconds({ perUnit, preparation }: Pace, work: number, warm: boolean): number | null {
  if (perUnit.length === 0 || (!warm && preparation === null)) return null;
  const sorted = [...perUnit].sort((a, b) => a - b);
  // Of two, the slower: a promise is better kept.
  const middle = sorted[Math.floor(sorted.length / 2)]!;
  return middle * work + (warm ? 0 : preparation!);
}

function keep(kind: string, pace: Pace): void {
  known = { ...(known ?? stored()), [kind]: pace };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ version: SITE_VERSION, paces: known }));
  } catch {
    // Remembered for this page only.
  }
}

const isSeconds = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0;

function isPace(value: unknown): value is Pace {
  if (typeof value !== 'object' || value === null) return false;
  const { perUnit, preparation } = value as Partial<Record<keyof Pace, unknown>>;
  return (
    Array.isArray(perUnit) && perUnit.every(isSeconds) && (preparation === null || isSeconds(preparation))
  );
}

function stored(): Paces {
  try {
    const { version, paces } = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}');
    if (version !== SITE_VERSION || typeof paces !== 'object' || paces === null) return {};
    return Object.fromEntries(
      Object.entries(paces).filter((entry): entry is [string, Pace] => isPace(entry[1])),
    );
  } catch {
    return {};
  }
}
