'use client';

import { useEffect, useState } from 'react';

/** What is this close to the window, in CSS pixels, is ready by the time that one has scrolled there. */
const CLOSE = '500px 0px';
/** Milliseconds after loading from which the others follow, one after another: for the finder of the browser, and for print. */
const REST_AFTER = 5000;
const REST_BETWEEN = 400;
/** Times as long as the last one took. */
const LEFT_ALONE = 10;

/** In the order of the page. */
const waiting = new Map<Element, Set<() => void>>();
let observer: IntersectionObserver | null = null;
let rests: ReturnType<typeof setTimeout> | null = null;

function release(element: Element): void {
  observer?.unobserve(element);
  const those = waiting.get(element) ?? [];
  waiting.delete(element);
  for (const near of those) near();
}

/** All of it is wanted now. */
export function releaseAll(): void {
  for (const element of [...waiting.keys()]) release(element);
}

const idle = (work: () => void) =>
  (globalThis.requestIdleCallback ?? ((then: () => void) => setTimeout(then, 1)))(work);

/** The next one in the order of the page, when there is nothing better to do; the longer it takes, the longer the page is left alone after it. */
function rest(): void {
  rests = null;
  idle(() => {
    const [next] = waiting.keys();
    const began = performance.now();
    if (next) release(next);
    idle(() => plan(Math.max(REST_BETWEEN, LEFT_ALONE * (performance.now() - began))));
  });
}

function plan(after: number): void {
  if (rests === null && waiting.size > 0) rests = setTimeout(rest, after);
}

/**
 * Calls `near` once: when a reader comes near, or when the page has been at rest for a while.
 * @returns gives up waiting
 */
export function whenNear(element: Element, near: () => void): () => void {
  if (observer === null) {
    observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) if (isIntersecting) release(target);
      },
      { rootMargin: CLOSE },
    );
    addEventListener('beforeprint', releaseAll);
  }
  const those = waiting.get(element) ?? new Set();
  waiting.set(element, those.add(near));
  observer.observe(element);
  plan(REST_AFTER);
  return () => {
    those.delete(near);
    if (those.size === 0) release(element);
  };
}

/**
 * Whether it is time for a cell or a chart to do what it does unasked: once a reader comes near, and at the latest when the page has
 * been at rest for a while. A page of five cells would else start five workers before its first line can be read.
 * @param elementId of its element; where there is none, it is time at once
 */
export function useNear(elementId: string): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const element = document.getElementById(elementId);
    if (element) return whenNear(element, () => setNear(true));
    setNear(true);
  }, [elementId]);
  return near;
}
