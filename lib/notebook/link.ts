/**
 * The experiment in the address: `#v=1&eps=2&steps=400`.
 *
 * Readable keys, only what differs from the defaults, a version first. A link is a stranger's text: reading it never
 * throws, brings every value into range with a note in words, and keeps keys it does not know for whoever does.
 */
import { packText, unpackText } from './pack';
import {
  clamp,
  type Declarations,
  destinationsOf,
  type InLink,
  linkKey,
  type Parameter,
  type ParameterValue,
} from './parameters';

export const LINK_VERSION = 1;

/** Longer links are cut off by some mail programs and chats. */
const LONG_LINK = 8192;

/** A warning in words about an address that is too long for some programs; null for one that is not. */
export function longLinkWarning(address: string): string | null {
  if (address.length <= LONG_LINK) return null;
  return `It is ${Math.ceil(address.length / 1024)} kB long: some programs cut such links off.`;
}

export interface ReadLink {
  /** Only the values the link names. */
  values: Record<string, ParameterValue>;
  /** What had to be changed, in words. */
  notes: string[];
  /** Keys that mean nothing on this page, kept so that they survive. */
  unknown: [key: string, value: string][];
}

/** Longer than any link of ours: whatever comes after is not read. */
const MAX_LENGTH = 100_000;
const MAX_UNKNOWN = 50;

/**
 * A link carries six digits of a number: plenty for a person, and short. The same on writing and on reading, so that a link
 * passed on does not drift; what hangs together is worked out again in full.
 */
export function sixDigits(parameter: Parameter, value: ParameterValue): ParameterValue {
  if (parameter.kind !== 'number' || typeof value !== 'number' || Number.isInteger(value)) return value;
  const rounded = Number(value.toPrecision(6));
  return rounded < parameter.min || rounded > parameter.max ? value : rounded;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll('+', ' '));
  } catch {
    // A stray percent sign: take it as it stands.
    return part;
  }
}

function pairsOf(hash: string): [string, string][] {
  return hash
    .replace(/^#/, '')
    .slice(0, MAX_LENGTH)
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? [decode(pair), '']
        : [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
    });
}

/** True for a hash that is a place on the page (`#sources`), not an experiment. */
export function isAnchor(hash: string): boolean {
  return hash.length > 1 && !hash.includes('=');
}

/** Reads the hash of an address. Never throws. */
export function readLink(hash: string, declarations: Declarations): ReadLink {
  const read: ReadLink = { values: {}, notes: [], unknown: [] };
  if (isAnchor(hash)) return read;
  const names = new Map(
    Object.entries(declarations)
      .filter(([, parameter]) => destinationsOf(parameter).link)
      .map(([name, parameter]) => [linkKey(name, parameter), name]),
  );
  const seen = new Set<string>();
  for (const [key, raw] of pairsOf(hash)) {
    if (seen.has(key)) continue;
    seen.add(key);
    if (key === 'v') {
      if (Number(raw) !== LINK_VERSION)
        read.notes.push(
          'This link was made by another version of the site; it was read as well as possible.',
        );
      continue;
    }
    const name = names.get(key);
    const parameter = name === undefined ? undefined : declarations[name];
    if (name === undefined || parameter === undefined) {
      if (read.unknown.length < MAX_UNKNOWN) read.unknown.push([key, raw]);
      continue;
    }
    const unpacked = parameter.kind === 'text' && parameter.packed ? unpackText(raw) : raw;
    if (unpacked === null) {
      read.notes.push(`${parameter.label}: this part of the link is damaged; using the default.`);
      continue;
    }
    const { value, note } = clamp(parameter, unpacked);
    read.values[name] = sixDigits(parameter, value);
    if (note) read.notes.push(note);
  }
  return read;
}

function written(parameter: Parameter, value: ParameterValue): string {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (parameter.kind === 'text' && parameter.packed) return packText(String(value));
  return String(sixDigits(parameter, value));
}

/** Commas and colons are fine in a fragment and read better than their escapes. Half a character cannot be escaped. */
function encode(part: string): string {
  const whole = part.replace(/\p{Surrogate}/gu, '\uFFFD');
  return encodeURIComponent(whole).replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/**
 * Writes the hash: version first, then what differs from the defaults, then what was not ours.
 * @param inLink which of two settings that are one thing are named
 */
export function writeLink(
  values: Record<string, ParameterValue>,
  declarations: Declarations,
  unknown: readonly [string, string][] = [],
  inLink: readonly InLink[] = [],
): string {
  const without = new Set(inLink.map((one) => one.without));
  const always = new Set(inLink.map((one) => one.always));
  const pairs: [string, string][] = [];
  for (const [name, parameter] of Object.entries(declarations)) {
    const value = values[name];
    if (value === undefined || !destinationsOf(parameter).link || without.has(name)) continue;
    if (value === parameter.default && !always.has(name)) continue;
    pairs.push([linkKey(name, parameter), written(parameter, value)]);
  }
  if (pairs.length === 0 && unknown.length === 0) return '';
  return `#v=${LINK_VERSION}${[...pairs, ...unknown].map(([key, value]) => `&${encode(key)}=${encode(value)}`).join('')}`;
}
