'use client';

import { useEffect } from 'react';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { useNotebookState } from '@/components/notebook/notebook-provider';
import { Hero, ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { wholePercent } from '@/components/ui/format';
import { BeforeAfter } from '@/components/vision/before-after';
import { BetterDetector } from '@/components/vision/better-detector';
import { DetectionTable } from '@/components/vision/detection-table';
import { DetectorSource } from '@/components/vision/detector-source';
import { fetchAhead } from '@/components/vision/fetch-ahead';
import { ImageSource } from '@/components/vision/image-source';
import { NoiseStrengthSlider } from '@/components/vision/noise-strength';
import type { SourcePicture } from '@/components/vision/picture';
import { PythonText } from '@/components/vision/python-text';
import { sampleById } from '@/components/vision/samples';
import { type DetectorHandle, useDetector } from '@/components/vision/use-detector';
import { type FrameRate, useFrameRate } from '@/components/vision/use-frame-rate';
import { usePictureSource } from '@/components/vision/use-picture-source';
import { NOISE_KINDS } from '@/lib/detection/noise/kinds';
import type { DetectParams, DetectResult } from '../experiments/detect';
import { detectParameters } from './parameters';

const CELL = 'detect';
/** Before any picture is there, the sliders need one to measure by. */
const SOME_PICTURE = { width: 640, height: 640 };

function Figures({ result, finds, rate }: { result: DetectResult; finds: string; rate: FrameRate | null }) {
  const facts = [
    { name: `${finds} found`, value: String(result.count) },
    {
      name: 'Mean confidence',
      value: result.meanConfidence === null ? '–' : wholePercent(result.meanConfidence),
      // A mean over what is left can rise while boxes are lost.
      note: 'of those still found',
    },
    { name: 'Detector', value: `${Math.round(result.detectMs)} ms` },
    ...(rate
      ? [
          { name: 'Frames a second', value: rate.fps.toFixed(1) },
          { name: 'Latency', value: `${Math.round(rate.latencyMs)} ms` },
        ]
      : []),
  ];
  return <Facts facts={facts} />;
}

/** “4 of 6 faces found”. More than without the noise is no share of that. */
function foundInWords({ count, cleanCount }: DetectResult, finds: string): string {
  const of = cleanCount === null || count > cleanCount ? '' : ` of ${cleanCount}`;
  return `${count}${of} ${finds.toLowerCase()} found`;
}

function pictureFile({ origin, title, key }: SourcePicture): string {
  if (origin === 'sample') return sampleById(key.replace('sample:', '')).file;
  return origin === 'file' && title ? title : 'picture.png';
}

function Python({
  picture,
  detector,
  values,
}: {
  picture: SourcePicture;
  detector: DetectorHandle;
  values: { noise: number; noiseKind: DetectParams['noiseKind']; seed: number; confidence: number };
}) {
  const { params } = detector;
  const family = detector.checkpoint?.facts.family;
  const isScene = family === 'scene';
  // Neither has a program of Ultralytics that opens it.
  const checkpoint = isScene || family === 'nanodet' ? null : detector.checkpoint;
  const { width, height } = picture.rgba;
  const { noise: scale, noiseKind: kind, seed, confidence } = values;
  return (
    <PythonText
      settings={{
        ...{ picture: pictureFile(picture), width, height, kind, scale, seed, confidence },
        checkpoint: checkpoint?.file.endsWith('.pt') ? checkpoint.file : 'yolo26n.pt',
        inputSize: checkpoint ? params.inputSize : detector.values.yoloSize,
        classes: checkpoint ? params.classes : null,
      }}
      {...(checkpoint
        ? {}
        : {
            note: `It looks for the 80 classes of YOLO26; ${isScene ? 'the detector of digits' : detector.title} as it is here exists on this site only.`,
          })}
    />
  );
}

/** A picture, noise, and what a detector still sees: follows the slider. */
export function DetectCell() {
  const { values, set, panel, resetAll } = useParameters(detectParameters);
  const detector = useDetector(values.sample);
  const busy = useNotebookState(({ cells }) =>
    cells.some(({ id, state }) => id === CELL && (state === 'preparing' || state === 'running')),
  );
  const source = usePictureSource({
    sample: values.sample,
    onSample: (id) => set('sample', id),
    busy,
    inputSize: detector.params.inputSize,
  });
  const { picture } = source;
  const { noise, noiseKind, seed, confidence } = values;
  const handle = useExperiment<DetectParams, never, DetectResult>({
    cellId: CELL,
    experimentId: 'detect',
    mode: 'reactive',
    enabled: picture !== null,
    params: {
      ...{ picture: picture?.key ?? '', noise, noiseKind, seed, confidence, counts: source.live === 'off' },
      ...detector.params,
    },
    inputs: picture ? [...detector.inputs, { key: picture.key, value: picture.rgba }] : [],
  });
  const { result, ranWith } = handle;
  useEffect(() => {
    if (result) fetchAhead();
  }, [result]);
  const kind = NOISE_KINDS.find((info) => info.kind === noiseKind) ?? NOISE_KINDS[0]!;
  const moving = source.live === 'camera' || source.live === 'video';
  const rate = useFrameRate(moving ? picture : null, result ? (ranWith?.picture ?? null) : null);

  return (
    <Cell
      handle={handle}
      headline={result ? foundInWords(result, detector.finds) : undefined}
      resetSettings={() => {
        resetAll();
        detector.resetAll();
      }}
      controls={
        <>
          <Hero>
            <NoiseStrengthSlider
              kind={kind}
              scale={noise}
              name="noise"
              parameter={detectParameters.declarations.noise}
              picture={picture?.rgba ?? SOME_PICTURE}
              onChange={(scale) => set('noise', scale)}
            />
          </Hero>
          <ParameterPanel
            {...panel}
            only={kind.random ? ['noiseKind', 'confidence', 'seed'] : ['noiseKind', 'confidence']}
          />
          <DetectorSource detector={detector} />
          <ImageSource source={source} />
        </>
      }
      stage={
        <BeforeAfter
          picture={result?.picture ?? picture?.rgba ?? null}
          before={result && picture && ranWith?.picture === picture.key ? picture.rgba : null}
          after={kind.random ? 'noisy' : 'disturbed'}
          detections={result?.detections ?? []}
          alt={picture?.alt ?? 'The picture is loading.'}
          aspect={1.5}
          {...(result ? { found: foundInWords(result, detector.finds) } : {})}
        />
      }
    >
      {result && picture ? (
        <>
          <p className="text-sm text-secondary">
            {kind.title}, {kind.describe(noise, picture.rgba)}. {result.detector} sees it at{' '}
            {result.inputSize} × {result.inputSize} pixels.
            {moving ? ' Frames that come while it looks are dropped, never queued.' : ''}
          </p>
          <Figures result={result} finds={detector.finds} rate={rate} />
          <DetectionTable detections={result.detections} caption="What it finds" />
          <BetterDetector detector={detector} found={result.count} />
          <Python picture={picture} detector={detector} values={values} />
        </>
      ) : null}
    </Cell>
  );
}
