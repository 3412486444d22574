'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { Pace } from '@/components/ui/pace';
import { noiseAt, PLAY_MS, strongestSince } from './play';

type Phase = 'still' | 'playing' | 'over';

export interface Play {
  phase: Phase;
  /** What it shows; null when it is over, and the slider says. */
  noise: number | null;
  end(): void;
}

/**
 * Plays once, by itself, as soon as there is something to play with; never for a reader who wants no motion.
 * @param ready whether there is
 */
export function usePlay(ready: boolean): Play {
  const [phase, setPhase] = useState<Phase>('still');
  const [noise, setNoise] = useState(noiseAt(0));
  const pace = useRef(new Pace());
  // biome-ignore lint/correctness/useExhaustiveDependencies: told of every noise once it is drawn
  useEffect(() => pace.current.drawn(performance.now()), [noise]);
  const end = useCallback(() => setPhase('over'), []);

  useEffect(() => {
    if (!ready) return;
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    setPhase((now) => (now === 'over' || still ? 'over' : 'playing'));
  }, [ready]);

  useEffect(() => {
    if (phase !== 'playing') return;
    let start: number | null = null;
    let before = 0;
    let frame = requestAnimationFrame(function step(now) {
      start ??= now;
      const share = (now - start) / PLAY_MS;
      if (share >= 1) return setPhase('over');
      if (pace.current.due(performance.now())) {
        setNoise(strongestSince(before, share));
        before = share;
      }
      frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [phase]);

  return { phase, noise: phase === 'over' ? null : noise, end };
}
