/** What the figure speaks of at a moment: the learner's own run while it belongs to the settings on the screen, else a recorded one. */
import { formatEpsilon } from '@/components/ledger/words';
import { percent, short } from '@/components/ui/format';
import { inPoints, pointsLost } from './gap';
import type { AccuracyPoint, RecordedPair } from './recorded';
import type { Twins } from './twin-plot';
import { type DigitWall, marksOf, type WallMarks } from './wall';

/** A report of a running training, as far as it is drawn here. */
export interface DigitUpdate extends AccuracyPoint {
  /** Spent so far, in nats. */
  epsilon: number;
  /** Null in what an earlier version of the site has kept. */
  wall?: DigitWall | null;
}

/** The learner's own run. */
export interface OwnRun {
  updates: readonly DigitUpdate[];
  /** ε that it spends when it is over. */
  epsilon: number;
  /** Steps when it is over. */
  total: number;
  seeded: boolean;
  /** The settings on the screen have moved since. */
  stale: boolean;
  busy: boolean;
}

export interface Shown {
  origin: 'live' | 'recorded';
  focus: Twins;
  others: readonly Twins[];
  total: number;
  marks: WallMarks | null;
  last: AccuracyPoint;
  /** ε of the focus when it is over. */
  epsilon: number;
  /** Of the learner's own run so far; null where the focus is recorded. */
  spent: number | null;
}

const EMPTY_CURVE: readonly AccuracyPoint[] = [];

export const recordedTwins = ({ epsilon, curve }: RecordedPair): Twins => ({
  id: 'recorded',
  words: `recorded at ε ${short(epsilon)}`,
  look: 'recorded',
  curve,
});

/**
 * @param recorded nearest to the slider
 * @param own null before the first report of a run
 * @param comparable the recorded run has the settings of the own one, but for ε
 */
export function whatIsShown(recorded: RecordedPair, own: OwnRun | null, comparable: boolean): Shown {
  const twins = recordedTwins(recorded);
  const lastOwn = own?.updates.at(-1);
  if (own && lastOwn && (own.busy || !own.stale)) {
    const focus: Twins = { id: 'live', words: own.seeded ? 'seeded' : '', look: 'live', curve: own.updates };
    const { wall } = lastOwn;
    return {
      origin: 'live',
      focus,
      others: comparable ? [twins] : [],
      total: own.total,
      marks: wall ? marksOf(wall) : null,
      last: lastOwn,
      epsilon: own.epsilon,
      spent: lastOwn.epsilon,
    };
  }
  const earlier: Twins[] =
    own && lastOwn
      ? [
          {
            id: 'earlier',
            words: `your run at ε ${formatEpsilon(own.epsilon)}`,
            look: 'earlier',
            curve: own.updates,
          },
        ]
      : [];
  const last = recorded.curve.at(-1)!;
  return {
    origin: 'recorded',
    focus: twins,
    others: earlier,
    total: Math.max(last.step, ...earlier.map(() => own!.total)),
    marks: recorded.marks,
    last,
    epsilon: recorded.epsilon,
    spent: null,
  };
}

/** A film of the recorded run: as far as a point of its curve. */
export function untilPoint(shown: Shown, point: number, frames: readonly WallMarks[]): Shown {
  const curve = shown.focus.curve.slice(0, point + 1);
  return {
    ...shown,
    focus: { ...shown.focus, curve: curve.length > 0 ? curve : EMPTY_CURVE },
    marks: frames[point] ?? shown.marks,
    last: curve.at(-1) ?? shown.last,
  };
}

/** What a listener hears when a run of their own is over. */
export function resultInWords({ updates, epsilon, seeded }: OwnRun): string {
  const last = updates.at(-1);
  if (!last) return '';
  const spent = seeded ? 'seeded: no ε covers it' : `ε ${formatEpsilon(epsilon)} spent`;
  return `Private ${percent(last.privateAccuracy)}, plain ${percent(last.plainAccuracy)}, ${spent}. Privacy costs ${inPoints(pointsLost(last))}.`;
}
