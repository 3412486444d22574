/**
 * What the code of an exercise finds beside the language, as text: it is run in the realm of the program before it. Globals, so that a
 * program which names something of its own alike simply has its own.
 */
export const HELPERS_SOURCE = `
'use strict';
{
  const words = new Uint32Array(2048);
  let left = 0;
  const word = () => {
    if (left === 0) {
      crypto.getRandomValues(words);
      left = words.length;
    }
    return words[--left];
  };
  const uniform = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  globalThis.random = {
    uniform,
    gaussian: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };

  // The upper tail of the normal distribution as a continued fraction, its middle as a series: exact to some twelve digits.
  const density = (x) => Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  const upperTail = (x) => {
    let fraction = x;
    for (let k = 200; k > 0; k--) fraction = x + k / fraction;
    return density(x) / fraction;
  };
  const middle = (x) => {
    let term = x, sum = x;
    for (let k = 3; Math.abs(term) > 1e-17 * Math.abs(sum); k += 2) sum += term *= x * x / k;
    return 0.5 + density(x) * sum;
  };
  globalThis.normalCdf = (x) => (x < -3 ? upperTail(-x) : x > 3 ? 1 - upperTail(x) : x === 0 ? 0.5 : middle(x));
}
`;

/**
 * Clocks that stand still, for realms in which code is graded: noise that is drawn from the clock is then the same in two runs, as it is
 * for whoever knows when the code ran. Run after the helpers.
 */
export const STILL_CLOCK_SOURCE = `
{
  const STILL = 1767225600000;
  globalThis.Date = new Proxy(Date, {
    apply: (Running) => new Running(STILL).toString(),
    construct: (Running, given) => new Running(...(given.length === 0 ? [STILL] : given)),
    get: (Running, key) => (key === 'now' ? () => STILL : Running[key]),
  });
  if (globalThis.performance)
    for (const [name, value] of [['now', () => 1000], ['timeOrigin', STILL]])
      Object.defineProperty(globalThis.performance, name, { value, configurable: true });
}
`;
