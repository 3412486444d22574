/**
 * The console of code in the sandbox, as people know it: part of the program that runs there, as text. It needs `post`, `inspect`,
 * `shown`, `showTable` and `lineOfCall`, and gives `console`, `say` and `cut`.
 */
export const CONSOLE_SOURCE = `
  let indent = '';
  /** What is longer is cut where it is written: a message of some MB would end the run. */
  const MOST_TEXT = 19900;
  const cut = (text) => (text.length > MOST_TEXT ? text.slice(0, MOST_TEXT) + '… (cut: ' + text.length + ' characters)' : text);
  const say = (level, text) => post({ type: 'log', level, text: indent === '' ? cut(text) : cut(text).replace(/^/gm, indent) });

  /** Of an object, NaN: to ask it would call code of its own. */
  const asNumber = (value) => (typeof value === 'object' || typeof value === 'function' || typeof value === 'symbol' ? NaN : Number(value));
  const FORMATS = {
    s: (value) => (typeof value === 'string' ? value : shown(value)),
    d: (value) => shown(typeof value === 'bigint' ? value : asNumber(value)),
    i: (value) => shown(typeof value === 'bigint' ? value : Math.trunc(asNumber(value))),
    f: (value) => shown(asNumber(value)),
    j: shown, o: shown, O: shown,
    // Styles.
    c: () => '',
  };
  /** As console.log puts values together, with %s and its like in the first. */
  function inOneText(values) {
    const [first, ...rest] = values;
    if (typeof first !== 'string' || rest.length === 0) return values.map(inspect).join(' ');
    const begun = first.replace(/%[sdifjoOc%]/g, (mark) => {
      if (mark === '%%') return '%';
      return rest.length === 0 ? mark : FORMATS[mark[1]](rest.shift());
    });
    return [begun, ...rest.map(inspect)].join(' ');
  }
  const print = (level) => (...values) => say(level, inOneText(values));

  const now = () => (self.performance ? self.performance.now() : Date.now());
  const timers = new Map();
  const counts = new Map();
  const keyOf = (label) => (label === undefined ? 'default' : inspect(label));
  const timeLog = (label, values) => {
    const key = keyOf(label);
    if (!timers.has(key)) return say('warn', 'There is no timer “' + key + '”.');
    say('log', key + ': ' + (now() - timers.get(key)).toFixed(2) + ' ms' + values.map((value) => ' ' + inspect(value)).join(''));
  };

  const MOST_COLUMNS = 29;
  /** A row of cells for each element, a column for each property that any of them has. */
  function consoleTable(data, wanted) {
    if (typeof data !== 'object' || data === null) return say('log', inspect(data));
    const named = data instanceof Map || Array.isArray(data) || ArrayBuffer.isView(data);
    const entries = named ? [...data.entries()] : data instanceof Set ? [...data].map((one, i) => [i, one]) : Object.keys(data).map((name) => [name, Object.getOwnPropertyDescriptor(data, name).value]);
    // No getter is called: it may throw.
    const property = (row, name) => { const found = Object.getOwnPropertyDescriptor(row, name); return found && 'value' in found ? found.value : '[Getter]'; };
    const parts = (row) =>
      typeof row !== 'object' || row === null ? [['value', row]]
        : row instanceof Map ? [...row].map(([name, one]) => [inspect(name), one])
        : Object.keys(row).map((name) => [name, property(row, name)]);
    const names = new Set();
    for (const [, row] of entries) for (const [name] of parts(row)) names.add(name);
    const all = wanted === undefined ? [...names] : [].concat(wanted).map(String);
    const kept = all.slice(0, MOST_COLUMNS);
    if (all.length > kept.length) say('warn', 'The first ' + kept.length + ' of ' + all.length + ' columns are shown.');
    const rows = entries.map(([key, row]) => {
      const found = new Map(parts(row));
      return [typeof key === 'number' ? key : inspect(key), ...kept.map((name) => (found.has(name) ? found.get(name) : ''))];
    });
    showTable({ title: 'Table', columns: ['(index)', ...kept.map((name) => name.slice(0, 100))], rows });
  }

  const group = (...values) => {
    if (values.length > 0) say('log', inOneText(values));
    if (indent.length < 40) indent += '  ';
  };
  const methods = {
    log: print('log'), info: print('log'), debug: print('log'), warn: print('warn'), error: print('error'),
    dir: (value) => say('log', shown(value)), dirxml: print('log'),
    table: consoleTable,
    assert: (holds, ...values) => {
      if (!holds) say('error', 'Assertion failed' + (values.length > 0 ? ': ' + inOneText(values) : ''));
    },
    group, groupCollapsed: group,
    groupEnd: () => { indent = indent.slice(2); },
    time: (label) => { timers.set(keyOf(label), now()); },
    timeLog: (label, ...values) => timeLog(label, values),
    timeEnd: (label) => {
      timeLog(label, []);
      timers.delete(keyOf(label));
    },
    count: (label) => {
      const key = keyOf(label);
      counts.set(key, (counts.get(key) || 0) + 1);
      say('log', key + ': ' + counts.get(key));
    },
    countReset: (label) => { counts.delete(keyOf(label)); },
    trace: (...values) => say('log', 'Trace' + (values.length > 0 ? ': ' + inOneText(values) : '') + lineOfCall()),
    // Nothing to clear, and nobody who profiles.
    clear: () => {}, profile: () => {}, profileEnd: () => {}, timeStamp: () => {},
  };
  /** A console ends no run, whatever it is given: a proxy may throw at anything. */
  const safely = (method) => (...values) => {
    try {
      method(...values);
    } catch (error) {
      say('error', '(a value that cannot be shown)');
    }
  };
  const console = Object.fromEntries(Object.entries(methods).map(([name, method]) => [name, safely(method)]));
  self.console = console;
`;
