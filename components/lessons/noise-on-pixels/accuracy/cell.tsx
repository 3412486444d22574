'use client';

import { useEffect, useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { wholePercent } from '@/components/ui/format';
import type { SampleLabels } from '@/components/vision/sample-set';
import { type ChosenDetector, useDetector } from '@/components/vision/use-detector';
import { useLabelledSet } from '@/components/vision/use-labelled-set';
import type { SetPoint } from '@/lib/detection/metrics/set-sweep';
import { curve } from '../curve';
import { detectParameters } from '../detect/parameters';
import type { AccuracySweepParams, AccuracySweepResult } from '../experiments/accuracy-sweep';
import { accuracyParameters } from './parameters';
import { SetChooser } from './set-chooser';
import { VanishingFigure } from './vanishing-figure';

function labelsFor({ checkpoint, embedded, classNames }: ChosenDetector): SampleLabels | null {
  if (embedded === 'faces') return 'faces';
  if (checkpoint?.facts.family === 'scene') return 'scenes';
  return classNames.length === 80 && classNames[0] === 'person' ? 'coco' : null;
}

/** Accuracy by the field's own measures, on a labelled set, under ever more noise. */
export function AccuracyCell() {
  const shared = useParameters(detectParameters);
  const { values, panel } = useParameters(accuracyParameters);
  const [brought, setBrought] = useState(false);
  const detector = useDetector(shared.values.sample, brought);
  const source = useLabelledSet(labelsFor(detector));
  useEffect(() => setBrought(source.own), [source.own]);
  const { noiseKind, confidence, seed } = shared.values;
  const { maxNoise, setPoints: points, setDraws: draws } = values;
  const { set } = source;
  const pictures = useMemo(
    () => (set?.pictures ?? []).map(({ key, name, labels }) => ({ key, name, labels: labels?.key ?? null })),
    [set],
  );
  const inputs = useMemo(
    () => [
      ...detector.inputs,
      ...(set?.pictures ?? []).flatMap(({ key, rgba, labels }) => [
        { key, value: rgba as unknown },
        ...(labels ? [{ key: labels.key, value: labels.text as unknown }] : []),
      ]),
    ],
    [set, detector.inputs],
  );
  const handle = useExperiment<AccuracySweepParams, SetPoint, AccuracySweepResult>({
    cellId: 'accuracy',
    experimentId: 'accuracy-sweep',
    enabled: pictures.length > 0,
    params: {
      ...{ pictures, dataset: set?.title ?? '', noiseKind, confidence, seed, draws, maxNoise, points },
      ...(set?.classNames ? { classNames: [...set.classNames] } : {}),
      ...detector.params,
    },
    inputs,
  });
  const { updates, latest, ranWith, result } = handle;
  const series = useMemo(
    () => [
      line('recall', 'Recall', 'private', curve(updates, 'recall')),
      line('precision', 'Precision', 'plain', curve(updates, 'precision')),
      line('map50', 'mAP50', 'attacker', curve(updates, 'mAP50')),
      line('map50-95', 'mAP50-95', 'noise', curve(updates, 'mAP50_95')),
    ],
    [updates],
  );
  const end = ranWith?.maxNoise ?? maxNoise;
  const yardstick = (ranWith?.pictures ?? pictures).every(({ labels }) => labels === null)
    ? 'what the detector finds in the clean pictures'
    : 'the labels';

  return (
    <Cell
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <SetChooser source={source} classes={detector.classNames} />
        </>
      }
    >
      {updates.length === 0 ? (
        <EmptyStage press="Run">
          {detector.title} looks at {pictures.length} pictures at {points} noise scales,{' '}
          {points * draws * pictures.length} times in all, and is compared with {yardstick}.
        </EmptyStage>
      ) : (
        <>
          <LineFigure
            title="Accuracy on the set"
            summary={`At noise ${latest?.scale ?? 0}, recall is ${said(latest?.recall)} and mAP50 is ${said(latest?.mAP50)}.`}
            caption={`Compared with ${yardstick}. Precision and recall count what is above the confidence; average precision looks at every score.`}
            series={series}
            x={{ label: 'noise scale', min: 0, max: end }}
            y={{ label: 'share', min: 0, max: 1, format: wholePercent }}
            showLatest={false}
          />
          {result?.notes?.map((note) => (
            <p key={note} className="text-sm text-secondary wrap-anywhere">
              {note}
            </p>
          ))}
          <VanishingFigure points={updates} maxNoise={end} />
        </>
      )}
    </Cell>
  );
}

const said = (share: number | null | undefined) =>
  share === null || share === undefined ? 'undefined' : wholePercent(share);
