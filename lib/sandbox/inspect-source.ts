/**
 * Says any value in words, as a console shows it: part of the program that runs in the sandbox, as text. Plain JavaScript, for it
 * never passes a compiler. It gives `inspect` (a string as it is, everything else as `shown`) and `shown`.
 *
 * Nothing of the code's own is called on the way, no getter and no toJSON, and what comes out is bounded in items, depth and length.
 */
export const INSPECT_SOURCE = String.raw`
  const MOST_ITEMS = 100;
  const DEEPEST = 4;
  const LONGEST = 19000;
  const LINE = 72;

  const inspect = (value) => (typeof value === 'string' ? value : shown(value));
  const shown = (value) => {
    try {
      return inWords(value, { depth: 0, above: [], budget: { left: LONGEST } });
    } catch (error) {
      // A proxy may throw at anything.
      return '(a value that cannot be shown)';
    }
  };

  function inWords(value, at) {
    if (at.budget.left <= 0) return '…';
    const text = typeof value === 'object' && value !== null ? objectInWords(value, at) : simpleInWords(value);
    at.budget.left -= text.length;
    return text;
  }

  function simpleInWords(value) {
    if (typeof value === 'string') return JSON.stringify(value.length > LONGEST ? value.slice(0, LONGEST) + '…' : value);
    if (typeof value === 'bigint') return String(value) + 'n';
    if (typeof value === 'function') {
      const kind = /^class\b/.test(Function.prototype.toString.call(value)) ? 'class ' : 'function ';
      return kind + (value.name || '(anonymous)');
    }
    return Object.is(value, -0) ? '-0' : String(value);
  }

  const TypedArray = Object.getPrototypeOf(Uint8Array);
  const nameOf = (value) => {
    const prototype = Object.getPrototypeOf(value);
    if (prototype === null) return '(no prototype)';
    const found = Object.getOwnPropertyDescriptor(prototype, 'constructor');
    return (found && typeof found.value === 'function' && found.value.name) || 'Object';
  };

  function objectInWords(value, at) {
    if (at.above.includes(value)) return '[Circular]';
    const below = { ...at, depth: at.depth + 1, above: [...at.above, value] };
    if (value instanceof Error) return errorInWords(value, below);
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
    if (value instanceof RegExp) return String(value);
    if (value instanceof Promise) return 'Promise (put await before it to get what it brings)';
    if (value instanceof Number || value instanceof String || value instanceof Boolean || value instanceof Symbol || value instanceof BigInt)
      return '[' + nameOf(value) + ': ' + simpleInWords(value.valueOf()) + ']';
    if (value instanceof DataView) return 'DataView(' + value.byteLength + ' bytes)';
    if (value instanceof ArrayBuffer) return 'ArrayBuffer(' + value.byteLength + ' bytes)';
    if (value instanceof WeakMap || value instanceof WeakSet) return nameOf(value) + ' {…}';
    const list = Array.isArray(value) || value instanceof TypedArray;
    const size = list ? value.length : value instanceof Map || value instanceof Set ? value.size : null;
    if (at.depth > DEEPEST) return size === null ? '{…}' : nameOf(value) + '(' + size + ')';
    if (list) {
      const name = Array.isArray(value) ? '' : nameOf(value) + '(' + value.length + ') ';
      return enclosed(name + '[', itemsOf(value, below), ']', at.depth);
    }
    if (value instanceof Map)
      return enclosed('Map(' + size + ') {', some(value, size, ([k, v]) => inWords(k, below) + ' => ' + inWords(v, below)), '}', at.depth);
    if (value instanceof Set)
      return enclosed('Set(' + size + ') {', some(value, size, (item) => inWords(item, below)), '}', at.depth);
    const name = nameOf(value);
    return enclosed((name === 'Object' ? '' : name + ' ') + '{', propertiesOf(value, below), '}', at.depth);
  }

  function errorInWords(error, below) {
    const described = String(error.name || 'Error') + ': ' + String(error.message);
    const errors = Array.isArray(error.errors) ? error.errors.slice(0, 5).map((one) => '\n  of these: ' + inWords(one, below)) : [];
    const cause = Object.getOwnPropertyDescriptor(error, 'cause');
    return described + errors.join('') + (cause ? '\n  caused by ' + inWords(cause.value, below) : '');
  }

  /** Of an array; runs of holes become one item. */
  function itemsOf(list, below) {
    const items = [];
    let i = 0;
    for (; i < list.length && items.length < MOST_ITEMS; i++) {
      if (i in list) {
        items.push(inWords(list[i], below));
        continue;
      }
      const from = i;
      while (i + 1 < list.length && !(i + 1 in list) && i - from < 1e6) i++;
      items.push('<' + (i - from + 1) + ' empty>');
    }
    if (i < list.length) items.push('… ' + (list.length - i) + ' more');
    return items;
  }

  function some(collection, size, say) {
    const items = [];
    for (const item of collection) {
      if (items.length === MOST_ITEMS) {
        items.push('… ' + (size - MOST_ITEMS) + ' more');
        break;
      }
      items.push(say(item));
    }
    return items;
  }

  function propertiesOf(value, below) {
    const keys = Reflect.ownKeys(value).filter((key) => Object.prototype.propertyIsEnumerable.call(value, key));
    const items = keys.slice(0, MOST_ITEMS).map((key) => {
      const name = typeof key === 'symbol' ? '[' + String(key) + ']' : /^[\w$]+$/.test(key) ? key : JSON.stringify(key);
      const property = Object.getOwnPropertyDescriptor(value, key);
      return name + ': ' + (property && 'value' in property ? inWords(property.value, below) : '[Getter]');
    });
    if (keys.length > MOST_ITEMS) items.push('… ' + (keys.length - MOST_ITEMS) + ' more');
    return items;
  }

  /** On one line where it fits, else on several; short items stand side by side. */
  function enclosed(open, items, close, depth) {
    const flat = open + items.join(', ') + close;
    if (flat.length <= LINE && !flat.includes('\n')) return flat;
    const pad = '  '.repeat(depth + 1);
    const lines = [];
    for (const item of items) {
      const last = lines.length - 1;
      const beside = item.length <= 12 && last >= 0 && lines[last].length + item.length < LINE && !lines[last].includes('\n');
      if (beside && items.every((one) => one.length <= 16)) lines[last] += ', ' + item;
      else lines.push(item);
    }
    return open + '\n' + lines.map((line) => pad + line).join(',\n') + '\n' + '  '.repeat(depth) + close;
  }
`;
