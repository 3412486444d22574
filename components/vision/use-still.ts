'use client';

import { useEffect, useState } from 'react';
import type { SourcePicture } from './picture';

/** Milliseconds without another frame after which the last one counts as a picture. */
const STILL_AFTER = 600;

/** A picture that stands still: of a camera or video, its last frame. For cells that need not follow every frame. */
export function useStill(picture: SourcePicture | null): SourcePicture | null {
  const [still, setStill] = useState(picture);
  useEffect(() => {
    if (picture?.takenAt === undefined) {
      setStill(picture);
      return;
    }
    const timer = setTimeout(() => setStill(picture), STILL_AFTER);
    return () => clearTimeout(timer);
  }, [picture]);
  return picture?.takenAt === undefined ? picture : still;
}
