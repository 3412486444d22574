/**
 * The document in which a reader's code runs. It is a file of its own, not text in the page: text would inherit the page's content policy,
 * which runs no such code, and must not be loosened for it.
 *
 * It is two documents. The outer one comes from the site, so that the service worker has it when there is no network; it only passes on
 * one message each way. The inner one, `sandbox="allow-scripts"`, has an origin of its own that matches no other: no storage, no cookies,
 * no way to the page. The outer one's policy, which the inner one and its worker inherit, lets nothing in or out. The inner one relays
 * messages, counts them, and ends a worker that floods or does not come up for air.
 */
import { createHash } from 'node:crypto';
import { WORKER_SOURCE } from './worker-source';

/** Messages a second, more than any chart needs. */
const MOST_MESSAGES = 200;
/** Characters of one message. */
const LONGEST_MESSAGE = 2_000_000;
/** Seconds without a pause after which code is taken for an endless loop. */
const PATIENCE_SECONDS = 10;

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
    // WebKit refuses a \`blob:\` worker here when the page is isolated; a \`data:\` one starts in every browser.
    worker = new Worker('data:text/javascript;charset=utf-8,' + encodeURIComponent(WORKER_SOURCE));
    let started = false;
    heard = performance.now();
    worker.onmessage = ({ data }) => {
      const now = performance.now();
      heard = now;
      started = true;
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
      port.postMessage({ type: 'message', text: JSON.stringify({ type: 'error', name: 'Error', message: error.message || (started ? 'The worker broke, perhaps for lack of memory.' : 'This browser did not start the worker that runs the code.'), line: null }) });
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

/** Passes the start on to the inner document, and its word that it is there to the page. */
const DOOR = `
(() => {
  // Opened by itself there is nobody to run code for.
  if (parent === window) return;
  const inner = document.createElement('iframe');
  // Not one permission more: with allow-same-origin the code would be the site.
  inner.setAttribute('sandbox', 'allow-scripts');
  inner.srcdoc = INNER;
  addEventListener('message', (event) => {
    if (event.source === parent) inner.contentWindow.postMessage(event.data, '*', [...event.ports]);
    else if (event.source === inner.contentWindow) parent.postMessage({ type: 'sandbox-ready' }, '*');
  });
  document.body.append(inner);
})();
`;

/** Text that stands inside a script element must not end it. */
const inScript = (value: unknown) => JSON.stringify(value).replaceAll('<', '\\u003c');
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

function documentOf(script: string, policy: string): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<title>Sandbox for code</title></head><body><script>${script}</script></body></html>`
  );
}

/** `'unsafe-eval'` is what the document is for. @param scripts the texts that may run in it */
const policyFor = (scripts: readonly string[]) =>
  `default-src 'none'; script-src ${scripts.map(hash).join(' ')} 'unsafe-eval' data:; worker-src data:; base-uri 'none'; form-action 'none'`;

const RELAY_SCRIPT = `const LIMITS = ${inScript({ MOST_MESSAGES, LONGEST_MESSAGE, PATIENCE_SECONDS, WORKER_SOURCE })};${RELAY}`;
const DOOR_SCRIPT = `const INNER = ${inScript(documentOf(RELAY_SCRIPT, policyFor([RELAY_SCRIPT])))};${DOOR}`;

/** The whole document, as it is served. */
export const SANDBOX_PAGE = documentOf(DOOR_SCRIPT, policyFor([DOOR_SCRIPT, RELAY_SCRIPT]));
