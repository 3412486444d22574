/**
 * Numbers as they are read in a sentence, a table or beside an axis. A negative one has a true minus, and only where something is left
 * of it after rounding; what is no number is a dash, as where nothing was found.
 */

function written(value: number, write: (size: number) => string, unit = ''): string {
  if (Number.isNaN(value)) return '–';
  const size = Number.isFinite(value) ? write(Math.abs(value)).replace('e-', 'e−') : '∞';
  return `${value < 0 && /[1-9∞]/.test(size) ? '−' : ''}${size}${unit}`;
}

/** So many digits that count, without zeros at the end: 0.1234 → “0.123”, 2 → “2”. */
export const short = (value: number, digits = 3) =>
  written(value, (size) => String(Number(size.toPrecision(digits))));

/**
 * In threes, to three decimals at most: 60000 → “60,000”. As `toLocaleString('en')` writes it, whose first call takes a slow phone longer
 * than a frame while a page loads.
 */
export const count = (value: number) =>
  written(value, (size) => {
    const [whole, rest] = String(Number(size.toFixed(3))).split('.');
    const grouped = whole!.replace(/\B(?=(\d{3})+$)/g, ',');
    return rest === undefined ? grouped : `${grouped}.${rest}`;
  });

/** With so many decimals, zeros and all, so that a figure that moves keeps its width: −0.065 → “−0.07”. */
export const fixed = (value: number, decimals: number) => written(value, (size) => size.toFixed(decimals));

/** A share with so many decimals, zeros and all, so that a figure that moves keeps its width: 0.97 → “97.0 %”. */
export const percent = (share: number, decimals = 1) =>
  written(100 * share, (size) => size.toFixed(decimals), ' %');

export const wholePercent = (share: number) => percent(share, 0);

/** A share with so many digits that count, for axes and for shares of any size: 0.05 → “5 %”. */
export const shortPercent = (share: number, digits = 3) =>
  written(100 * share, (size) => String(Number(size.toPrecision(digits))), ' %');

/** “1 run”, “2 runs”. */
export const plural = (number: number, one: string, many = `${one}s`) =>
  `${count(number)} ${number === 1 ? one : many}`;

export const megabytes = (bytes: number, decimals = 1) => `${(bytes / 1e6).toFixed(decimals)} MB`;
