'use client';

import { useMemo } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import { line } from '@/components/charts/series';
import earlier from '@/components/embed/recorded-runs/noise-sweep.json';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { wholePercent } from '@/components/ui/format';
import { useDetector } from '@/components/vision/use-detector';
import { usePictureSource } from '@/components/vision/use-picture-source';
import { curve } from '../curve';
import { detectParameters } from '../detect/parameters';
import type { NoiseSweepParams, NoiseSweepResult, NoiseSweepUpdate } from '../experiments/noise-sweep';
import { sweepParameters } from './parameters';

/** The whole curve behind the noise slider. */
export function NoiseSweepCell() {
  const shared = useParameters(detectParameters);
  const own = useParameters(sweepParameters);
  const { sample, noiseKind, confidence, seed } = shared.values;
  const detector = useDetector(sample);
  const { picture } = usePictureSource({
    sample,
    onSample: (id) => shared.set('sample', id),
    busy: true,
    inputSize: detector.params.inputSize,
  });
  const handle = useExperiment<NoiseSweepParams, NoiseSweepUpdate, NoiseSweepResult>({
    cellId: 'noise-sweep',
    experimentId: 'noise-sweep',
    enabled: picture !== null,
    params: { picture: picture?.key ?? '', noiseKind, confidence, seed, ...own.values, ...detector.params },
    inputs: picture ? [...detector.inputs, { key: picture.key, value: picture.rgba }] : [],
  });
  const { updates, result, latest } = handle;
  const agreement = useMemo(
    () => [
      line('recall', 'Recall', 'private', curve(updates, 'recall')),
      line('precision', 'Precision', 'plain', curve(updates, 'precision')),
      line('confidence', 'Mean confidence', 'noise', curve(updates, 'referenceConfidence')),
    ],
    [updates],
  );
  const counts = useMemo(() => [line('count', 'Boxes', 'private', curve(updates, 'count'))], [updates]);
  const x = { label: 'noise scale', min: 0, max: handle.ranWith?.maxNoise ?? own.values.maxNoise };

  return (
    <Cell handle={handle} controls={<ParameterPanel {...own.panel} />}>
      {updates.length === 0 ? (
        <EmptyStage earlier={earlier} press="Run">
          {detector.title} looks at the picture above {own.values.points * own.values.draws + 1} times, each
          time with other noise, and the curves fill while it works.
        </EmptyStage>
      ) : (
        <>
          <LineFigure
            title="Agreement with the clean picture"
            summary={`At noise ${latest?.scale ?? 0}, recall is ${latest?.recall === null || latest?.recall === undefined ? 'undefined' : wholePercent(latest.recall)}.`}
            caption={`Recall: how many of the ${result ? `${result.cleanCount} ` : ''}boxes of the clean picture are found again. Precision: how many of the boxes found were there before. Mean confidence: of the boxes of the clean picture, where a lost box counts as 0. Means over the draws; bands from the lowest to the highest.`}
            series={agreement}
            x={x}
            y={{ label: 'share', min: 0, max: 1, format: wholePercent }}
            showLatest={false}
          />
          <LineFigure
            title="Boxes found"
            summary={`${latest?.count ?? 0} boxes at noise ${latest?.scale ?? 0}.`}
            caption="How many boxes are above the confidence threshold, right or wrong."
            series={counts}
            x={x}
            y={{ label: 'boxes', min: 0 }}
            height={180}
            showLatest={false}
          />
        </>
      )}
    </Cell>
  );
}
