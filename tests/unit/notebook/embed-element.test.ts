/** The element of `embed.js`, in stand-ins for the few parts of a page that it touches: what a page says, and when the cell hears it. */
import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ROOT } from '@/tests/harness/root';

const CODE = readFileSync(`${ROOT}/public/embed.js`, 'utf8');
const CELL = 'https://site.test/embed/one/two/';

interface Said {
  type: string;
  [key: string]: unknown;
}
interface Frame {
  src: string;
  contentWindow: { postMessage(body: Said, target: string): void };
}
interface Element {
  setAttribute(name: string, value: string): void;
  connectedCallback(): void;
  addEventListener(type: string, listener: (event: CustomEvent) => void): void;
  run(): void;
  setState(settings: unknown): void;
  getState(): Promise<Said>;
  readonly children: readonly Frame[];
}

/** A page with the script in it. */
function openPage() {
  const listeners: ((event: object) => void)[] = [];
  const sent: [Said, string][] = [];
  let Defined: (new () => Element) | undefined;
  class HTMLElementStandIn extends EventTarget {
    style = {};
    children: Frame[] = [];
    isConnected = true;
    textContent = '';
    readonly attributes = new Map<string, string>();
    getAttribute = (name: string) => this.attributes.get(name) ?? null;
    hasAttribute = (name: string) => this.attributes.has(name);
    setAttribute(name: string, value: string) {
      const before = this.getAttribute(name);
      this.attributes.set(name, value);
      (this as unknown as { attributeChangedCallback(...change: unknown[]): void }).attributeChangedCallback(
        ...[name, before, value],
      );
    }
    replaceChildren(...children: Frame[]) {
      this.children = children;
    }
  }
  runInNewContext(CODE, {
    ...{ URL, CustomEvent, Promise, structuredClone, HTMLElement: HTMLElementStandIn },
    setTimeout: (work: () => void, ms: number) => setTimeout(work, ms),
    customElements: {
      get: () => undefined,
      define: (_: string, made: new () => Element) => {
        Defined = made;
      },
    },
    window: {
      addEventListener: (_: string, listener: (event: object) => void) => listeners.push(listener),
      removeEventListener: () => undefined,
    },
    document: {
      baseURI: 'https://school.test/page/',
      createElement: () => ({
        ...{ style: {}, remove: () => undefined },
        contentWindow: { postMessage: (body: Said, target: string) => sent.push([body, target]) },
      }),
    },
  });
  const element = new Defined!();
  const put = (src = CELL) => {
    element.setAttribute('src', src);
    element.connectedCallback();
  };
  const tell = (body: object) => {
    for (const listener of listeners)
      listener({
        source: element.children[0]!.contentWindow,
        data: { source: 'dp-playground', v: 1, id: 'one/two', ...body },
      });
  };
  const types = () => sent.map(([{ type }]) => type);
  return { element, put, tell, sent, types };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is said before the cell listens is said when it does, in order, and once', () => {
  const { element, put, tell, sent, types } = openPage();
  element.setState({ eps: 1 });
  put();
  element.setState({ eps: 2 });
  element.run();
  expect(sent).toEqual([]);
  tell({ type: 'ready', greeted: false });
  expect(types()).toEqual(['hello']);
  tell({ type: 'ready', greeted: true });
  expect(types()).toEqual(['hello', 'setState', 'setState', 'run']);
  expect(sent.every(([, target]) => target === 'https://site.test')).toBe(true);
  tell({ type: 'ready', greeted: true });
  element.run();
  expect(types().slice(4)).toEqual(['run']);
});

test('what was meant for one cell is not said to the next', () => {
  const { element, put, tell, types } = openPage();
  put();
  tell({ type: 'ready', greeted: true });
  element.setAttribute('src', `${CELL}?another`);
  element.run();
  const before = types().length;
  tell({ type: 'ready', greeted: false });
  tell({ type: 'ready', greeted: true });
  expect(types().slice(before)).toEqual(['hello', 'run']);
});

test('settings that no message can carry are refused where they are given', () => {
  const { element, put } = openPage();
  put();
  expect(() => element.setState({ eps: () => 2 })).toThrow(/could not be cloned/);
});

test('a question is answered by its own answer, or refused in words', async () => {
  const { element, put, tell, sent } = openPage();
  put();
  tell({ type: 'ready', greeted: true });
  const [first, second] = [element.getState(), element.getState()];
  const [one, two] = sent.map(([{ request }]) => request);
  expect(one).not.toBe(two);
  tell({ type: 'state', hash: '#v=1&eps=2', request: two });
  expect(await second).toMatchObject({ hash: '#v=1&eps=2' });
  vi.advanceTimersByTime(5000);
  await expect(first).rejects.toThrow('Has it been started?');
});

test('a page that has no cell yet may ask, too', async () => {
  const { element } = openPage();
  const asked = element.getState();
  vi.advanceTimersByTime(5000);
  await expect(asked).rejects.toThrow('does not answer');
});
