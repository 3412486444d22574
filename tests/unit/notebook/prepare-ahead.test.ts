import { expect, test, vi } from 'vitest';
import { mayPrepare, whenAtRest } from '@/lib/notebook/prepare-ahead';

test.each([
  [true, {}],
  [true, { deviceMemory: 8, connection: { saveData: false } }],
  [true, { deviceMemory: 4 }],
  [false, { deviceMemory: 2 }],
  [false, { connection: { saveData: true } }],
])('%s for what a browser tells: %j', (expected, told) => expect(mayPrepare(told)).toBe(expected));

function page({ framed = false, hidden = false, active = false } = {}) {
  const document = Object.assign(new EventTarget(), { hidden });
  const idle: (() => void)[] = [];
  const window = {
    document,
    navigator: { userActivation: { hasBeenActive: active } },
    requestIdleCallback: (work: () => void) => idle.push(work),
    parent: null as unknown,
  };
  window.parent = framed ? {} : window;
  const rest = () => {
    for (const work of idle.splice(0)) work();
  };
  return { window: window as unknown as Window, document, rest };
}

test('waits for the page to have nothing to do', () => {
  const { window, rest } = page();
  const act = vi.fn();
  whenAtRest(window, act);
  expect(act).not.toHaveBeenCalled();
  rest();
  expect(act).toHaveBeenCalledTimes(1);
});

test('waits until the page is seen', () => {
  const { window, document, rest } = page({ hidden: true });
  const act = vi.fn();
  whenAtRest(window, act);
  rest();
  expect(act).not.toHaveBeenCalled();
  document.hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  rest();
  document.dispatchEvent(new Event('visibilitychange'));
  rest();
  expect(act).toHaveBeenCalledTimes(1);
});

test('waits, in somebody else’s page, until it is touched', () => {
  const { window, document, rest } = page({ framed: true });
  const act = vi.fn();
  whenAtRest(window, act);
  document.dispatchEvent(new Event('visibilitychange'));
  rest();
  expect(act).not.toHaveBeenCalled();
  document.dispatchEvent(new Event('pointerdown'));
  rest();
  expect(act).toHaveBeenCalledTimes(1);
});

test('an embed that was started by a click has been touched', () => {
  const { window, rest } = page({ framed: true, active: true });
  const act = vi.fn();
  whenAtRest(window, act);
  rest();
  expect(act).toHaveBeenCalledTimes(1);
});

test('gives up when it is told to, at any time', () => {
  const act = vi.fn();
  const [early, late] = [page({ framed: true }), page()];
  whenAtRest(early.window, act)();
  early.document.dispatchEvent(new Event('pointerdown'));
  early.rest();
  const giveUp = whenAtRest(late.window, act);
  giveUp();
  late.rest();
  expect(act).not.toHaveBeenCalled();
});
