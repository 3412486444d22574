/**
 * A number as people write it: `1,000`, `1 000` and `1’000` are a thousand, `0,5` is a half, `−3` may have a true minus.
 *
 * The rule for a mark between digits. A point begins a fraction: `1.000` is 1. A comma before exactly three digits groups thousands,
 * as everywhere on this site: `1,000`. Any other comma begins a fraction: `0,5`, `0,125`, `1,25`. Where two marks stand, the last one
 * begins the fraction: `1.000,5`. What could have been meant otherwise is said (`doubt`).
 */

export interface NumberRead {
  /** NaN where there is no number to read. */
  value: number;
  /** How the text was read, in words, where it may have been meant otherwise. */
  doubt: string | null;
}

const UNREAD: NumberRead = { value: Number.NaN, doubt: null };

/** Whole digits in groups, all parted by the same mark, and a fraction after the other mark. */
const GROUPED = /^([1-9]\d{0,2}(?:([,\s'’])\d{3})(?:\2\d{3})*)(?:\.(\d*))?$/;
const GROUPED_BY_POINTS = /^([1-9]\d{0,2}(?:(?:\.\d{3}){2,}|(?:\.\d{3})+(?=,)))(?:,(\d*))?$/;
const PLAIN = /^(\d*)(?:[.,](\d*))?$/;
/** What ends a number of any kind: `e-5`. */
const SPLIT = /^([+-]?)(.*?)((?:e[+-]?\d+)?)$/is;

const onlyDigits = (text: string) => text.replace(/\D/g, '');

function doubtOf(body: string): string | null {
  if (/^[1-9]\d{0,2},\d{3}$/.test(body))
    return `“${body}” is read as ${onlyDigits(body)}: a comma before three digits groups thousands. For a fraction write ${body.replace(',', '.')}`;
  if (/^[1-9]\d{0,2}\.\d{3}$/.test(body))
    return `“${body}” is read as ${Number(body)}: a point begins a fraction. For thousands write ${onlyDigits(body)}`;
  return null;
}

/** Never throws. `Infinity` is read as such: whoever asks brings it into range. */
export function readNumber(text: string): NumberRead {
  const [, sign = '', rest = '', exponent = ''] =
    SPLIT.exec(
      text
        .trim()
        .replace(/[\u2212\u2013]/g, '-')
        .replace(/^([+-])\s+/, '$1'),
    ) ?? [];
  const body = rest.trim();
  if (body === 'Infinity') return { value: sign === '-' ? -Infinity : Infinity, doubt: null };
  const grouped = GROUPED.exec(body);
  const [, whole, fraction] =
    (grouped ? [body, grouped[1], grouped[3]] : null) ??
    GROUPED_BY_POINTS.exec(body) ??
    PLAIN.exec(body) ??
    [];
  if (!whole && !fraction) return UNREAD;
  const value = Number(`${sign}${onlyDigits(whole ?? '')}.${fraction ?? ''}${exponent}`);
  return { value, doubt: doubtOf(body) };
}
