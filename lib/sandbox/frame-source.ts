/**
 * The frame around a learner's code, as text for \`srcdoc\`. With \`sandbox="allow-scripts"\` it has an origin of its own that
 * matches no other: no storage, no cookies, no way to the page. Its content policy lets nothing in or out, and the worker
 * inherits it. It relays messages, counts them, and ends a worker that floods or does not come up for air.
 */
import { WORKER_SOURCE } from './worker-source';

/** Messages a second, more than any chart needs. */
export const MOST_MESSAGES = 200;
/** Characters of one message. */
export const LONGEST_MESSAGE = 2_000_000;
/** Seconds without a pause after which code is taken for an endless loop. */
export const PATIENCE_SECONDS = 10;

const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

const RELAY = `
(() => {
  const { MOST_MESSAGES, LONGEST_MESSAGE, PATIENCE_SECONDS, WORKER_SOURCE } = LIMITS;
  let port, worker, count = 0, since = 0, heard = 0, beat;
  const end = (reason) => {
    clearInterval(beat);
    if (!worker) return;
    worker.terminate();
    worker = null;
    port.postMessage({ type: 'killed', reason });
  };
  addEventListener('message', (event) => {
    if (port || event.source !== parent) return;
    port = event.ports[0];
    const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
    worker = new Worker(url);
    heard = performance.now();
    worker.onmessage = ({ data }) => {
      const now = performance.now();
      heard = now;
      if (now - since > 1000) { since = now; count = 0; }
      if (++count > MOST_MESSAGES) return end('flood');
      if (data && data.type === 'pong') return;
      // As text: what arrives at the page is plain, and its size is known.
      let text;
      try { text = JSON.stringify(data); } catch { return end('message'); }
      if (text === undefined || text.length > LONGEST_MESSAGE) return end('large');
      port.postMessage({ type: 'message', text });
    };
    worker.onerror = (error) => {
      error.preventDefault();
      port.postMessage({ type: 'message', text: JSON.stringify({ type: 'error', name: 'Error', message: error.message || 'The worker broke, perhaps for lack of memory.', line: null }) });
      end('error');
    };
    port.onmessage = ({ data }) => {
      // The page asks whether this frame still lives: a lack of memory may end its whole process.
      if (data && data.type === 'alive') port.postMessage({ type: 'alive' });
      else if (worker) worker.postMessage(data);
    };
    beat = setInterval(() => {
      if (!worker) return;
      if (performance.now() - heard > 1000 * PATIENCE_SECONDS) return end('endless');
      worker.postMessage({ type: 'ping' });
    }, 1000);
    worker.postMessage(event.data);
  });
  parent.postMessage({ type: 'sandbox-ready' }, '*');
})();
`;

/** Text that stands inside a script element must not end it. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');

export const FRAME_SOURCE = `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}"></head><body><script>const LIMITS = ${inScript({ MOST_MESSAGES, LONGEST_MESSAGE, PATIENCE_SECONDS, WORKER_SOURCE })};${RELAY}</script></body></html>`;
