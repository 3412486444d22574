'use client';

/**
 * When a slider is let go. With a pointer that is when it is lifted after the value has moved; with keys, which move step by step, when
 * none has been pressed for a moment. What sets a value from elsewhere (a link, Back, a typed number, another cell) releases nothing.
 */
import { type RefObject, useEffect, useRef } from 'react';

/** Milliseconds without a key after which a slider counts as let go. */
export const KEYS_REST_MS = 900;

const KEYS = new Set([
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'PageUp',
  'PageDown',
]);

const isSlider = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement && target.type === 'range';

/**
 * @param zone the element that the slider stands in
 * @param released always the newest is called
 * @param touched at the first sign that somebody is at the slider
 */
export function useRelease(
  zone: RefObject<HTMLElement | null>,
  released: () => void,
  touched: () => void = () => {},
): void {
  const latest = useRef({ released, touched });
  useEffect(() => {
    latest.current = { released, touched };
  });
  useEffect(() => {
    const element = zone.current;
    if (!element) return;
    let dragging = false;
    let moved = false;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const listening = new AbortController();
    const { signal } = listening;
    // After the page has taken in the last value.
    const release = () => setTimeout(() => latest.current.released());
    const down = ({ target }: Event) => {
      if (!isSlider(target)) return;
      latest.current.touched();
      clearTimeout(rest);
      dragging = true;
      moved = false;
    };
    const lifted = () => {
      if (dragging && moved) release();
      dragging = false;
    };
    const key = ({ target, key: name }: KeyboardEvent) => {
      if (!isSlider(target) || !KEYS.has(name)) return;
      latest.current.touched();
      clearTimeout(rest);
      rest = setTimeout(release, KEYS_REST_MS);
    };
    element.addEventListener('pointerdown', down, { signal });
    element.addEventListener(
      'input',
      ({ target }) => {
        if (isSlider(target)) moved = true;
      },
      { signal },
    );
    element.addEventListener('keydown', key, { signal });
    element.addEventListener('keyup', key, { signal });
    // The pointer may be lifted anywhere.
    window.addEventListener('pointerup', lifted, { signal, capture: true });
    window.addEventListener('pointercancel', lifted, { signal, capture: true });
    return () => {
      clearTimeout(rest);
      listening.abort();
    };
  }, [zone]);
}
