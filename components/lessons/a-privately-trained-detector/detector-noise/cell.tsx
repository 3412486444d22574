'use client';

import { useMemo, useState } from 'react';
import { Cell } from '@/components/notebook/cell';
import { EmptyStage } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { percent } from '@/components/ui/format';
import { hashBytes } from '@/lib/ledger/canonical';
import type { DetectorNoiseParams, DetectorNoiseResult } from '../experiments/detector-noise';
import { SceneView } from '../train-detector/scene-pair';
import { useTrained } from '../train-detector/trained';
import { OpenDetector, type OpenedFile } from './open-detector';
import { detectorNoiseParameters } from './parameters';

const LOOKS = {
  Private: { colour: 'var(--private)', dashed: false },
  Plain: { colour: 'var(--plain)', dashed: true },
  'Your file': { colour: 'var(--attacker)', dashed: false },
} as const;
type Who = keyof typeof LOOKS;

interface Source {
  who: Who;
  key: string;
  value: Uint8Array;
}

const source = (who: Who, value: Uint8Array): Source => ({ who, key: `detector ${hashBytes(value)}`, value });

/** Trained detectors, from this page or from a file, on pictures that a slider disturbs. */
export function DetectorNoiseCell() {
  const { values, panel } = useParameters(detectorNoiseParameters);
  const trained = useTrained((state) => state.files);
  const [file, setFile] = useState<OpenedFile | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const sources = useMemo<Source[]>(
    () => [
      ...(trained ? [source('Private', trained.private), source('Plain', trained.plain)] : []),
      ...(file ? [source('Your file', file.bytes)] : []),
    ],
    [trained, file],
  );
  const handle = useExperiment<DetectorNoiseParams, never, DetectorNoiseResult>({
    cellId: 'detector-noise',
    experimentId: 'detector-noise',
    mode: 'reactive',
    enabled: sources.length > 0,
    params: { files: sources.map(({ key }) => key), noise: values.pictureNoise },
    inputs: sources.map(({ key, value }) => ({ key, value })),
  });
  const { result, ranWith, reset } = handle;
  const who = sources.map((one) => one.who);
  // What is shown may have been seen by other detectors than those that are here now.
  const current = ranWith?.files.join() === sources.map(({ key }) => key).join();
  const shown = sources.length > 0 && current ? result : null;

  return (
    <Cell
      intro="The detectors that you trained above, or one that you saved earlier, on new forms. The slider adds noise to the pictures; the detectors stay as they are."
      handle={handle}
      controls={
        <>
          <ParameterPanel {...panel} />
          <OpenDetector
            file={file}
            problem={problem}
            onFile={(opened, wrong) => {
              if (opened === null && trained === null) reset();
              setFile(opened);
              setProblem(wrong);
            }}
          />
        </>
      }
      stage={
        shown ? (
          <>
            <Facts
              columns="2 or 3"
              facts={shown.models.map(({ title, mAP50 }, m) => ({
                name: `${who[m]}, mAP50`,
                value: percent(mAP50),
                note: title,
              }))}
            />
            <ul className="grid grid-cols-2 gap-3 @lg:grid-cols-4" aria-label="Noisy forms">
              {shown.watched.map(({ pixels, truth }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: always the same scenes in the same order
                <li key={index} className="grid content-start gap-2">
                  {shown.models.map(({ boxes }, m) => (
                    <SceneView
                      key={who[m]}
                      pixels={pixels}
                      boxes={boxes[index]!}
                      caption={who[m]!}
                      {...LOOKS[who[m]!]}
                    />
                  ))}
                  <p className="text-xs text-secondary">
                    Written there: {truth.map(({ classId }) => classId).join(', ')}
                  </p>
                </li>
              ))}
            </ul>
            <p className="text-sm text-secondary">
              mAP50 by COCO’s rules on {shown.count} test forms with that noise. The noise is the same field
              at every position of the slider, more or less of it, from a public seed.
            </p>
          </>
        ) : (
          <EmptyStage>
            {handle.state === 'failed' ? (
              'Nothing to show: the detector could not be used.'
            ) : sources.length > 0 ? (
              'The detectors look at the forms …'
            ) : (
              <>
                No detector yet. Press <strong className="text-text">Run</strong> in “Train a detector,
                twice”, or open a detector that you saved.
              </>
            )}
          </EmptyStage>
        )
      }
    />
  );
}
