/** What keeps a reader's code apart, as it is written into the sandbox's document. Browsers are asked in tests/browser/code.spec.ts. */
import { createContext, runInContext } from 'node:vm';
import { expect, test } from 'vitest';
import { SANDBOX_PAGE } from '@/lib/sandbox/sandbox-page';
import { WORKER_SOURCE } from '@/lib/sandbox/worker-source';

test('the inner document has scripts and nothing else', () => {
  expect(SANDBOX_PAGE).toContain("setAttribute('sandbox', 'allow-scripts')");
  expect(SANDBOX_PAGE).not.toContain('allow-same-origin,');
  expect(SANDBOX_PAGE.match(/setAttribute\('sandbox'/g)).toHaveLength(1);
});

test('its policy lets nothing in or out', () => {
  const policies = [...SANDBOX_PAGE.matchAll(/Content-Security-Policy\\?" content=\\?"([^"\\]+)/g)].map(
    ([, policy]) => policy!,
  );
  expect(policies).toHaveLength(2);
  for (const policy of policies) {
    const rules = policy.split(';').map((rule) => rule.trim());
    expect(rules[0]).toBe("default-src 'none'");
    // What may run: scripts that are known by their hash, and a worker from an address that holds its own text.
    expect(
      rules.filter((rule) => /^(connect|img|frame|child|style|font|media|object)-src/.test(rule)),
    ).toEqual([]);
    expect(rules.find((rule) => rule.startsWith('worker-src'))).toBe('worker-src data:');
    expect(rules).toContain("form-action 'none'");
    expect(policy).not.toMatch(/\*|https?:|'self'|'unsafe-inline'/);
  }
});

/** The inner document's own script, with a worker and a page that a test speaks for. */
function relay() {
  const inner = JSON.parse(/const INNER = (".*?[^\\]");\n\(\(\) =>/s.exec(SANDBOX_PAGE)![1]!) as string;
  const script = /<script>([\s\S]*)<\/script>/.exec(inner)![1]!;
  const told: { type: string; reason?: string }[] = [];
  const port = { postMessage: (message: never) => told.push(message), onmessage: null };
  const parent = { postMessage() {} };
  const workers: { onmessage?(event: { data: unknown }): void; ended: boolean }[] = [];
  class Worker {
    ended = false;
    constructor() {
      workers.push(this);
    }
    postMessage() {}
    terminate() {
      this.ended = true;
    }
  }
  let hear: (event: object) => void = () => {};
  const context = createContext({
    ...{ Worker, parent, performance, encodeURIComponent, setInterval: () => 0, clearInterval() {} },
    addEventListener: (_: string, listener: typeof hear) => {
      hear = listener;
    },
  });
  runInContext(script, context);
  hear({ source: parent, ports: [port], data: { type: 'start', code: '' } });
  return { told, say: (data: unknown) => workers[0]!.onmessage!({ data }), ended: () => workers[0]!.ended };
}

test('a flood of messages ends the worker, and no more than so many come through', () => {
  const { told, say, ended } = relay();
  for (let i = 0; i < 1000 && !ended(); i++) say({ type: 'log', level: 'log', text: String(i) });
  expect(ended()).toBe(true);
  expect(told.at(-1)).toEqual({ type: 'killed', reason: 'flood' });
  expect(told.length).toBeLessThanOrEqual(201);
});

test('so does one message that is too long, or cannot be written down', () => {
  const long = relay();
  long.say({ text: 'x'.repeat(3_000_000) });
  expect(long.told).toEqual([{ type: 'killed', reason: 'large' }]);
  const odd = relay();
  odd.say({ value: 1n });
  expect(odd.told).toEqual([{ type: 'killed', reason: 'message' }]);
});

test('code starts no worker of its own', () => {
  const self = { postMessage() {}, addEventListener() {}, Worker: class {} };
  runInContext(WORKER_SOURCE, createContext({ self, setTimeout, setInterval, clearTimeout, clearInterval }));
  expect('Worker' in self).toBe(false);
});
