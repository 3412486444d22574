'use client';

import { Cell } from '@/components/notebook/cell';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { short } from '@/components/ui/format';
import { DigitPicture } from '@/components/vision/digit-picture';
import type { PeekParams, PeekResult, Seen } from '../experiments/peek';
import { peekParameters } from './parameters';

const WIDE = 'aspect-square w-full max-w-36';

const likeness = (value: number) => (Math.abs(value) < 0.0005 ? '0.000' : value.toFixed(3));

/** What a server reads off one client’s update. */
export function PeekCell() {
  const { values, panel, resetAll } = useParameters(peekParameters);
  const { digit, digits, peekNoise, peekClients, maxUpdateNorm, seed } = values;
  const handle = useExperiment<PeekParams, never, PeekResult>({
    cellId: 'peek',
    experimentId: 'federated-peek',
    mode: 'reactive',
    params: {
      digit,
      digits,
      localSteps: 5,
      maxUpdateNorm,
      noiseMultiplier: peekNoise,
      clients: peekClients,
      seed,
    },
  });
  const { result, ranWith } = handle;
  const seen: [Seen, string, string][] = [
    ['alone', 'The update as it is', 'what plain federated learning sends'],
    ['clipped', 'Clipped', 'the length is bounded, no noise'],
    ['sum', `Only the sum of ${ranWith?.clients ?? peekClients}`, 'secure aggregation, no noise'],
    ['noisy', 'Clipped, with noise', `σ = ${ranWith?.noiseMultiplier ?? peekNoise}, added on the client`],
  ];
  return (
    <Cell
      intro="One client trains on its own picture and sends only how the model’s weights moved. The server divides some of these numbers by another."
      handle={handle}
      resetSettings={resetAll}
      controls={<ParameterPanel {...panel} />}
      stage={
        result === null ? null : (
          <ul
            className="grid grid-cols-[repeat(auto-fill,minmax(8.5rem,1fr))] gap-3"
            aria-label="The client’s picture, and what the server reads"
          >
            <li className="grid content-start gap-1 rounded-control border border-line p-2">
              <DigitPicture className={WIDE} pixels={result.truth} ink={1} />
              <span className="font-medium">On the client</span>
              <span className="text-sm text-secondary">
                {digits > 1
                  ? `a handwritten ${result.label}, the first of ${digits}`
                  : `a handwritten ${result.label}`}
              </span>
            </li>
            {seen.map(([id, title, note]) => (
              <li key={id} className="grid content-start gap-1 rounded-control border border-line p-2">
                <DigitPicture className={WIDE} pixels={result.read[id].picture} ink={1} />
                <span className="font-medium">{title}</span>
                <span className="text-sm text-secondary">{note}</span>
                <span className="text-sm">
                  SSIM{' '}
                  <strong className="tabular-nums" data-ssim={id}>
                    {likeness(result.read[id].ssim)}
                  </strong>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    >
      {result === null ? null : (
        <p className="text-sm text-secondary">
          Likeness is structural similarity (SSIM, windows of 7 × 7): 1 for the same picture, about 0 for an
          unrelated one. The update was {short(result.length)} long before clipping. Pictures are test digits
          and the noise comes from a seed: a demonstration, so nothing is charged.
        </p>
      )}
    </Cell>
  );
}
