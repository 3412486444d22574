import type { ScoredBox } from '@/lib/detection/metrics';
import { WHO, type Who } from '../symbol-account';
import { SceneView } from '../train-detector/scene-pair';

/** Index of the symbol among the head's classes. */
const SYMBOL_CLASS = 10;

/** How each head is named and drawn. */
export const LOOKS: Record<Who, { name: string; person: string; colour: string; dashed: boolean }> = {
  plainWith: { name: 'Plain', person: 'with', colour: 'var(--plain)', dashed: true },
  plainWithout: { name: 'Plain', person: 'without', colour: 'var(--plain)', dashed: true },
  privateWith: { name: 'Private', person: 'with', colour: 'var(--private)', dashed: false },
  privateWithout: { name: 'Private', person: 'without', colour: 'var(--private)', dashed: false },
};

interface FormsProps {
  title: string;
  /** 64 × 64 grey values, 0 … 255. */
  pixels: Uint8Array;
  boxes(who: Who): readonly ScoredBox[];
}

/** One form, and where the four heads see the symbol on it. What they take for digits is left out. */
export function Forms({ title, pixels, boxes }: FormsProps) {
  return (
    <section className="grid gap-2">
      <h3 className="font-semibold">{title}</h3>
      <ul className="grid grid-cols-2 gap-3 @lg:grid-cols-4" aria-label={title}>
        {WHO.map((who) => (
          <li key={who}>
            <SceneView
              pixels={pixels}
              boxes={boxes(who).filter(({ classId }) => classId === SYMBOL_CLASS)}
              caption={`${LOOKS[who].name}, ${LOOKS[who].person}`}
              colour={LOOKS[who].colour}
              dashed={LOOKS[who].dashed}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
