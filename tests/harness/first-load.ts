/** What a page of the built site makes a browser load before anything else happens: read off its HTML and its styles. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

export type FileKind = 'page' | 'script' | 'style' | 'font' | 'picture' | 'other';

export interface LoadedFile {
  /** From the folder, e.g. `_next/static/chunks/a1.js`. */
  file: string;
  kind: FileKind;
  /** Bytes of the file. */
  raw: number;
  /** Bytes of its smallest copy, as a server sends it to a browser that reads brotli. */
  sent: number;
}

const TAG = /<(script|link|img)\b([^>]*)>/g;
const attribute = (attributes: string, name: string) =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(attributes)?.[1]?.replaceAll('&amp;', '&');

function kindOf(tag: string, attributes: string): FileKind | null {
  if (tag === 'script') return /\bnomodule\b/i.test(attributes) ? null : 'script';
  if (tag === 'img') return /\bloading="lazy"/.test(attributes) ? null : 'picture';
  const rel = attribute(attributes, 'rel');
  if (rel === 'stylesheet') return 'style';
  if (rel === 'icon' || rel === 'manifest') return 'other';
  if (rel !== 'preload' && rel !== 'modulepreload') return null;
  const as = attribute(attributes, 'as');
  return as === 'font' ? 'font' : as === 'style' ? 'style' : as === 'image' ? 'picture' : 'script';
}

/** Formulas in the HTML itself are set in these of KaTeX's twenty fonts; a rarer one comes with a rarer sign. */
const FORMULA_FONTS = /KaTeX_(Main-Regular|Math-Italic)\.[^"')]*?woff2/g;

/**
 * @param folder the built site @param page from the folder, e.g. `lessons/telemetry/`; the home page is empty
 * @param basePath that it was built for @throws when the page is not there
 */
export function firstLoadOf(folder: string, page: string, basePath = ''): LoadedFile[] {
  const found = new Map<string, FileKind>([[`${page}index.html`, 'page']]);
  const html = readFileSync(join(folder, page, 'index.html'), 'utf8');
  for (const [, tag = '', attributes = ''] of html.matchAll(TAG)) {
    const address = attribute(attributes, tag === 'link' ? 'href' : 'src');
    const kind = kindOf(tag, attributes);
    if (!address?.startsWith(`${basePath}/`) || kind === null) continue;
    const file = address.slice(basePath.length + 1).replace(/[?#].*$/, '');
    if (file !== '' && !found.has(file)) found.set(file, kind);
  }
  if (html.includes('class="katex"'))
    for (const [style, kind] of [...found])
      if (kind === 'style')
        for (const [name] of readFileSync(join(folder, style), 'utf8').matchAll(FORMULA_FONTS))
          found.set(posix.join(posix.dirname(style), '../media', name), 'font');
  return [...found].map(([file, kind]) => {
    const path = join(folder, file);
    const raw = statSync(path).size;
    return { file, kind, raw, sent: existsSync(`${path}.br`) ? statSync(`${path}.br`).size : raw };
  });
}
