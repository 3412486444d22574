'use client';

import { useEffect, useRef, useState } from 'react';

const STAGE_MS = 150;

/**
 * How many stages of a play are over: all of them, but while it is played. It plays once when there is something to play for the first
 * time, and again when told to; never for people who asked their device for less motion.
 */
export function useFlips(stages: number): { over: number; playing: boolean; play(): void } {
  const [over, setOver] = useState(Number.POSITIVE_INFINITY);
  const shown = useRef(false);
  const playing = over < stages;

  const play = () => {
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) setOver(0);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the first time that there is something
  useEffect(() => {
    if (stages === 0 || shown.current) return;
    shown.current = true;
    play();
  }, [stages]);
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => setOver((before) => before + 1), STAGE_MS);
    return () => clearInterval(timer);
  }, [playing]);
  return { over: Math.min(over, stages), playing, play };
}
