'use client';

import { useMemo } from 'react';
import type { ScoredBox } from '@/lib/detection/metrics';
import recorded from './recorded-scenes.json';
import { SceneView } from './scene-pair';

const MODELS = [
  { key: 'none', name: 'Not private', colour: 'var(--plain)', dashed: true },
  { key: '8', name: 'ε = 8', colour: 'var(--private)', dashed: false },
  { key: '2', name: 'ε = 2', colour: 'var(--private)', dashed: false },
  { key: '0.5', name: 'ε = 0.5', colour: 'var(--private)', dashed: false },
  { key: '0.1', name: 'ε = 0.1', colour: 'var(--private)', dashed: false },
] as const;

/** The same forms as models of earlier, real runs see them: at ε = 0.1 nothing right is left. */
export function RecordedScenes() {
  const pictures = useMemo(
    () => recorded.scenes.map(({ pixels }) => Uint8Array.from(atob(pixels), (c) => c.charCodeAt(0))),
    [],
  );
  return (
    <section className="grid gap-2" data-recorded-scenes>
      <h3 className="font-semibold">Recorded: the same forms at several ε</h3>
      {pictures.map((pixels, i) => (
        <ul
          // biome-ignore lint/suspicious/noArrayIndexKey: always the same forms in the same order
          key={i}
          className="grid grid-cols-2 gap-3 @sm:grid-cols-3 @xl:grid-cols-5"
          aria-label={`A form with ${recorded.scenes[i]!.truth.join(', ')}, at several ε`}
        >
          {MODELS.map(({ key, name, colour, dashed }) => (
            <li key={key}>
              <SceneView
                pixels={pixels}
                // A box has four numbers, which a JSON file cannot say.
                boxes={recorded.boxes[key][i]! as unknown as ScoredBox[]}
                caption={name}
                colour={colour}
                dashed={dashed}
              />
            </li>
          ))}
        </ul>
      ))}
      <p className="text-sm text-secondary">
        Written there: {recorded.scenes.map(({ truth }) => truth.join(', ')).join('; ')}. From real runs of{' '}
        {recorded.steps} steps with seed {recorded.seed}, not from your browser, on the first two test forms
        with three digits or more. Boxes of a score of 0.3 or more. Of boxes that overlap by more than 45 %,
        only the surest is shown, for all models alike.
      </p>
    </section>
  );
}
