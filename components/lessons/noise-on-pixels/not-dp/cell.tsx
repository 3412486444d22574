'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Columns } from '@/components/ui/columns';
import { count, plural, short } from '@/components/ui/format';
import { Scrollable } from '@/components/ui/scrollable';
import { DetectionCanvas } from '@/components/vision/detection-canvas';
import { usePictureSource } from '@/components/vision/use-picture-source';
import { useStill } from '@/components/vision/use-still';
import { NOISE_KINDS } from '@/lib/detection/noise/kinds';
import { detectParameters } from '../detect/parameters';
import type { PixelEpsilonParams, PixelEpsilonResult } from '../experiments/pixel-epsilon';
import { notDpParameters } from './parameters';

/** An ε as one would say it; beyond a million its digits mean nothing. */
function sayEpsilon(epsilon: number): string {
  if (!Number.isFinite(epsilon)) return '∞';
  if (epsilon < 10) return epsilon.toFixed(2);
  if (epsilon < 1e6) return count(Math.round(epsilon));
  return `${count(Number((epsilon / 1e6).toPrecision(3)))} million`;
}

function EpsilonTable({
  result,
  delta,
  noise,
}: {
  result: PixelEpsilonResult;
  delta: number;
  noise: number;
}) {
  return (
    <Scrollable label="What ε this is">
      <table className="w-full border-collapse text-sm tabular-nums" data-epsilon-table>
        <caption className="mb-1 text-left">
          Gaussian noise of standard deviation {short(noise)} on every colour value, where black to white is
          1, at δ = {delta.toExponential(0)}
        </caption>
        <thead>
          <tr className="border-b border-line-strong text-left">
            <Columns
              names={['Neighbours differ in', 'ε', 'For ε = 1, noise of']}
              className="py-1.5 pr-2 text-right font-semibold first:text-left last:pr-0"
            />
          </tr>
        </thead>
        <tbody>
          {result.rows.map(({ neighbours, title, epsilon, deviationForOne }) => (
            <tr key={neighbours} className="border-b border-line last:border-0" data-row={neighbours}>
              <th scope="row" className="py-1.5 pr-2 text-left font-normal">
                {title}
              </th>
              <td className="whitespace-nowrap py-1.5 pr-2 text-right font-semibold" data-epsilon={epsilon}>
                {sayEpsilon(epsilon)}
              </td>
              <td className="whitespace-nowrap py-1.5 text-right">{short(deviationForOne)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scrollable>
  );
}

/** What ε the noise on the picture is, honestly, and what the same ε can look like. */
export function NotDpCell() {
  const shared = useParameters(detectParameters);
  const { values, panel, resetAll } = useParameters(notDpParameters);
  const { sample, noise, noiseKind, seed } = shared.values;
  const source = usePictureSource({ sample, onSample: (id) => shared.set('sample', id), busy: true });
  const picture = useStill(source.picture);
  const { pixelDelta: delta, blockEpsilon, blockSide, changedPixels } = values;
  const handle = useExperiment<PixelEpsilonParams, never, PixelEpsilonResult>({
    cellId: 'not-dp',
    experimentId: 'pixel-epsilon',
    mode: 'reactive',
    enabled: picture !== null,
    params: { picture: picture?.key ?? '', noise, seed, delta, blockSide, changedPixels, blockEpsilon },
    inputs: picture ? [{ key: picture.key, value: picture.rgba }] : [],
  });
  const { result, ranWith } = handle;
  const kind = NOISE_KINDS.find((info) => info.kind === noiseKind);
  const alt = picture?.alt ?? 'The picture is loading.';

  return (
    <Cell
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...shared.panel} only={['noise']} />
          <ParameterPanel {...panel} />
          <TurnedExample
            events={[{ kind: 'pure', epsilon: blockEpsilon, count: 1 }]}
            epsilon={blockEpsilon}
            unit="group of pixels"
            relation="replace-one"
            data={`The picture shown, up to ${plural(changedPixels, 'pixel')} of it, by DP-Pix`}
            seeded
          />
        </>
      }
      stage={
        result && ranWith ? (
          <EpsilonTable result={result} delta={ranWith.delta} noise={ranWith.noise} />
        ) : null
      }
    >
      {kind && noiseKind !== 'gaussian' ? (
        <p className="text-sm text-secondary">
          {kind.random
            ? `The numbers are for Gaussian noise of this strength; ${kind.title.toLowerCase()} noise has others, no more useful.`
            : `The numbers are for Gaussian noise. ${kind.title} draws nothing at random: it has no ε at all.`}
        </p>
      ) : null}
      {result && ranWith ? (
        <>
          <div className="grid gap-4 @xl:grid-cols-2">
            <figure className="grid content-start gap-1.5">
              <DetectionCanvas
                picture={result.same}
                detections={[]}
                describes={false}
                alt={`${alt} Under noise on each pixel so strong that little or nothing can be made out.`}
              />
              <figcaption className="text-sm">
                <strong>Noise on each pixel</strong>, ε = {short(ranWith.blockEpsilon)} for{' '}
                {plural(ranWith.changedPixels, 'differing pixel')}: standard deviation{' '}
                <span data-figure="same-deviation">{short(result.sameDeviation)}</span> in colour, as shown;{' '}
                <span data-figure="grey-deviation">{short(result.greyDeviation)}</span> would do for a grey
                picture. Black to white is 1, and δ = {ranWith.delta.toExponential(0)}.
              </figcaption>
            </figure>
            <figure className="grid content-start gap-1.5">
              <DetectionCanvas
                picture={result.blocks}
                detections={[]}
                describes={false}
                alt={`${alt} In grey blocks with noise on each block.`}
              />
              <figcaption className="text-sm">
                <strong>DP-Pix</strong>, the same ε for the same neighbours: blocks of {ranWith.blockSide} px,
                Laplace noise of scale <span data-figure="block-scale">{short(result.blockScale)}</span> of
                255 grey levels on each mean. In grey, and with δ = 0.
              </figcaption>
            </figure>
          </div>
          <p className="text-sm text-secondary">
            Both are drawn from the seed of the lesson, so that you can compare: neither protects anybody. And
            DP-Pix promises as little as its m: a person who fills more pixels than that is not covered.
          </p>
        </>
      ) : null}
    </Cell>
  );
}
