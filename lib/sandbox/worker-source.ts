/**
 * The program in which a learner's code runs, as text: it is started from a `data:` address inside a frame that has no origin.
 * Plain JavaScript, for it never passes a compiler.
 *
 * Nothing here protects anything: code may tamper with all of it. What protects is outside: the frame's sandbox and content
 * policy (no network, no storage, no page), the relay's limits, and a page that can take the frame away.
 */
import { MECHANISM_NAMES, PRIVACY_NAMES } from './names';

export const WORKER_SOURCE = `
(() => {
  'use strict';
  const NAMES = ${JSON.stringify({ privacy: PRIVACY_NAMES, mechanisms: MECHANISM_NAMES })};
${String.raw`  const post = self.postMessage.bind(self);
  // A worker of a worker could flood and loop where nobody counts. This one's code runs first: what it takes away stays away.
  delete self.Worker;
  const waiting = new Map();
  let calls = 0;

  const call = (name, options, onUpdate) =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject, onUpdate });
      post({ type: 'call', id, name, options });
    });

  /** A value in words, as a console shows it. */
  const inspect = (value) => {
    if (typeof value === 'string') return value;
    if (value instanceof Error) return value.name + ': ' + value.message;
    if (typeof value === 'function') return 'function ' + (value.name || '(anonymous)');
    try {
      const text = JSON.stringify(value, (_key, inner) => {
        if (typeof inner === 'bigint') return String(inner) + 'n';
        if (ArrayBuffer.isView(inner)) return Array.from(inner);
        return inner;
      });
      return text === undefined ? String(value) : text;
    } catch (error) {
      return String(value);
    }
  };
  const print = (level) => (...values) => post({ type: 'log', level, text: values.map(inspect).join(' ') });
  const console = { log: print('log'), info: print('log'), debug: print('log'), warn: print('warn'), error: print('error') };
  self.console = console;

  const privacy = (name) => (options) => call('privacy', { name, options: options || {} });
  const mechanism = (name) => ({ value, count, seed, ...options } = {}) => call('mechanism', { name, value, count, seed, options });
  const noise = (distribution) => (options) => call('noise', { distribution, ...options });
  const lab = Object.freeze({
    run: (experiment, params, onUpdate) => call('run', { experiment, params: params || {} }, onUpdate),
    detect: (options, onUpdate) => call('detect', options || {}, onUpdate),
    privacy: Object.freeze(Object.fromEntries(NAMES.privacy.map((name) => [name, privacy(name)]))),
    mechanisms: Object.freeze(Object.fromEntries(NAMES.mechanisms.map((name) => [name, mechanism(name)]))),
    noise: Object.freeze({ laplace: noise('laplace'), gaussian: noise('gaussian'), uniform: noise('uniform') }),
    chart: (options) => post({ type: 'show', what: 'chart', value: options }),
    bars: (options) => post({ type: 'show', what: 'bars', value: options }),
    table: (options) => post({ type: 'show', what: 'table', value: options }),
    print: console.log,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });

  /** The line of the learner's own text at which it broke, from 1; the function around it takes up OFFSET lines. */
  const lineOf = (error, offset) => {
    const found = /cell\.js:(\d+)/.exec(String(error && error.stack));
    return found ? Number(found[1]) - offset : null;
  };
  const AsyncFunction = (async () => {}).constructor;
  const wrap = (code) => new AsyncFunction('lab', 'console', code + '\n//# sourceURL=cell.js');

  async function start(code) {
    let offset = 2;
    try {
      // How many lines the engine puts before the code differs: ask it.
      await wrap('throw new Error()')().catch((error) => {
        const line = lineOf(error, 0);
        if (line) offset = line - 1;
      });
      const value = await wrap(code)(lab, console);
      post({ type: 'done', text: value === undefined ? null : inspect(value) });
    } catch (error) {
      post({
        type: 'error',
        name: String((error && error.name) || 'Error'),
        message: String((error && error.message) || error),
        line: lineOf(error, offset),
      });
    }
  }

  self.addEventListener('message', ({ data }) => {
    if (data.type === 'ping') post({ type: 'pong' });
    if (data.type === 'start') void start(data.code);
    const asked = waiting.get(data.id);
    if (!asked) return;
    if (data.type === 'update') {
      if (asked.onUpdate) asked.onUpdate(data.value);
      return;
    }
    if (data.type !== 'answer') return;
    waiting.delete(data.id);
    if (data.ok) asked.resolve(data.value);
    else asked.reject(Object.assign(new Error(data.message), { name: data.code || 'Error' }));
  });
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    print('error')('Unhandled:', event.reason);
  });
})();
`}`;
