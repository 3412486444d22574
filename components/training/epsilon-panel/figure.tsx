'use client';

/** Accuracy against steps beside the wall of digits, with the numbers they come down to; live, or recorded and said to be so. */
import { formatEpsilon } from '@/components/ledger/words';
import { Facts } from '@/components/notebook/facts';
import { count, fixed, percent, short } from '@/components/ui/format';
import { DigitWall } from './digit-wall';
import { inPoints, pointsLost } from './gap';
import type { RecordedCurves } from './recorded';
import recorded from './recorded.json';
import type { Shown } from './shown';
import { TwinCurves } from './twin-curves';

const { made }: RecordedCurves = recorded as RecordedCurves;

/** How the recorded runs came to be, in a sentence. */
export const RECORDED_SOURCE = `Recorded from real runs (${made.date}, ${made.model}, ${made.backend}): 200 steps, expected lot ${count(made.expectedBatchSize)}, δ ${made.delta}, ${made.noise} noise, seed ${made.seed}, ${made.accountant}; ${made.dataset}.`;

export function EpsilonFacts({ shown }: { shown: Shown }) {
  const { origin, last, epsilon, spent } = shown;
  const recordedHere = origin === 'recorded';
  return (
    <Facts
      columns="2 or 4"
      facts={[
        {
          name: 'Private',
          value: percent(last.privateAccuracy),
          note: recordedHere ? `recorded at ε ${short(epsilon)}` : 'of the test digits',
        },
        {
          name: 'Plain',
          value: percent(last.plainAccuracy),
          note: recordedHere ? 'recorded' : 'no promise at all',
        },
        { name: 'Price of privacy', value: fixed(pointsLost(last), 1), note: 'points of accuracy' },
        {
          name: 'ε spent',
          value: spent === null ? '–' : formatEpsilon(spent),
          note: spent === null ? 'a recording costs nothing' : `of ${formatEpsilon(epsilon)}`,
        },
      ]}
    />
  );
}

/** The same in a line, where there is no room for boxes. */
export function EpsilonReading({ shown: { last, spent, epsilon } }: { shown: Shown }) {
  const numbers = [
    ['Private', percent(last.privateAccuracy)],
    ['Plain', percent(last.plainAccuracy)],
    ['Privacy costs', inPoints(pointsLost(last))],
    ['ε spent', spent === null ? '–' : `${formatEpsilon(spent)} of ${formatEpsilon(epsilon)}`],
  ] as const;
  return (
    <dl className="flex flex-wrap justify-between gap-x-5 gap-y-1">
      {numbers.map(([name, value]) => (
        <div key={name}>
          <dt className="text-sm leading-tight text-secondary">{name}</dt>
          <dd className="text-lg font-semibold leading-tight tabular-nums" data-figure={name}>
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface EpsilonFigureProps {
  shown: Shown;
  /** Where the slider stands. */
  epsilon: number;
  height?: number;
}

/** The two pictures. */
export function EpsilonFigure({ shown, epsilon, height = 280 }: EpsilonFigureProps) {
  const recordedHere = shown.origin === 'recorded';
  const words = recordedHere ? `recorded at ε ${short(shown.epsilon)}` : 'in your run';
  return (
    <div
      className="grid items-start gap-4 @xl:grid-cols-[minmax(0,1fr)_15rem]"
      data-shown={shown.origin}
      data-shown-epsilon={shown.epsilon}
    >
      <TwinCurves
        title="Test accuracy"
        caption={
          <span className="block min-h-[2lh]">
            {recordedHere
              ? nearestInWords(epsilon, shown.epsilon)
              : 'Live: the share of the 10,000 test digits read rightly. Both models have the same features, lots and steps.'}
          </span>
        }
        focus={shown.focus}
        others={shown.others}
        total={shown.total}
        height={height}
        {...(recordedHere ? { source: [RECORDED_SOURCE] } : {})}
      />
      {shown.marks ? <DigitWall marks={shown.marks} words={words} /> : null}
    </div>
  );
}

/** Which recorded run is shown at this place of the slider. */
function nearestInWords(epsilon: number, recordedEpsilon: number): string {
  return epsilon === recordedEpsilon
    ? `Recorded earlier: a real run at ε ${short(recordedEpsilon)}.`
    : `Recorded earlier: a real run at ε ${short(recordedEpsilon)}, the nearest of them to ε ${short(epsilon)}.`;
}
