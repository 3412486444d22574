'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { type LineSeries, line } from '@/components/charts/series';
import { Columns } from '@/components/ui/columns';
import { percent, wholePercent } from '@/components/ui/format';
import { CalibrationFigure } from './calibration-figure';
import type { ClassifierFigures, ClassifyResult, Spread } from './experiments/classify';

const withSpread = ({ mean, spread }: Spread) =>
  spread === null ? percent(mean) : `${percent(mean)} ± ${(100 * spread).toFixed(1)}`;

const ROWS: readonly { name: string; read(figures: ClassifierFigures): string; what: string }[] = [
  { name: 'Accuracy', read: (f) => withSpread(f.accuracy), what: 'judged rightly' },
  { name: 'Sensitivity', read: (f) => withSpread(f.sensitivity), what: 'of the malignant ones, found' },
  { name: 'Specificity', read: (f) => withSpread(f.specificity), what: 'of the benign ones, cleared' },
  {
    name: 'Area under ROC',
    read: ({ auc: { mean, spread } }) =>
      `${mean.toFixed(3)}${spread === null ? '' : ` ± ${spread.toFixed(3)}`}`,
    what: 'a malignant one scores above a benign one',
  },
  { name: 'Missed', read: (f) => String(f.missed), what: 'malignant, called benign' },
  { name: 'False alarms', read: (f) => String(f.alarms), what: 'benign, called malignant' },
  {
    name: 'Calibration error',
    read: (f) => percent(f.calibrationError),
    what: 'gap between said and happened, on average',
  },
];

/** The two models side by side, in numbers. */
export function ClassifierTable({ result }: { result: ClassifyResult }) {
  if (result.plain === null || result.private === null) return null;
  const { plain, private: dp } = result;
  return (
    <table className="w-full border-collapse text-sm tabular-nums">
      <caption className="pb-2 text-left text-secondary">
        {result.tested} patients, each judged by a model that has not seen them
        {plain.accuracy.spread === null ? '.' : '; mean of five folds ± their standard deviation.'}
      </caption>
      <thead>
        <tr className="border-b border-line-strong text-left">
          <Columns
            names={['Figure', 'Private', 'Plain']}
            className="py-1.5 pr-2 text-right font-semibold first:text-left last:pr-0"
          />
        </tr>
      </thead>
      <tbody>
        {ROWS.map(({ name, read, what }) => (
          <tr key={name} className="border-b border-line last:border-0" data-row={name}>
            <th scope="row" className="py-1 pr-2 text-left font-normal">
              {name} <span className="hidden text-secondary @lg:inline">· {what}</span>
            </th>
            <td
              className="whitespace-nowrap py-1 pr-2 text-right font-semibold"
              data-figure={`${name} private`}
            >
              {read(dp)}
            </td>
            <td className="whitespace-nowrap py-1 text-right" data-figure={`${name} plain`}>
              {read(plain)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const both = (
  { plain, private: dp }: ClassifyResult,
  read: (figures: ClassifierFigures) => LineSeries['points'],
) =>
  plain && dp
    ? [line('private', 'Private', 'private', read(dp)), line('plain', 'Plain', 'plain', read(plain))]
    : [];

/** ROC and calibration. */
export function ClassifierCurves({ result }: { result: ClassifyResult }) {
  const { plain, private: dp } = result;
  const roc = useMemo(
    () =>
      both(result, (found) => found.roc.map((at) => ({ x: at.falsePositiveRate, y: at.truePositiveRate }))),
    [result],
  );
  if (!plain || !dp) return null;
  // Where both are good, only a corner of the square tells them apart.
  const corner = Math.min(dp.auc.mean, plain.auc.mean) > 0.96;
  return (
    <div className="grid gap-6 @3xl:grid-cols-2">
      <LineFigure
        title="ROC: found against false alarms"
        summary={`Area ${dp.auc.mean.toFixed(3)} private, ${plain.auc.mean.toFixed(3)} plain.`}
        caption={`One curve over all tested patients, as the threshold falls from 1 to 0. Up and to the left is better.${corner ? ' Only the upper left corner is shown.' : ''}`}
        series={roc}
        x={{ label: 'benign ones called malignant', min: 0, max: corner ? 0.2 : 1, format: wholePercent }}
        y={{ label: 'malignant ones found', min: corner ? 0.8 : 0, max: 1, format: wholePercent }}
        showLatest={false}
        height={240}
      />
      <CalibrationFigure dp={dp} plain={plain} />
    </div>
  );
}
