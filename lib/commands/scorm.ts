/**
 * `npm run scorm -- LESSON, NOTEBOOK or EXERCISE`: a package for the gradebook of a course (Moodle, Canvas, ILIAS, Open edX …), made of the built
 * site. Build first.
 *
 *   npm run scorm -- attacks                         SCORM 1.2, SCORM 2004 (4th edition) and cmi5, three zips
 *   npm run scorm -- homework.json --format 2004     one of them, of a notebook that was exported from the lab
 *   npm run scorm -- laplace-mechanism --pass 1      of one exercise: the best grading is the score
 *   npm run scorm -- exercises                       of all of them, in one package
 *
 *   --out DIR      where they go; ./packages by default
 *   --enough 0.8   which share of the questions and cells makes it complete
 *   --pass 0.6     the score that passes; without it nothing is passed or failed
 *   --site URL     an address of yours, for the names that cmi5 gives; SITE_URL by default
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { EXERCISE_IDS } from '@/lib/exercises/names';
import { FORMATS, type Format } from '@/lib/gradebook';
import { writeAssignmentLink } from '@/lib/notebook/own/assignment';
import { emptyDocument, type SiteCell } from '@/lib/notebook/own/document';
import { readNotebook } from '@/lib/notebook/own/json-file';
import { readNotebookFile } from '@/lib/notebook/own/read-file';
import { readSiteUrl } from '@/lib/notebook/site-address';
import { makePackage, PackageError, type Titles, type Work } from './scorm/make-package';

const OUT = resolve(import.meta.dirname, '../../out');
const PACKED = /\.(gz|png|jpg|woff2?|zip)$/;
/** The first that a zip can name; the same package has the same bytes whenever it is made. */
const ZIP_DATE = new Date(1980, 0, 1);

function share(text: string, name: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 1))
    throw new PackageError(`--${name} is a share above 0 and up to 1, such as 0.8; not ${text}.`);
  return value;
}

/** Cells' titles, as the build has them. */
function titlesOf(out: string): Titles {
  const file = join(out, 'lab/cells.json');
  if (!existsSync(file))
    throw new PackageError('out/ is missing, or of an older version. Run `npm run build` first.');
  return JSON.parse(readFileSync(file, 'utf8')) as Titles;
}

function lessonWork(slug: string, out: string): Work {
  const file = join(out, 'lab/lessons', slug, 'notebook.json');
  if (!existsSync(file))
    throw new PackageError(
      `“${slug}” is neither a file nor a lesson of the build. Lessons are named as in their address: lessons/NAME/.`,
    );
  const notebook = readNotebook(readFileSync(file, 'utf8'));
  const page = `lessons/${slug}/index.html`;
  return {
    id: `epsilon-playground-${slug}`,
    title: notebook.title,
    summary: describedIn(join(out, page), notebook.title),
    notebook,
    page,
    hash: '',
  };
}

/** One exercise, or all of them; null where the name is another thing. The score is the mean of the best gradings. */
function exerciseWork(what: string, titles: Titles, out: string): Work | null {
  const ids = what === 'exercises' ? EXERCISE_IDS : EXERCISE_IDS.filter((id) => id === what);
  const [first] = ids;
  if (first === undefined) return null;
  const cells = ids.map((id): SiteCell => ({ id, kind: 'cell', cell: id, settings: '' }));
  const one = ids.length === 1;
  const title = one ? (titles[first] ?? first) : 'Exercises in differential privacy';
  const document = { ...emptyDocument('exercises', title), cells };
  const hash = one ? '' : writeAssignmentLink(document);
  if (hash === null) throw new PackageError('The exercises are too many for one link.');
  return {
    id: `epsilon-playground-${what}`,
    ...{ title, notebook: document, hash },
    summary: one
      ? `${describedIn(join(out, 'exercises', first, 'index.html'), title)} A grader tries what the code does.`
      : 'Write mechanisms and attacks yourself. A grader tries what the code does, and says what failed.',
    page: one ? `exercises/${first}/index.html` : 'lab/index.html',
  };
}

/** What a page says of itself. */
function describedIn(file: string, otherwise: string): string {
  const html = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return plain(/<meta name="description" content="([^"]*)"/.exec(html)?.[1] ?? otherwise);
}

const plain = (html: string) =>
  html
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');

function notebookWork(path: string, titles: Titles): Work {
  const { document } = readNotebookFile(basename(path), readFileSync(path, 'utf8'), (id) =>
    titles[id] === undefined ? undefined : { title: titles[id], findings: [] },
  );
  const hash = writeAssignmentLink(document);
  if (hash === null)
    throw new PackageError('This notebook is too long for the link by which the package opens it. Split it.');
  const name = basename(path)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return {
    id: `epsilon-notebook-${name || 'untitled'}`,
    title: document.title || 'Untitled notebook',
    summary: `A notebook of Epsilon Playground, ${document.cells.length} cells.`,
    ...{ notebook: document, page: 'lab/index.html', hash },
  };
}

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      format: { type: 'string' },
      out: { type: 'string', default: 'packages' },
      enough: { type: 'string', default: '0.8' },
      pass: { type: 'string' },
      site: { type: 'string', default: process.env.SITE_URL ?? '' },
    },
  });
  const [what, ...more] = positionals;
  if (what === undefined || more.length > 0)
    throw new PackageError('Name one lesson, exercise or notebook file: npm run scorm -- attacks');
  const formats = values.format === undefined ? FORMATS : FORMATS.filter((one) => one === values.format);
  if (formats.length === 0)
    throw new PackageError(`There is no format ${values.format}. There are ${FORMATS.join(', ')}.`);
  const rules = {
    enough: share(values.enough, 'enough'),
    pass: values.pass === undefined ? null : share(values.pass, 'pass'),
  };
  const titles = titlesOf(OUT);
  const work =
    existsSync(what) && /\.(json|ipynb)$/i.test(what)
      ? notebookWork(what, titles)
      : (exerciseWork(what, titles, OUT) ?? lessonWork(what, OUT));
  // A name of nobody's: it stays the same for the same work, which is all that cmi5 needs.
  const site = readSiteUrl(values.site) ?? 'https://epsilon-playground.invalid';
  mkdirSync(values.out, { recursive: true });
  for (const format of formats) await write(format);

  async function write(format: Format): Promise<void> {
    const { files, parts } = await makePackage(work, { format, rules, out: OUT, site, titles });
    const zipped = zipSync(
      Object.fromEntries(
        [...files].map(([name, bytes]) => [
          name,
          [bytes, { level: PACKED.test(name) ? 0 : 6, mtime: ZIP_DATE }],
        ]),
      ),
    );
    const target = join(values.out, `${work.id}-${format === 'cmi5' ? 'cmi5' : `scorm-${format}`}.zip`);
    writeFileSync(target, zipped);
    console.log(
      `${target}: ${files.size} files, ${(zipped.length / 1e6).toFixed(1)} MB, ${parts} questions and cells`,
    );
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
