/**
 * The panel before it is there: the recorded run that it opens with, as a server draws it. Nothing of it needs a script.
 */

import { DigitWall } from './digit-wall';
import { inWords } from './in-words';
import { type RecordedCurves, recordedPair } from './recorded';
import recorded from './recorded.json';
import { recordedTwins } from './shown';
import { TwinPlot } from './twin-plot';

/** ε that the panel opens with. */
const OPENS_WITH = 2;

export function EpsilonFigureStill({ height = 200 }: { height?: number }) {
  const pair = recordedPair(recorded as RecordedCurves, OPENS_WITH);
  const focus = recordedTwins(pair);
  return (
    <div className="grid items-start gap-4 @xl:grid-cols-[minmax(0,1fr)_15rem]" data-still>
      <div role="img" aria-label={`Test accuracy. ${inWords(focus)}`}>
        <TwinPlot {...{ focus, height }} width={560} others={[]} total={focus.curve.at(-1)!.step} fluid />
      </div>
      <DigitWall marks={pair.marks} words={focus.words} />
    </div>
  );
}
