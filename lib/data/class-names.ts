/**
 * What the class numbers of a labelled folder stand for, as data sets say it: the `names` of a `data.yaml`, or a list with one
 * name a line (`classes.txt`, `obj.names`).
 *
 * Of YAML only what stands under this one key is read, in the forms that labelling tools write: lists and maps, in brackets or
 * one entry a line, plain or quoted, with comments, under an anchor or by its alias. Anything else (nested values, folded text) gives
 * null, never a guess.
 */

/** Class numbers with their names. */
export type ClassNames = ReadonlyMap<number, string>;

/**
 * One name a line; the first is class 0, whether the lines are numbered from 0 or not.
 * @returns null if there is none, or if these are rows of labels
 */
export function readNameList(text: string): ClassNames | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const named = lines.map((line, i) => [i, line.trim()] as const).filter(([, name]) => name !== '');
  if (named.length === 0 || named.some(([, name]) => LABEL_ROW.test(name))) return null;
  const numbered = named.map(([, name]) => NUMBERED.exec(name));
  const counted = numbered.every((found, i) => found !== null && Number(found[1]) === i);
  return new Map(counted ? numbered.map((found, i) => [i, found![2]!] as const) : named);
}

const LABEL_ROW = /^\d+(\s+-?[\d.]+){4,}$/;
const NUMBERED = /^(\d+)\s*[\s:,;]\s*(\S.*)$/;

/** The `names` at the top level of a YAML file. @returns null if there are none, or none that are understood */
export function readYamlNames(text: string): ClassNames | null {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const start = lines.findIndex((line) => KEY.test(line));
  if (start < 0) return null;
  return namesFrom(lines, start, lines[start]!.replace(KEY, ''));
}

/**
 * How many numbers the keypoints of one object have together, in a set of poses: `kpt_shape: [17, 3]` is 51.
 * @returns null where a YAML file says nothing of them
 */
export function readYamlKeypoints(text: string): number | null {
  const found = /^kpt_shape\s*:\s*(?:\[\s*(\d{1,3})\s*,\s*([23])\s*\]|-\s+(\d{1,3})\s+-\s+([23])\b)/m.exec(
    text,
  );
  const [points, each] = found ? [found[1] ?? found[3], found[2] ?? found[4]] : [];
  return points === undefined ? null : Number(points) * Number(each);
}

/** @param first what stands in the line `start` behind its key */
function namesFrom(lines: readonly string[], start: number, first: string): ClassNames | null {
  const alias = ALIAS.exec(first)?.[1];
  if (alias !== undefined) return namesAt(lines, alias);
  // An anchor, or a tag of YAML's own, says nothing about what follows.
  const bare = first.replace(/^(\s*(&\S+|!!(seq|map|omap)(?=\s|$)))+/, '');
  const body = [bare, ...lines.slice(start + 1)];
  const flow = /^\s*[[{]/.test(firstContent(body));
  if (!flow && !BLANK.test(bare)) return null;
  const entries = flow ? flowEntries(body.join('\n')) : blockEntries(body.slice(1));
  if (!entries || entries.length === 0) return null;
  const names = new Map(entries);
  return names.size === entries.length ? names : null;
}

/** What was given this anchor at the top level, before. */
function namesAt(lines: readonly string[], anchor: string): ClassNames | null {
  const at = lines.findIndex((line) => ANCHORED.exec(line)?.[1] === anchor);
  const rest = lines[at]?.replace(ANCHORED, '') ?? '';
  return at < 0 || ALIAS.test(rest) ? null : namesFrom(lines, at, rest);
}

const ALIAS = /^\s*\*(\S+)\s*(#.*)?$/;
const ANCHORED = /^[\w-]+\s*:\s+&(\S+)/;

type Entry = readonly [classId: number, name: string];

const KEY = /^(?:names|'names'|"names")\s*:(?=\s|$)/;
const BLANK = /^\s*(#.*)?$/;
const firstContent = (lines: readonly string[]) => lines.find((line) => !BLANK.test(line)) ?? '';

/** A scalar at the start of a text: quoted, or plain up to what ends it. */
function scalar(text: string, plain: RegExp): { value: string; rest: string } | null {
  const single = /^'((?:[^']|'')*)'/.exec(text);
  if (single) return { value: single[1]!.replaceAll("''", "'"), rest: text.slice(single[0].length) };
  const double = /^"((?:[^"\\]|\\[^\n])*)"/.exec(text);
  if (double) {
    const value = unescaped(double[0]);
    return value === null ? null : { value, rest: text.slice(double[0].length) };
  }
  const found = plain.exec(text)?.[0] ?? '';
  const value = found.trim().replace(/\s+/g, ' ');
  // What begins so is a tag, an anchor, an alias, a nested collection or a folded text.
  return value === '' || /^([&*!|>[\]{}"'%@`]|[-?:]\s)/.test(value)
    ? null
    : { value, rest: text.slice(found.length) };
}

/** JSON's escapes, which are YAML's most frequent ones too. */
function unescaped(quoted: string): string | null {
  try {
    return JSON.parse(quoted.replaceAll('\n', ' '));
  } catch {
    return null;
  }
}

const classNumber = (text: string) => (/^\d{1,6}$/.test(text) ? Number(text) : null);

/** `[a, 'b']` or `{0: a, 1: b}`, over as many lines as it takes. */
function flowEntries(text: string): Entry[] | null {
  const skip = (rest: string) => rest.replace(/^(?:\s+(?:#[^\n]*)?)+/, '').replace(/^#[^\n]*\s*/, '');
  let rest = skip(text);
  const map = rest[0] === '{';
  const end = map ? '}' : ']';
  rest = skip(rest.slice(1));
  const entries: Entry[] = [];
  while (rest[0] !== end) {
    let id: number | null = entries.length;
    if (map) {
      const key = scalar(rest, /^[^:,{}[\]\n]+/);
      id = key && classNumber(key.value);
      rest = skip(key?.rest ?? '');
      if (rest[0] !== ':') return null;
      rest = skip(rest.slice(1));
    }
    // A comment ends a plain name too.
    const name = scalar(rest, /^(?:(?!\s#)[^,{}[\]])+/);
    if (!name || id === null) return null;
    entries.push([id, name.value]);
    rest = skip(name.rest);
    if (rest[0] === ',') rest = skip(rest.slice(1));
    else if (rest[0] !== end) return null;
  }
  return entries;
}

const ITEM = /^\s*-\s+(.*)$/;
const PAIR = /^\s+(?:(\d+)|'(\d+)'|"(\d+)")\s*:\s+(.*)$/;

/** `- a` or `0: a`, one a line. */
function blockEntries(lines: readonly string[]): Entry[] | null {
  const entries: Entry[] = [];
  for (const line of lines) {
    if (BLANK.test(line)) continue;
    if (/^[^\s-]/.test(line) || /^(---|\.\.\.)/.test(line)) break; // the next key, or the file's end
    const item = ITEM.exec(line);
    const pair = PAIR.exec(line);
    if (!item && !pair) return null;
    const text = item ? item[1]! : pair![4]!;
    // A colon after a blankless word would make the item a map.
    if (/^[^'"]*:\s/.test(text)) return null;
    const name = scalar(text, /^(?:(?!\s#).)+/);
    if (!name || !BLANK.test(name.rest)) return null;
    entries.push([item ? entries.length : Number(pair![1] ?? pair![2] ?? pair![3]), name.value]);
  }
  return entries;
}
