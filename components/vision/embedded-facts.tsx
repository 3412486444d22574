import { count } from '@/components/ui/format';
import { NANODET_FACTS } from '@/lib/detection/nanodet/files';
import type { EmbeddedDetector } from './detector-parameters';

/** What the detectors of the site are, who trained them on what, and what they miss. */
export function EmbeddedFacts({ embedded }: { embedded: EmbeddedDetector | null }) {
  if (!embedded) return null;
  return (
    <p className="text-sm text-secondary" data-embedded={embedded}>
      {embedded === 'faces' ? (
        <>
          <strong className="text-text">Tiny YOLO</strong>: faces alone, 193,321 parameters, trained by
          Vincent Mühler, MIT. It misses many faces that are turned away, dark, covered or small.
        </>
      ) : (
        <>
          <strong className="text-text">NanoDet-g</strong>: 80 kinds of things,{' '}
          {count(NANODET_FACTS.parameters)} parameters of 8 bits, trained by RangiLyu and others on
          photographs of everyday scenes (COCO), Apache-2.0. It misses small and crowded things, and its weak
          side is boxes around what is not there: on 18 labelled photographs it found 45 of 118 things at
          confidence 0.4, and 21 that were none.
        </>
      )}
    </p>
  );
}
