'use client';

/** A recorded run that plays once by itself, point by point of its curve, until somebody touches the slider. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { Pace } from '@/components/ui/pace';

/** Milliseconds from one point to the next: the film lasts about four seconds. */
const PACE = 80;

export interface Film {
  /** Of the curve; null when the film is over: then the run is shown whole. */
  point: number | null;
}

/**
 * @param plays false, and there is no film
 * @param recorded one frame a point
 * @param zone touched, the film is over
 */
export function useFilm(
  plays: boolean,
  { privateRight }: { privateRight: string },
  zone: RefObject<HTMLElement | null>,
): Film {
  const [point, setPoint] = useState<number | null>(null);
  const pace = useRef(new Pace());
  // biome-ignore lint/correctness/useExhaustiveDependencies: told of every point once it is drawn
  useEffect(() => pace.current.drawn(performance.now()), [point]);
  useEffect(() => {
    const element = zone.current;
    if (!plays || !element || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const frames = privateRight.split(' ').length;
    let at = 0;
    const timer = setInterval(() => {
      // A film that nobody sees waits.
      if (document.hidden) return;
      at++;
      if (at >= frames - 1) end();
      else if (pace.current.due(performance.now())) setPoint(at);
    }, PACE);
    const end = () => {
      clearInterval(timer);
      setPoint(null);
      for (const type of TOUCHES) element.removeEventListener(type, end);
    };
    for (const type of TOUCHES) element.addEventListener(type, end);
    return end;
  }, [plays, privateRight, zone]);
  return { point };
}

const TOUCHES = ['pointerdown', 'keydown', 'input'] as const;
