/** A lesson or a notebook of the built site as the files of one package for a course page. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import {
  type Described,
  type Format,
  heldPage,
  launcherPage,
  MOST_PARTS,
  manifestOf,
  type Rules,
} from '@/lib/gradebook';
import { partsOf } from '@/lib/gradebook/parts';
import type { NotebookDocument } from '@/lib/notebook/own/document';
import { filesFor, PLACE, placeless } from './site-files';

/** Why no package can be made, in words. */
export class PackageError extends Error {
  override readonly name = 'PackageError';
}

export interface Work {
  /** An XML name. */
  id: string;
  title: string;
  summary: string;
  notebook: Pick<NotebookDocument, 'cells'>;
  /** The page of the build that shows it, from there. */
  page: string;
  /** What that page opens with; empty for its defaults. */
  hash: string;
}

/** Titles of the site's cells, by their names. */
export type Titles = Readonly<Record<string, string>>;

const BROWSER = resolve(import.meta.dirname, '../../gradebook/browser');
const SITE = 'site';
const PAGE = 'page.html';
const LAUNCHER = 'launcher.js';
const INDEX = 'index.html';

async function bundled(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(BROWSER, `${name}.ts`)],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: ['chrome111', 'firefox128', 'safari16.4'],
    legalComments: 'inline',
  });
  return outputFiles[0]!.text;
}

/**
 * @param out folder of the build
 * @param site where the names of cmi5 lie: an address of the publisher's own
 * @returns the files by their paths in the package, and how many parts can be done
 * @throws PackageError, SiteFilesError
 */
export async function makePackage(
  work: Work,
  {
    format,
    rules,
    out,
    site,
    titles,
  }: { format: Format; rules: Rules; out: string; site: string; titles: Titles },
): Promise<{ files: Map<string, Uint8Array>; parts: number }> {
  const { id, title, summary, page, hash } = work;
  if (!existsSync(join(out, page)))
    throw new PackageError(`${join(out, page)} is missing. Run \`npm run build\` first.`);
  const parts = partsOf(work.notebook, (cell) => titles[cell] ?? cell);
  if (parts.length === 0)
    throw new PackageError('There is nothing in it to be done: neither a question nor a cell of the site.');
  if (parts.length > MOST_PARTS)
    throw new PackageError(
      `It has ${parts.length} questions and cells; what a course keeps holds ${MOST_PARTS}. Split it.`,
    );
  const text = (words: string) => new TextEncoder().encode(words);
  const html = placeless(readFileSync(join(out, page), 'utf8'));
  const files = new Map<string, Uint8Array>([
    [INDEX, text(launcherPage({ format, title, parts, rules, page: PAGE, hash }, LAUNCHER))],
    [LAUNCHER, text(await bundled('launcher'))],
    [PAGE, text(heldPage({ html, place: PLACE, folder: SITE, inPage: await bundled('in-page'), title }))],
    ...filesFor(out, page).map((file) => [`${SITE}/${file}`, readFileSync(join(out, file))] as const),
  ]);
  const described: Described = {
    ...{ id, title, summary, launch: INDEX, pass: rules.pass },
    files: [...files.keys()].sort(),
  };
  const [name, manifest] = manifestOf(format, described, site);
  // First in the zip, where some course pages look for it.
  return { files: new Map([[name, text(manifest)], ...files]), parts: parts.length };
}
