/**
 * The program in which a learner's code runs, as text: it is started from a `data:` address inside a frame that has no origin.
 * Plain JavaScript, for it never passes a compiler.
 *
 * Nothing here protects anything: code may tamper with all of it. What protects is outside: the frame's sandbox and content
 * policy (no network, no storage, no page), the relay's limits, and a page that can take the frame away.
 */
import { CONSOLE_SOURCE } from './console-source';
import { FUNCTIONS_SOURCE } from './functions-source';
import { INSPECT_SOURCE } from './inspect-source';
import { MECHANISM_NAMES, PRIVACY_NAMES } from './names';

/** Lines of code that are named where calls were not awaited. */
const MOST_FORGOTTEN = 3;

export const WORKER_SOURCE = `
(() => {
  'use strict';
  const NAMES = ${JSON.stringify({ privacy: PRIVACY_NAMES, mechanisms: MECHANISM_NAMES })};
  const MOST_FORGOTTEN = ${MOST_FORGOTTEN};
${String.raw`  const post = self.postMessage.bind(self);
  // A worker of a worker could flood and loop where nobody counts. This one's code runs first: what it takes away stays away.
  delete self.Worker;

  /** What is thrown may throw when it is looked at. @returns its text, or nothing */
  const textOf = (look) => {
    try {
      return String(look());
    } catch {
      return '';
    }
  };
  const isError = (value) => textOf(() => value instanceof Error) === 'true';

  /** The line and column of the learner's own text at which it broke or called, from 1, as the engine counts them. */
  const placeOf = (error) => {
    const found = /cell\.js:(\d+)(?::(\d+))?/.exec(textOf(() => error.stack));
    return found ? { line: Number(found[1]) - offset, column: found[2] ? Number(found[2]) : null } : null;
  };
  /** The function around the code takes up so many lines. */
  let offset = 2;
  const lineOfCall = () => {
    const place = placeOf(new Error());
    return place ? ' (line ' + place.line + ')' : '';
  };
${INSPECT_SOURCE}
  /** A number that is none, or −0, is said in words: what passes to the page would make it empty, or 0. */
  const cell = (value) => (typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value) && !Object.is(value, -0)) || value === null ? value : inspect(value));
  const MOST_ROWS = 2000;
  const showTable = ({ title, columns, rows, ...rest } = {}) => {
    const list = Array.isArray(rows) ? rows : [];
    post({
      type: 'show',
      what: 'table',
      value: { ...rest, title, columns, rows: rows === undefined ? rows : list.slice(0, MOST_ROWS).map((row) => Array.from(row, (one) => { const said = cell(one); return typeof said === 'string' ? said.slice(0, 1000) : said; })) },
    });
    if (list.length > MOST_ROWS) say('warn', 'The first ' + MOST_ROWS + ' of ' + list.length + ' rows are shown.');
  };
${CONSOLE_SOURCE}
  // Timers that have not fired when the code ends are cut off, and that is said.
  const pending = new Set();
  const { setTimeout: later, setInterval: often, clearTimeout: forget } = globalThis;
  globalThis.setTimeout = (act, milliseconds, ...values) => {
    const id = later(() => {
      pending.delete(id);
      if (typeof act === 'function') act(...values);
    }, milliseconds);
    pending.add(id);
    return id;
  };
  globalThis.setInterval = (act, milliseconds, ...values) => {
    const id = often(act, milliseconds, ...values);
    pending.add(id);
    return id;
  };
  globalThis.clearTimeout = globalThis.clearInterval = (id) => {
    pending.delete(id);
    forget(id);
  };

  const waiting = new Map();
  let calls = 0;
  /** What a call brings. It knows whether anybody waits for it. */
  class Answer extends Promise {
    static get [Symbol.species]() { return Promise; }
    then(...handlers) {
      this.awaited = true;
      return super.then(...handlers);
    }
  }
  const asked = [];
  const call = (name, options, onUpdate, said = 'lab.' + name) => {
    const answer = new Answer((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject, onUpdate });
      post({ type: 'call', id, name, options });
    });
    asked.push({ answer, said: said + lineOfCall() });
    // Those that somebody waits for are no longer of interest.
    if (asked.length > 1000) asked.splice(0, asked.length, ...asked.filter((one) => !one.answer.awaited));
    return answer;
  };

  const privacy = (name) => (options) => call('privacy', { name, options: options || {} }, undefined, 'lab.privacy.' + name);
  const mechanism = (name) => ({ value, count, seed, ...options } = {}) =>
    call('mechanism', { name, value, count, seed, options }, undefined, 'lab.mechanisms.' + name);
  const noise = (distribution) => (options) => call('noise', { distribution, ...options }, undefined, 'lab.noise.' + distribution);

  const isList = (value) => Array.isArray(value) || ArrayBuffer.isView(value);
  /** Pairs as they are, numbers against their positions. */
  const pointsOf = (values) => Array.from(values, (value, i) => (isList(value) ? [Number(value[0]), Number(value[1])] : [i, Number(value)]));
  /** plot(y), plot(pairs), plot(x, y), plot({ name: y, … }); options last: title, x, y, dots. */
  const plot = (first, second, third) => {
    const against = isList(first) && isList(second);
    const { dots, ...options } = (against ? third : second) || {};
    const named = isList(first) ? { [typeof options.y === 'string' ? options.y : 'y']: against ? Array.from(first, (x, i) => [x, second[i]]) : first } : first || {};
    const series = Object.entries(named).map(([label, values]) => ({
      label,
      points: isList(values) ? pointsOf(values) : [],
      ...(dots === undefined ? {} : { dots }),
    }));
    post({ type: 'show', what: 'chart', value: { title: 'Plot', ...options, series } });
  };

  const lab = Object.freeze({
    run: (experiment, params, onUpdate) => call('run', { experiment, params: params || {} }, onUpdate),
    detect: (options, onUpdate) => call('detect', options || {}, onUpdate),
    privacy: Object.freeze(Object.fromEntries(NAMES.privacy.map((name) => [name, privacy(name)]))),
    mechanisms: Object.freeze(Object.fromEntries(NAMES.mechanisms.map((name) => [name, mechanism(name)]))),
    noise: Object.freeze({ laplace: noise('laplace'), gaussian: noise('gaussian'), uniform: noise('uniform') }),
    chart: (options) => post({ type: 'show', what: 'chart', value: options }),
    bars: (options) => post({ type: 'show', what: 'bars', value: options }),
    table: showTable,
    plot,
    print: console.log,
    sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });

  const AsyncFunction = (async () => {}).constructor;
  const wrap = (code) => new AsyncFunction('lab', 'console', code + '\n//# sourceURL=cell.js');

  /** What would be lost without a word when the code ends. */
  function tellWhatIsLost() {
    indent = '';
    const forgotten = asked.filter(({ answer }) => !answer.awaited);
    for (const { said } of forgotten.slice(0, MOST_FORGOTTEN))
      say('warn', said + ' was called without await: what it brings is lost. Write “await” before it.');
    if (forgotten.length > MOST_FORGOTTEN) say('warn', 'So were ' + (forgotten.length - MOST_FORGOTTEN) + ' more calls.');
    if (pending.size > 0)
      say('warn', (pending.size === 1 ? 'A timer' : pending.size + ' timers') + ' had not fired when the code ended, and will not. Wait before the end: await lab.sleep(1000).');
  }

${FUNCTIONS_SOURCE}
  async function start({ code, helpers, names }) {
    try {
      // Globals, so that code may have the same names for things of its own.
      if (helpers) new Function(helpers)();
      // How many lines the engine puts before the code differs: ask it.
      await wrap('throw new Error()')().catch((error) => {
        const place = placeOf(error);
        if (place) offset += place.line - 1;
      });
      if (names) return void (await open(code, names));
      const value = await wrap(code)(lab, console);
      tellWhatIsLost();
      post({ type: 'done', text: value === undefined ? null : cut(inspect(value)) });
    } catch (error) {
      const place = placeOf(error);
      const [, cause = ''] = /^[^]*?(\n  (?:caused by|of these: )[^]*)$/.exec(isError(error) ? shown(error) : '') || [];
      post({
        type: 'error',
        name: textOf(() => error.name || 'Error').slice(0, 200) || 'Error',
        message: cut((isError(error) ? textOf(() => error.message) : inspect(error)) + cause),
        line: place && place.line,
      });
    }
  }

  self.addEventListener('message', ({ data }) => {
    if (data.type === 'ping') post({ type: 'pong' });
    if (data.type === 'start') void start(data);
    if (data.type === 'ask') void answerAll(data);
    const one = waiting.get(data.id);
    if (!one) return;
    if (data.type === 'update') {
      if (one.onUpdate) one.onUpdate(data.value);
      return;
    }
    if (data.type !== 'answer') return;
    waiting.delete(data.id);
    if (data.ok) one.resolve(data.value);
    else one.reject(Object.assign(new Error(data.message), { name: data.code || 'Error' }));
  });
  self.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    say('error', 'Nobody caught this: ' + inspect(event.reason));
  });
})();
`}`;
