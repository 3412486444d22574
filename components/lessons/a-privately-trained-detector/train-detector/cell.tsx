'use client';

import { useEffect, useRef } from 'react';
import { RiskField } from '@/components/label/risk-field';
import { Refused } from '@/components/ledger/refused';
import { Cell } from '@/components/notebook/cell';
import { UNTIL_PRESSED } from '@/components/notebook/empty-stage';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { spentInWords } from '@/components/training/accuracy-facts';
import { BrokenOff } from '@/components/training/broken-off';
import { StopPrice } from '@/components/training/private-run';
import { SelfStartLine } from '@/components/training/self-start/self-start-line';
import { useSelfStart } from '@/components/training/self-start/use-self-start';
import { percent } from '@/components/ui/format';
import { SCENE_DELTA } from '@/lib/runs/accounts/scenes';
import { SCENE_CHECKPOINTS } from '@/lib/runs/broken-off';
import { SCENES_ACCOUNT, sceneRelease } from '../account';
import type {
  TrainDetectorParams,
  TrainDetectorResult,
  TrainDetectorUpdate,
} from '../experiments/train-detector';
import { useBackbone } from './backbone-chooser';
import { DetectorControls } from './controls';
import { PrecisionCurves, SpentAndLoss } from './curves';
import { NoisyFigure } from './noisy-figure';
import { useOwnFolder } from './own-folder';
import { detectorParameters } from './parameters';
import { RecordedCurve } from './recorded-curve';
import { RecordedScenes } from './recorded-scenes';
import { SaveButtons } from './save-buttons';
import { ScenePairs } from './scene-pair';
import { paramsOf, valuesOf } from './settings';
import { useTrained } from './trained';
import { YoloHeadItem } from './yolo-head-item';

function Figures({ latest, epsilon }: { latest: TrainDetectorUpdate; epsilon: number }) {
  const facts = [
    {
      name: 'Private mAP50',
      value: percent(latest.privateMAP50),
      note: spentInWords(latest.epsilon, epsilon),
    },
    { name: 'Plain mAP50', value: percent(latest.plainMAP50), note: 'no promise at all' },
  ];
  return <Facts facts={facts} />;
}

/** What is shown before the first run. @param own on the learner's own pictures */
function Explanation({ own }: { own: boolean }) {
  return (
    <>
      <RecordedScenes />
      <p className={`text-secondary ${UNTIL_PRESSED}`}>
        Press <strong className="text-text">Run</strong> to train two detectors on{' '}
        {own
          ? 'your pictures, here in your browser. Above and below is what earlier runs gave on the forms of the lesson.'
          : 'the scenes of 2,000 people, here in your browser. The first time it loads 11 MB of digits from this site. Until then, you see what earlier runs gave.'}
      </p>
      <RecordedCurve />
    </>
  );
}

/** What a run was trained on, where that is not what is open. */
function notOpen(run: TrainDetectorParams, open: TrainDetectorParams): string | null {
  // Older checkpoints do not name them.
  const { scenes = null, backbone = null } = run;
  if (scenes === open.scenes && backbone === open.backbone) return null;
  const people = scenes === null ? 'the forms of this lesson' : 'a labelled folder of yours';
  const network = backbone === null ? 'its own backbone' : 'another backbone';
  return `That run was trained on ${people} with ${network}. Choose them again under “Other people, another backbone”, and then continue.`;
}

const whole = ({ refusal, continuedFrom }: TrainDetectorResult) => refusal === null && continuedFrom === null;

/** A detector trained twice at the same settings, live. */
export function TrainDetectorCell() {
  const parameters = useParameters(detectorParameters);
  const { values, set, panel } = parameters;
  const own = useOwnFolder((state) => state.scenes);
  const backbone = useBackbone();
  const network = backbone.checkpoint;
  const params = paramsOf(values, { scenes: own?.hash ?? null, backbone: network?.key ?? null });
  const handle = useExperiment<TrainDetectorParams, TrainDetectorUpdate, TrainDetectorResult>({
    cellId: 'train-detector',
    experimentId: 'train-detector',
    params,
    inputs: [
      ...(own ? [{ key: own.hash, value: own }] : []),
      ...(network ? [{ key: network.key, value: network.bytes }] : []),
    ],
  });
  const zone = useRef<HTMLDivElement>(null);
  // On pictures of one's own what there is to look at first is another amount.
  const kind = own || network ? 'train-detector own' : 'train-detector';
  const start = useSelfStart({ handle, zone, kind, params, workOf: ({ steps }) => steps, whole });
  const { updates, latest, ranWith, result, provenance } = handle;
  const trained = result?.files ?? null;
  useEffect(() => {
    // The other cells show digits: a model of other pictures has nothing to say there.
    if (trained) useTrained.setState({ files: ranWith?.scenes ? null : trained });
  }, [trained, ranWith]);
  const shown = latest && ranWith && { updates, latest, ranWith, total: ranWith.steps };

  return (
    <Cell
      handle={handle}
      menu={<YoloHeadItem params={params} />}
      controls={
        <>
          <div ref={zone}>
            <ParameterPanel {...panel} only={['epsilon']} />
          </div>
          <DetectorControls parameters={parameters} own={own} backbone={backbone} />
        </>
      }
      actions={trained ? <SaveButtons files={trained} /> : null}
      stage={
        <>
          <BrokenOff
            database={SCENE_CHECKPOINTS}
            handle={handle}
            valuesOf={valuesOf}
            set={set}
            missing={(run) => notOpen(run, params)}
          />
          {shown ? (
            <>
              <Figures latest={shown.latest} epsilon={provenance?.epsilon ?? values.epsilon} />
              <StopPrice
                state={handle.state}
                noise={ranWith!.noiseSource}
                epsilon={provenance?.epsilon ?? values.epsilon}
              />
              <ScenePairs
                label="Test scenes as both models see them"
                scenes={shown.latest.scenes}
                names={shown.latest.classes ?? undefined}
              />
              <PrecisionCurves run={shown} />
            </>
          ) : (
            <Explanation own={own !== null} />
          )}
          <div className="grid gap-1">
            <SelfStartLine {...start} />
            <RiskField
              run={sceneRelease(values)}
              delta={SCENE_DELTA}
              range={detectorParameters.declarations.noiseMultiplier}
              unit={own?.persons ? 'person' : SCENES_ACCOUNT.unit}
              onNoise={(found) => set('noiseMultiplier', found)}
            />
          </div>
        </>
      }
    >
      {shown ? (
        <>
          <SpentAndLoss run={shown} />
          {result && result.noisy.length > 0 ? <NoisyFigure noisy={result.noisy} /> : null}
          <RecordedCurve />
        </>
      ) : null}
      <Refused
        handle={handle}
        onFewerSteps={(fewer) => set('steps', fewer)}
        onMoreNoise={(factor) => set('noiseMultiplier', values.noiseMultiplier * factor)}
      />
    </Cell>
  );
}
