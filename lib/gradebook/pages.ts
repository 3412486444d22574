/** The pages of a package as text: the launcher, and the lesson that it holds. */
import { CONFIG_NAME, type PackageConfig } from './package-config';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]!);

/** A value as a script element may hold it. */
const inScript = (value: unknown) =>
  JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');

const LOOK = `
  :root { color-scheme: light dark; font: 15px/1.4 system-ui, sans-serif; }
  body { margin: 0; height: 100vh; height: 100dvh; display: grid; grid-template-rows: auto 1fr; background: Canvas; color: CanvasText; }
  header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .4rem .8rem; border-bottom: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); }
  h1 { font-size: 1rem; margin: 0 auto 0 0; }
  p { margin: 0; }
  p[data-wrong='true']::before { content: '⚠ '; }
  button { font: inherit; min-height: 2rem; }
  iframe { border: 0; width: 100%; height: 100%; min-height: 20rem; }`;

/** The page that a course opens. @param script the file of the launcher, beside it */
export function launcherPage(config: PackageConfig, script: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(config.title)}</title>
<style>${LOOK}
</style>
</head>
<body>
<header>
<h1>${escaped(config.title)}</h1>
<p id="status" role="status">Opening …</p>
<button id="finish" type="button" hidden>Finish</button>
</header>
<iframe id="page" title="${escaped(config.title)}" allow="camera; fullscreen; clipboard-write; cross-origin-isolated"></iframe>
<script>window.${CONFIG_NAME} = ${inScript(config)};</script>
<script src="${escaped(script)}"></script>
</body>
</html>
`;
}

export interface HeldPage {
  /** As built, with `place` wherever it names an address of the site. */
  html: string;
  /** What stands in it for that address. */
  place: string;
  /** The folder of the site's files, beside this page. */
  folder: string;
  /** A script for the page, see `browser/in-page.ts`. */
  inPage: string;
  title: string;
}

/**
 * The lesson's page. Where it stands is known only when it is opened: then it writes itself, with its own address in it, as if it had been
 * built for that place.
 */
export function heldPage({ html, place, folder, inPage, title }: HeldPage): string {
  const charset = /<meta char[sS]et="utf-8"\s*\/?>/;
  const beside =
    `<script>globalThis.TURBOPACK_CHUNK_BASE_PATH="${place}/_next/";globalThis.EPSILON_BASE_PATH="${place}";\n` +
    // Away again, or the page would take it for a script of its own when it comes alive.
    `${inPage.replaceAll('</script', '<\\/script')};document.currentScript.remove()</script>`;
  const page = html.replace(charset, (found) => found + beside);
  if (page === html) throw new Error('A page of the build does not begin with its character set.');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escaped(title)}</title>
</head>
<body>
<script>
// Once this page is whole: while it is read, what is written would become a part of it.
addEventListener('DOMContentLoaded', () => {
  const place = location.pathname.replace(/[^/]*$/, '') + ${inScript(folder)};
  const page = ${inScript(page)}.replaceAll(${inScript(place)}, () => place);
  document.open();
  document.write(page);
  document.close();
});
</script>
</body>
</html>
`;
}
