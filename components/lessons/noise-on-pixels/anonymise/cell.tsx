'use client';

import { useMemo, useState } from 'react';
import { Cell } from '@/components/notebook/cell';
import { useNotebookState } from '@/components/notebook/notebook-provider';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { Fold } from '@/components/ui/fold';
import { plural } from '@/components/ui/format';
import { BeforeAfter } from '@/components/vision/before-after';
import { ImageSource } from '@/components/vision/image-source';
import { type ChosenDetector, useDetector } from '@/components/vision/use-detector';
import { usePictureSource } from '@/components/vision/use-picture-source';
import { useStill } from '@/components/vision/use-still';
import type { RgbaPicture } from '@/lib/vision/pictures';
import { detectParameters } from '../detect/parameters';
import type { HideDetectedParams, HideDetectedResult } from '../experiments/hide-detected';
import { anonymiseParameters } from './parameters';

/** Persons, where a detector knows them and nothing else was chosen. */
function classesToHide({ params, classNames }: ChosenDetector): number[] | null {
  const person = classNames.indexOf('person');
  return params.classes ?? (person < 0 ? null : [person]);
}

function toPng({ width, height, data }: RgbaPicture): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Covers what the detector finds, and hands over the picture. */
export function AnonymiseCell() {
  const shared = useParameters(detectParameters);
  const { values, panel, resetAll } = useParameters(anonymiseParameters);
  const detector = useDetector(shared.values.sample);
  // A frame is taken when both cells that look at pictures have done with the last one.
  const busy = useNotebookState(({ cells }) =>
    cells.some(
      ({ id, state }) => ['anonymise', 'detect'].includes(id) && ['preparing', 'running'].includes(state),
    ),
  );
  const source = usePictureSource({
    sample: shared.values.sample,
    onSample: (id) => shared.set('sample', id),
    busy,
    inputSize: detector.params.inputSize,
  });
  const picture = useStill(source.picture);
  const [said, setSaid] = useState('');
  const classes = useMemo(() => classesToHide(detector), [detector]);
  const { hideMethod: method, hideBlocks: blocks, hideMargin: margin } = values;
  const handle = useExperiment<HideDetectedParams, never, HideDetectedResult>({
    cellId: 'anonymise',
    experimentId: 'hide-detected',
    mode: 'reactive',
    enabled: picture !== null,
    params: {
      ...{ picture: picture?.key ?? '', confidence: shared.values.confidence, method, margin, blocks },
      ...detector.params,
      classes,
    },
    inputs: picture ? [...detector.inputs, { key: picture.key, value: picture.rgba }] : [],
  });
  const { result, ranWith, stale } = handle;

  async function save() {
    if (!result) return;
    const png = await toPng(result.picture);
    if (png) download(fileName(`${picture?.title || 'picture'} anonymised`, 'png'), png);
    setSaid(png ? 'The picture is downloaded.' : 'This browser could not write the picture.');
  }

  const count = result?.hidden.length ?? 0;
  return (
    <Cell
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel
            {...panel}
            only={
              method === 'fill' ? ['hideMethod', 'hideMargin'] : ['hideMethod', 'hideBlocks', 'hideMargin']
            }
          />
          <ParameterPanel {...shared.panel} only={['confidence']} />
          <Fold title="Another picture">
            <ImageSource source={source} pastes={false} />
          </Fold>
        </>
      }
      stage={
        <BeforeAfter
          picture={result?.picture ?? null}
          before={result && picture && ranWith?.picture === picture.key ? picture.rgba : null}
          after="covered"
          hint="Drag across the picture to see what was covered."
          detections={[]}
          describes={false}
          alt={`${picture?.alt ?? 'The picture is loading.'} ${plural(count, 'place is', 'places are')} covered.`}
          aspect={1.5}
        />
      }
    >
      {result ? (
        <>
          <p role="status">
            <strong data-figure="Covered">{count}</strong> {count === 1 ? 'place' : 'places'} covered by{' '}
            {result.detector}.{count === 0 ? ' Nothing was found: the picture is as it was.' : ''}
          </p>
          <div className="flex flex-wrap items-center gap-2">
            <Button look="primary" onClick={() => void save()} disabled={stale}>
              Download the picture
            </Button>
            <span role="status" className="text-sm text-secondary">
              {said}
            </span>
          </div>
          <div className="grid gap-1.5 text-sm text-secondary">
            <p>
              The file is a PNG written anew: place, time and camera noted in the original are not in it. It
              is made on this device, and at most {Math.max(640, ranWith?.inputSize ?? 0)} pixels long.
            </p>
            <p>
              <strong className="text-text">What it does not protect.</strong> A person whom the detector
              misses stays visible: look before you share, and lower the confidence if in doubt. Clothes,
              gait, place and company identify people without a face. Blocks and blur keep enough for a
              network trained on them to recognise some faces; only grey leaves nothing. None of the three is
              differential privacy.
            </p>
          </div>
        </>
      ) : null}
    </Cell>
  );
}
