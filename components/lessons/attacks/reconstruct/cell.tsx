'use client';

import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { fixed, short } from '@/components/ui/format';
import { DigitPicture } from '@/components/vision/digit-picture';
import { ATTACK_DELTA } from '../account';
import type { ReconstructParams, ReconstructResult } from '../experiments/reconstruct';
import { reconstructParameters } from './parameters';

/** A picture, what its gradient gives away, and what is left of that with clip and noise. */
export function ReconstructCell() {
  const { values, panel } = useParameters(reconstructParameters);
  const { digit, gradientNoise: noiseMultiplier, gradientClip: maxGradNorm, seed } = values;
  const handle = useExperiment<ReconstructParams, never, ReconstructResult>({
    cellId: 'reconstruct',
    experimentId: 'attack-reconstruct',
    mode: 'reactive',
    params: { digit, noiseMultiplier, maxGradNorm, seed },
  });
  const { result } = handle;
  const pictures = result
    ? [
        {
          name: 'The digit',
          note: `a ${result.label}, that only its owner should see`,
          pixels: result.original,
        },
        {
          name: 'Read off the plain gradient',
          similarity: result.plain.similarity,
          pixels: result.plain.pixels,
        },
        {
          name: 'Read off the private gradient',
          similarity: result.private.similarity,
          pixels: result.private.pixels,
        },
      ]
    : [];

  return (
    <Cell
      intro="One digit is used for one step of training. Somebody sees the gradient, and nothing else."
      handle={handle}
      runs
      controls={
        <>
          <ParameterPanel {...panel} />
          {result && Number.isFinite(result.epsilon) && noiseMultiplier > 0 ? (
            <TurnedExample
              events={[{ kind: 'gaussian', noiseMultiplier, count: 1 }]}
              epsilon={result.epsilon}
              delta={ATTACK_DELTA}
              unit="example"
              data="One digit, one step"
              seeded
            />
          ) : null}
        </>
      }
      stage={
        result ? (
          <>
            <ul className="grid grid-cols-3 gap-3" aria-label="The digit and its reconstructions">
              {pictures.map(({ name, note, similarity, pixels }) => (
                <li key={name} className="grid content-start gap-1 text-sm">
                  <DigitPicture
                    className="aspect-square w-full max-w-44"
                    pixels={pixels}
                    name={
                      similarity === undefined
                        ? `A handwritten ${result.label}`
                        : `${name}: structural similarity ${fixed(similarity, 2)} to the digit`
                    }
                  />
                  <span className="font-medium">{name}</span>
                  {similarity === undefined ? (
                    <span className="text-secondary">{note}</span>
                  ) : (
                    <span className="text-secondary">
                      SSIM{' '}
                      <span className="font-semibold text-text tabular-nums" data-figure={name}>
                        {fixed(similarity, 3)}
                      </span>
                    </span>
                  )}
                </li>
              ))}
            </ul>
            <p className="text-sm text-secondary">
              Look inside: at the darkest pixel (row {Math.floor(result.step.pixel / 28) + 1}, column{' '}
              {(result.step.pixel % 28) + 1}) the gradient of the weight to class {result.label} is{' '}
              {short(result.step.weightGradient)}, that of the intercept {short(result.step.biasGradient)}.
              Their ratio, {short(result.step.weightGradient / result.step.biasGradient)}, is the ink of that
              pixel. The whole gradient has length {short(result.norm)}
              {result.norm > maxGradNorm ? `, and is cut to ${short(maxGradNorm)}` : ''}.{' '}
              {result.epsilon === null
                ? 'Without noise, no ε covers it: clipping only scales the gradient, and the ratio stays.'
                : `With this noise, showing the gradient once would cost ε = ${short(result.epsilon)} at δ = 1e-5, had the noise not come from a seed.`}
            </p>
          </>
        ) : null
      }
    />
  );
}
