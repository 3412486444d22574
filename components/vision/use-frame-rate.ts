'use client';

import { useEffect, useRef, useState } from 'react';
import type { SourcePicture } from './picture';

export interface FrameRate {
  /** Frames looked at per second. */
  fps: number;
  /** From the taking of the newest frame to its boxes, in milliseconds. */
  latencyMs: number;
}

/** Answers that are averaged. */
const WINDOW = 12;

/**
 * How fast a moving picture is looked at.
 * @param picture what is shown to the detector
 * @param answered key of the picture that the newest result is of; null before the first
 */
export function useFrameRate(picture: SourcePicture | null, answered: string | null): FrameRate | null {
  const taken = useRef(new Map<string, number>());
  const ends = useRef<number[]>([]);
  const [rate, setRate] = useState<FrameRate | null>(null);
  const takenAt = picture?.takenAt;
  const key = picture?.key;

  useEffect(() => {
    if (key === undefined || takenAt === undefined) {
      taken.current.clear();
      ends.current = [];
      setRate(null);
      return;
    }
    taken.current.set(key, takenAt);
    // Those never answered were superseded.
    if (taken.current.size > WINDOW) taken.current.delete(taken.current.keys().next().value!);
  }, [key, takenAt]);

  useEffect(() => {
    const start = answered === null ? undefined : taken.current.get(answered);
    if (answered === null || start === undefined) return;
    taken.current.delete(answered);
    const now = performance.now();
    ends.current = [...ends.current, now].slice(-WINDOW);
    const [first] = ends.current;
    const spans = ends.current.length - 1;
    if (spans > 0) setRate({ fps: (1000 * spans) / (now - first!), latencyMs: now - start });
  }, [answered]);

  return rate;
}
