/**
 * How functions of a learner's code are called from outside, many times to a message: part of the program that runs in the sandbox, as
 * text. It needs `post`, `wrap`, `placeOf`, `later` and `start`'s way of telling errors, and gives `open` and `answerAll`.
 *
 * Whoever asks takes the answers for what a stranger says: code may tamper with all of this, and gains nothing but other answers.
 */
export const FUNCTIONS_SOURCE = `
  /** What code prints while it is called thousands of times is nobody's interest. */
  const silent = Object.freeze(Object.fromEntries(Object.keys(console).map((name) => [name, () => {}])));
  const alone = () => { throw new Error('While it is graded, code computes by itself: there is no lab.'); };
  const noLab = new Proxy(Object.freeze({}), { get: (_, name) => (LOOKS.has(name) ? () => {} : alone) });
  const LOOKS = new Set(['chart', 'bars', 'table', 'plot', 'print']);
  const { isArray } = Array;
  const { isFinite: finite } = Number;
  const { keys } = Object;
  // Taken before any code runs: code, and graders, may change what clocks say.
  const NOW = self.performance ? self.performance.now.bind(self.performance) : Date.now;

  const copied = (value) => {
    if (typeof value !== 'object' || value === null) return value;
    if (isArray(value)) {
      const list = [];
      for (let i = 0; i < value.length; i++) list[i] = copied(value[i]);
      return list;
    }
    const object = {};
    for (const key of keys(value)) object[key] = copied(value[key]);
    return object;
  };

  /** Deeper, longer or stranger than an answer may be is said in words. */
  const MOST_VALUES = 100000;
  const plain = (value, depth) => {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'number') return finite(value) ? value : { not: String(value) };
    if (typeof value === 'string') return value.slice(0, 200);
    if (typeof value !== 'object') return { not: value === undefined ? 'undefined' : 'a ' + typeof value };
    if (depth > 3) return { not: 'an object in an object in an object' };
    if (isArray(value) || ArrayBuffer.isView(value)) {
      if (!(value.length <= MOST_VALUES)) return { not: 'a list that is too long' };
      const list = [];
      for (let i = 0; i < value.length; i++) list[i] = plain(value[i], depth + 1);
      return list;
    }
    const object = {};
    for (const key of keys(value).slice(0, 20)) object[key] = plain(value[key], depth + 1);
    return object;
  };

  let functions = {};
  async function open(code, names) {
    const given = names.map((name) => name + ': typeof ' + name + ' === "function" ? ' + name + ' : null');
    functions = (await wrap(code + '\\n;return { ' + given.join(', ') + ' };')(noLab, silent)) || {};
    post({ type: 'opened', missing: names.filter((name) => typeof functions[name] !== 'function') });
  }

  /** Up for air every so often, or it would be taken for an endless loop. */
  const BREATH_MS = 200;
  async function answerAll({ id, name, inputs, order }) {
    const answers = [];
    let since = NOW();
    for (let i = 0; i < order.length; i++) {
      try {
        const value = functions[name](...copied(inputs[order[i]]));
        answers[i] = plain(typeof value === 'object' && value !== null && typeof value.then === 'function' ? await value : value, 0);
      } catch (error) {
        answers[i] = { threw: error instanceof Error ? String(error.message).slice(0, 300) : 'something that is no Error' };
        // The calls that follow would break alike.
        break;
      }
      if (NOW() - since > BREATH_MS) {
        await new Promise((resolve) => later(resolve, 0));
        since = NOW();
      }
    }
    post({ type: 'answers', id, answers });
  }
`;
