'use client';

import { useEffect, useMemo, useState } from 'react';
import { LineFigure } from '@/components/charts/line-figure';
import type { LineSeries } from '@/components/charts/series';
import { RefusalDialog } from '@/components/ledger/refusal-dialog';
import { WhatIf } from '@/components/ledger/what-if';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { BrokenOff } from '@/components/training/broken-off';
import { Button } from '@/components/ui/button';
import { download } from '@/components/ui/download';
import { Fold } from '@/components/ui/fold';
import { MNIST_SHA256 } from '@/lib/data/mnist-identity';
import type { Phase } from '@/lib/ledger';
import { SCENE_DELTA, SCENE_LOT, SCENE_PEOPLE, scenesHash } from '@/lib/runs/accounts/scenes';
import { type BrokenRun, SCENE_CHECKPOINTS } from '@/lib/runs/broken-off';
import type {
  TrainDetectorParams,
  TrainDetectorResult,
  TrainDetectorUpdate,
} from '../experiments/train-detector';
import { BackboneChooser, useBackbone } from './backbone-chooser';
import { NoisyFigure } from './noisy-figure';
import { useOwnFolder } from './own-folder';
import { OwnFolderChooser } from './own-folder-chooser';
import { detectorParameters } from './parameters';
import { RecordedCurve } from './recorded-curve';
import { RecordedScenes } from './recorded-scenes';
import { ScenePairs } from './scene-pair';
import { useTrained } from './trained';

const SCENES_HASH = scenesHash(MNIST_SHA256);
const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
const short = (value: number) => String(Number(value.toPrecision(3)));

function Figures({ latest, epsilon }: { latest: TrainDetectorUpdate; epsilon: number }) {
  const facts = [
    {
      name: 'Private mAP50',
      value: percent(latest.privateMAP50),
      note: `ε spent ${short(latest.epsilon)} of ${short(epsilon)}`,
    },
    { name: 'Plain mAP50', value: percent(latest.plainMAP50), note: 'no promise at all' },
  ];
  return <Facts facts={facts} />;
}

/** A detector trained twice at the same settings, live. */
export function TrainDetectorCell() {
  const { values, set, resetAll } = useParameters(detectorParameters);
  const { noiseMultiplier, maxGradNorm, steps, noiseSource, seed } = values;
  const own = useOwnFolder((state) => state.scenes);
  const backbone = useBackbone();
  const network = backbone.checkpoint;
  const handle = useExperiment<TrainDetectorParams, TrainDetectorUpdate, TrainDetectorResult>({
    cellId: 'train-detector',
    experimentId: 'train-detector',
    mode: 'on-run',
    params: {
      ...{ noiseMultiplier, maxGradNorm, steps, noiseSource, seed },
      ...{ scenes: own?.hash ?? null, backbone: network?.key ?? null },
    },
    inputs: [
      ...(own ? [{ key: own.hash, value: own }] : []),
      ...(network ? [{ key: network.key, value: network.bytes }] : []),
    ],
  });
  const { updates, latest, ranWith, result } = handle;
  /** What a run that broke off was trained on, where that is not open. */
  const [missing, setMissing] = useState<Pick<TrainDetectorParams, 'scenes' | 'backbone'> | null>(null);
  const [dismissed, setDismissed] = useState<TrainDetectorResult | null>(null);
  const trained = result?.files ?? null;
  useEffect(() => {
    // The other cells show digits: a model of other pictures has nothing to say there.
    if (trained) useTrained.setState({ files: ranWith?.scenes ? null : trained });
  }, [trained, ranWith]);
  const refusal = handle.state === 'done' && result !== dismissed ? (result?.refusal ?? null) : null;
  const [accuracy, loss, spent] = useMemo(() => {
    const line = (
      id: string,
      label: string,
      role: LineSeries['role'],
      read: (update: TrainDetectorUpdate) => number | null,
    ): LineSeries => ({ id, label, role, points: updates.map((u) => ({ x: u.step, y: read(u) })) });
    return [
      [
        line('private', 'Private', 'private', (u) => u.privateMAP50),
        line('plain', 'Plain', 'plain', (u) => u.plainMAP50),
      ],
      [
        line('private', 'Private', 'private', (u) => u.privateLoss),
        line('plain', 'Plain', 'plain', (u) => u.plainLoss),
      ],
      [line('private', 'ε spent', 'private', (u) => u.epsilon)],
    ];
  }, [updates]);
  const phases = useMemo<Phase[]>(
    () => [
      {
        perStep: [
          { kind: 'poisson-gaussian', sampleRate: SCENE_LOT / SCENE_PEOPLE, noiseMultiplier, steps: 1 },
        ],
        steps,
      },
    ],
    [noiseMultiplier, steps],
  );
  /** Brings back the settings it was started with; with them, Run goes on where it broke off. */
  function continueRun({ params }: BrokenRun<TrainDetectorParams>) {
    const { scenes = null, backbone: looked = null } = params;
    const here = scenes === (own?.hash ?? null) && looked === (network?.key ?? null);
    setMissing(here ? null : { scenes, backbone: looked });
    if (!here) return;
    for (const name of ['steps', 'maxGradNorm', 'seed'] as const) set(name, params[name]);
    set('noiseSource', params.noiseSource);
    set('noiseMultiplier', params.noiseMultiplier);
    // After the cell has taken them over.
    setTimeout(handle.run, 50);
  }

  const stepsAxis = { label: 'step', min: 0, max: ranWith?.steps ?? steps };

  return (
    <Cell
      id="train-detector"
      handle={handle}
      controls={
        <>
          <ParameterPanel
            set={detectorParameters}
            values={values}
            onChange={set}
            only={['epsilon', 'noiseMultiplier', 'steps', 'maxGradNorm']}
          />
          {noiseSource === 'cryptographic' ? (
            <WhatIf dataset={own?.hash ?? SCENES_HASH} unit="scene" delta={SCENE_DELTA} phases={phases} />
          ) : (
            <p className="text-sm text-secondary">
              A seeded run is written into the ledger as “not private”: no ε covers it.
            </p>
          )}
          <p className="text-sm text-secondary">
            The plain model is written into the ledger too, as a run without noise: no ε covers it.
          </p>
          <Fold title="Other people, another backbone">
            <div className="grid gap-5">
              <OwnFolderChooser />
              <BackboneChooser backbone={backbone} />
            </div>
          </Fold>
          <Fold title="Randomness">
            <ParameterPanel
              set={detectorParameters}
              values={values}
              onChange={set}
              only={noiseSource === 'seeded' ? ['noiseSource', 'seed'] : ['noiseSource']}
            />
          </Fold>
          <Button small look="quiet" onClick={resetAll}>
            Settings back to defaults
          </Button>
        </>
      }
      actions={
        result?.files ? (
          <div className="flex flex-wrap gap-2">
            {(['private', 'plain'] as const).map((who) => (
              <Button
                key={who}
                small
                onClick={() =>
                  download(
                    `scene-detector-${who}.safetensors`,
                    new Blob([result.files![who]], { type: 'application/octet-stream' }),
                  )
                }
              >
                Save the {who} detector
              </Button>
            ))}
          </div>
        ) : null
      }
      stage={
        <>
          <BrokenOff database={SCENE_CHECKPOINTS} state={handle.state} onContinue={continueRun} />
          {missing === null ? null : (
            <p role="alert" className="rounded-control border border-line-strong px-4 py-3">
              That run was trained on{' '}
              {missing.scenes === null ? 'the forms of this lesson' : 'a labelled folder of yours'} with{' '}
              {missing.backbone === null ? 'its own backbone' : 'another backbone'}. Choose them again under
              “Other people, another backbone”, and then continue.
            </p>
          )}
          {latest && ranWith ? (
            <>
              <Figures latest={latest} epsilon={handle.provenance?.epsilon ?? values.epsilon} />
              <ScenePairs
                label="Test scenes as both models see them"
                scenes={latest.scenes}
                names={latest.classes ?? undefined}
              />
              <LineFigure
                title="mAP50 on test scenes"
                summary={`Private ${percent(latest.privateMAP50)}, plain ${percent(latest.plainMAP50)} after ${latest.step} steps.`}
                caption={`By COCO’s rules, on ${ranWith.scenes ? `the ${latest.tests} pictures that were kept for it` : `${latest.tests} scenes of digits that nobody trained on`}.`}
                series={accuracy!}
                x={stepsAxis}
                y={{ label: 'mAP50', format: percent, min: 0, max: 1 }}
              />
            </>
          ) : (
            <>
              <p className="text-secondary">
                Press <strong className="text-text">Run</strong> to train two detectors on{' '}
                {own
                  ? 'your pictures, here in your browser. What earlier runs gave on the forms of the lesson:'
                  : 'the scenes of 2,000 people, here in your browser. The first time it loads 11 MB of digits from this site. Until then, this is what earlier runs gave:'}
              </p>
              <RecordedScenes />
              <RecordedCurve />
            </>
          )}
        </>
      }
    >
      {latest && ranWith ? (
        <>
          <div className="grid gap-6 @4xl:grid-cols-2">
            <LineFigure
              title="ε spent"
              summary={`ε ${short(latest.epsilon)} spent after ${latest.step} steps.`}
              caption="Privacy spent so far. It only ever rises."
              series={spent!}
              x={stepsAxis}
              y={{ label: 'ε (nats)', min: 0 }}
              height={200}
            />
            <LineFigure
              title="Loss of the last lot"
              summary="Mean detection loss of one scene in the lots of both models."
              caption="Per scene: yes-or-no answers at 64 places, and overlap of boxes. Computed from the training scenes without noise: ε does not cover it."
              series={loss!}
              x={stepsAxis}
              y={{ label: 'loss', min: 0 }}
              height={200}
            />
          </div>
          {result && result.noisy.length > 0 ? <NoisyFigure noisy={result.noisy} /> : null}
          <RecordedCurve />
        </>
      ) : null}
      {refusal === null ? null : (
        <RefusalDialog
          refusal={refusal}
          onFewerSteps={(fewer) => set('steps', fewer)}
          onMoreNoise={(factor) => set('noiseMultiplier', noiseMultiplier * factor)}
          onRaised={handle.run}
          onClose={() => setDismissed(result)}
        />
      )}
    </Cell>
  );
}
