/**
 * Which files of the built site one of its pages needs, and that page so that it works at any address: a course page unpacks a package
 * wherever it likes, while a built site knows where it stands.
 *
 * What a page names of scripts and styles is followed to its end. Data and models are fetched by names that are put together as a page
 * runs; their folders are taken whole where a script names them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../finish/files-below';

export class SiteFilesError extends Error {
  override readonly name = 'SiteFilesError';
}

/** In the place of the address at which the site stands. */
export const PLACE = '@@EPSILON_PLACE@@';

const BUILT = /static\/(?:chunks|media)\/[\w.~-]+\.\w+/g;
/** From a style sheet, which lies in `static/chunks`. */
const FROM_STYLE = /url\(\.\.\/media\/([\w.~-]+)\)/g;
/** Source texts of the workers: named by scripts, never loaded. */
const NEVER_LOADED = /\.ts$/;
/** Folders of data, models and pictures that pages fetch by name. */
const FETCHED = ['data', 'detector', 'digits', 'models', 'samples', 'tumours', 'wasm'] as const;
/** The page in which readers' code runs. */
const SANDBOX = 'embed/sandbox.html';
/** What exercises in notebooks begin with. */
const EXERCISES = 'lab/exercises.json';
/** Beside files for servers that send them compressed. */
const COPY = /\.(br|gz)$/;

const decoded = (text: string) => text.replaceAll('&amp;', '&');

/**
 * The scripts that bring a page's data, in one: the builder cuts the data wherever its buffer ends, in the middle of an address too.
 * @throws SiteFilesError when the page is not one that Next wrote
 */
export function withWholeData(html: string): string {
  const push = /<script>self\.__next_f\.push\(\[1,("(?:[^"\\]|\\.)*")\]\)<\/script>/g;
  const pieces = [...html.matchAll(push)];
  const last = pieces.at(-1);
  if (!last)
    throw new SiteFilesError('A page of the build has no data. Was it built by this version of the site?');
  const whole = pieces.map((piece) => JSON.parse(piece[1]!) as string).join('');
  const written = JSON.stringify(whole)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  let left = pieces.length;
  return html.replace(push, () => (--left > 0 ? '' : `<script>self.__next_f.push([1,${written}])</script>`));
}

/** Where the build expects to stand: empty for the root of a host. */
export function basePathOf(html: string): string {
  const found = /<script[^>]* src="([^"]*)\/_next\/static\//.exec(html);
  if (!found)
    throw new SiteFilesError(
      'A page of the build names no script. Was it built by this version of the site?',
    );
  return decoded(found[1]!);
}

/** The page's text with `PLACE` wherever it names an address of the site's own. Its policy is left out: it names scripts by what they were. */
export function placeless(page: string): string {
  const html = withWholeData(page)
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/gi, '')
    .replace(/<link rel="(?:manifest|alternate)"[^>]*>/gi, '');
  const base = basePathOf(html);
  const own = (rest: string) =>
    new RegExp(`(["'])${base.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?=${rest})`, 'g');
  return html.replace(own(`/(?:_next/|icon\\.|${FETCHED.join('/|')}/)`), `$1${PLACE}`);
}

/** @param out folder of the build @param page from there, e.g. `lab/index.html` @returns files from there, the page itself not among them */
export function filesFor(out: string, page: string): string[] {
  const read = (file: string) => readFileSync(join(out, file), 'utf8');
  const files = new Set<string>();
  const waiting: string[] = [];
  const want = (name: string) => {
    const file = `_next/${name}`;
    if (files.has(file) || NEVER_LOADED.test(name) || !existsSync(join(out, file))) return;
    files.add(file);
    waiting.push(file);
  };
  const folders = new Set<string>();
  const look = (text: string) => {
    for (const [name] of text.matchAll(BUILT)) want(name);
    for (const folder of FETCHED) if (new RegExp(`["'\`/]${folder}/`).test(text)) folders.add(folder);
    for (const one of [SANDBOX, EXERCISES])
      if (text.includes(one) && existsSync(join(out, one))) files.add(one);
  };
  look(withWholeData(read(page)));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (file.endsWith('.js')) look(read(file));
    if (file.endsWith('.css'))
      for (const [, name] of read(file).matchAll(FROM_STYLE)) want(`static/media/${name}`);
  }
  for (const folder of folders)
    if (existsSync(join(out, folder)))
      for (const file of filesBelow(join(out, folder))) files.add(`${folder}/${file}`);
  if (existsSync(join(out, 'icon.svg'))) files.add('icon.svg');
  const all = [...files].sort();
  // Data sets that are compressed themselves stay.
  return all.filter((file) => !COPY.test(file) || !existsSync(join(out, file.replace(COPY, ''))));
}
