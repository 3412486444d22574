/**
 * Numbers as they stand in papers, blogs and copied PDFs: `1e-5`, `10^-5`, `10⁻⁵`, `10−5` (a lost superscript), `7 × 10^{-9}`, `2^-20`,
 * `1/60000`, `0,5`, `60,000`.
 */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** One way of writing: plain minus, powers with `^`, products with `*`, ε, δ, ρ and σ as such, no TeX. */
export function plainText(text: string): string {
  return text
    .replace(/[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/g, (power) => `^${[...power].map(plainDigit).join('')}`)
    .normalize('NFKC')
    .replace(/[−–‐‑]/g, '-')
    .replace(/[’`´]/g, "'")
    .replace(/\\(?:var)?epsilon|\b(?:epsilon|eps)\b|ϵ|є/gi, 'ε')
    .replace(/\\delta|\bdelta\b/gi, 'δ')
    .replace(/\\rho|\brho\b/gi, 'ρ')
    .replace(/\\sigma|\bsigma\b|noise multiplier(?: of)?/gi, 'σ')
    .replace(/\\(?:leqslant|leq|le)\b|≤|⩽/g, '<=')
    .replace(/\\approx\b|≈|≃|~/g, '=')
    .replace(/\\(?:times|cdot)\b|[×·⋅∗]/g, '*')
    .replace(/(\d)\s*x\s*(?=10\b)/gi, '$1*')
    .replace(/\\[,;! ]|\$/g, ' ')
    .replace(/\^\s*\{\s*([^{}]*?)\s*\}/g, '^$1')
    .replace(/\s+/g, ' ');
}

const plainDigit = (sign: string) =>
  sign === '⁻' ? '-' : sign === '⁺' ? '+' : String(SUPERSCRIPTS.indexOf(sign));

const DECIMAL = String.raw`(?:\d{1,3}(?:[,'  ]\d{3})+(?![\d])|\d{1,3}(?:\.\d{3}){2,}(?![\d])|\d{1,20}(?!\d))(?:[.,]\d{1,20})?|[.,]\d{1,20}`;
/** Of what `plainText` gives; never begins within a number, and takes no more digits than a double has use for. A lost superscript is one only after a bare 10: `10-5`. */
export const NUMBER = String.raw`(?<!\d)[+-]?(?:(?:${DECIMAL})(?:e[+-]?\d+)?\s*\*\s*10\s*\^?\s*[+-]?\d+|(?:10|2)\s*\^\s*[+-]?\d+|10-\d{1,2}(?![\d.])|1\s*/\s*(?:${DECIMAL})|(?:${DECIMAL})(?:e[+-]?\d+)?)(?:\s*%)?`;

/** A comma before three digits groups thousands where `whole` numbers are meant; before others it begins a fraction. */
function readDecimal(text: string, whole: boolean): number {
  const body = text
    .replace(/['  ]/g, '')
    .replace(/^(\d{1,3}(?:\.\d{3}){2,})$/, (points) => points.replaceAll('.', ''));
  const grouped = whole ? /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/ : /^[1-9]\d{0,2}(?:,\d{3}){2,}(?:\.\d+)?$/;
  return Number(grouped.test(body) ? body.replace(/,/g, '') : body.replace(',', '.'));
}

/**
 * NaN where it cannot be read.
 * @param text as `NUMBER` matches it
 * @param whole a number of things: `60,000` is sixty thousand; else `1,453` is one and a half
 */
export function readWritten(text: string, whole = false): number {
  const percent = /%\s*$/.test(text);
  const body = text.replace(/%\s*$/, '').trim().toLowerCase();
  const sign = body.startsWith('-') ? -1 : 1;
  const value = readUnsigned(body.replace(/^[+-]/, ''), whole);
  return sign * (percent ? value / 100 : value);
}

function readUnsigned(body: string, whole: boolean): number {
  const product = /^(.+?)\s*\*\s*10\s*\^?\s*([+-]?\d+)$/.exec(body);
  if (product) return Number(`${readUnsigned(product[1]!, whole)}e${Number(product[2])}`);
  const power = /^(10|2)\s*\^\s*([+-]?\d+)$/.exec(body) ?? /^(10)(-\d{1,2})$/.exec(body);
  if (power) return power[1] === '2' ? 2 ** Number(power[2]) : Number(`1e${Number(power[2])}`);
  const part = /^1\s*\/\s*(.+)$/.exec(body);
  if (part) return 1 / readDecimal(part[1]!, true);
  const exponent = /^(.*?)e([+-]?\d+)$/.exec(body);
  if (exponent) return Number(`${readDecimal(exponent[1]!, whole)}e${Number(exponent[2])}`);
  return readDecimal(body, whole);
}
