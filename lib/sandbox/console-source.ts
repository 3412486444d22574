/**
 * The console of code in the sandbox, as people know it: part of the program that runs there, as text. It needs `post`, `inspect`,
 * `shown`, `showTable` and `lineOfCall`, and gives `console` and `print`.
 */
export const CONSOLE_SOURCE = `
  let indent = '';
  const say = (level, text) => post({ type: 'log', level, text: indent === '' ? text : text.replace(/^/gm, indent) });

  const FORMATS = {
    s: (value) => (typeof value === 'string' ? value : shown(value)),
    d: (value) => shown(typeof value === 'bigint' ? value : Number(value)),
    i: (value) => shown(Math.trunc(Number(value))),
    f: (value) => shown(Number(value)),
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
  const timeLog = (label, values) => {
    const key = String(label === undefined ? 'default' : label);
    if (!timers.has(key)) return say('warn', 'There is no timer “' + key + '”.');
    say('log', key + ': ' + (now() - timers.get(key)).toFixed(2) + ' ms' + values.map((value) => ' ' + inspect(value)).join(''));
  };

  /** A row of cells for each element, a column for each property that any of them has. */
  function consoleTable(data, wanted) {
    if (typeof data !== 'object' || data === null) return say('log', inspect(data));
    const named = data instanceof Map || Array.isArray(data) || ArrayBuffer.isView(data);
    const entries = named ? [...data.entries()] : data instanceof Set ? [...data].map((one, i) => [i, one]) : Object.entries(data);
    const parts = (row) => (typeof row === 'object' && row !== null ? Object.entries(row) : [['value', row]]);
    const columns = [];
    for (const [, row] of entries)
      for (const [name] of parts(row)) if (!columns.includes(name) && columns.length < 29) columns.push(name);
    const kept = wanted ? columns.filter((name) => wanted.includes(name)) : columns;
    const rows = entries.map(([key, row]) => {
      const found = new Map(parts(row));
      return [typeof key === 'number' ? key : inspect(key), ...kept.map((name) => (found.has(name) ? found.get(name) : ''))];
    });
    showTable({ title: 'Table', columns: ['(index)', ...kept], rows });
  }

  const group = (...values) => {
    if (values.length > 0) say('log', inOneText(values));
    if (indent.length < 40) indent += '  ';
  };
  const console = {
    log: print('log'), info: print('log'), debug: print('log'), warn: print('warn'), error: print('error'),
    dir: (value) => say('log', shown(value)),
    table: consoleTable,
    assert: (holds, ...values) => {
      if (!holds) say('error', 'Assertion failed' + (values.length > 0 ? ': ' + inOneText(values) : ''));
    },
    group, groupCollapsed: group,
    groupEnd: () => { indent = indent.slice(2); },
    time: (label) => { timers.set(String(label === undefined ? 'default' : label), now()); },
    timeLog: (label, ...values) => timeLog(label, values),
    timeEnd: (label) => {
      timeLog(label, []);
      timers.delete(String(label === undefined ? 'default' : label));
    },
    count: (label = 'default') => {
      counts.set(label, (counts.get(label) || 0) + 1);
      say('log', String(label) + ': ' + counts.get(label));
    },
    countReset: (label = 'default') => { counts.delete(label); },
    trace: (...values) => say('log', 'Trace' + (values.length > 0 ? ': ' + inOneText(values) : '') + lineOfCall()),
    clear: () => {},
  };
  self.console = console;
`;
