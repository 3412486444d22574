/**
 * The clock of a timed worker, to be imported before the code that is timed: `globalThis.timed`, which support/seams.ts
 * puts around functions, and what was fetched when. The page asks for all of it on a channel.
 */
import type { Part, Span } from '../support/waterfall';

export const CHANNEL = 'spans';

const spans: Span[] = [];
/** Milliseconds since 1970, as the page counts them too. */
const now = () => performance.timeOrigin + performance.now();

type Timed = (this: unknown, ...args: unknown[]) => unknown;

function timed(part: Part, work: Timed): Timed {
  return function (...args) {
    const from = now();
    const ended = () => void spans.push({ part, from, to: now() });
    let result: unknown;
    try {
      result = work.apply(this, args);
    } catch (error) {
      ended();
      throw error;
    }
    if (!(result instanceof Promise)) {
      ended();
      return result;
    }
    return result.finally(ended);
  };
}

Object.assign(globalThis, { timed });
performance.setResourceTimingBufferSize(1000);

function fetched(): Span[] {
  return performance.getEntriesByType('resource').map((entry) => {
    const { name, startTime, responseEnd } = entry as PerformanceResourceTiming;
    return {
      part: name.endsWith('.js') ? 'loading code' : 'download',
      from: performance.timeOrigin + startTime,
      to: performance.timeOrigin + responseEnd,
    };
  });
}

/** To be called when the worker listens. */
export function started(): void {
  spans.push({ part: 'starting the worker', from: performance.timeOrigin, to: now() });
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (data === 'ask') channel.postMessage([...spans, ...fetched()]);
  };
}
