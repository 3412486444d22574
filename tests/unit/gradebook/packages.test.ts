/**
 * The files of packages: what a lesson has to be done, its manifests, its page at an address that nobody knew.
 *
 * The schemas of SCORM are IMS's and ADL's, and may not be copied here. `SCORM_SCHEMAS` names a folder that has them in `1.2/` and `2004/`,
 * `CMI5_SCHEMA` a file; then manifests are validated against them. What is tested always is our own reading of the published texts: IMS
 * Content Packaging 1.1.2 and 1.1.4, ADL's additions, cmi5 section 13.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { LESSONS } from '@/components/lessons/cells';
import { NOTES } from '@/components/teach/notes';
import { filesFor, PLACE, placeless, withWholeData } from '@/lib/commands/scorm/site-files';
import { type Described, FORMATS, type Format, manifestOf } from '@/lib/gradebook/manifest';
import { heldPage, launcherPage } from '@/lib/gradebook/pages';
import { partsOf, questionsIn } from '@/lib/gradebook/parts';
import { activityWithin, anonymous, readActor, statementOf, VERBS } from '@/lib/gradebook/xapi';
import { notebookOfLesson } from '@/lib/notebook/own/from-lesson';
import { questionMarkdown } from '@/lib/notebook/own/question';
import { ROOT } from '@/tests/harness/root';

const DESCRIBED: Described = {
  id: 'epsilon-playground-lesson',
  title: 'ε < 1 & “more”',
  summary: 'What <it> bounds.',
  launch: 'index.html',
  files: ['index.html', 'site/a b.js'],
  pass: 0.6,
};
const of = (format: Format, change: Partial<Described> = {}) =>
  manifestOf(format, { ...DESCRIBED, ...change }, 'https://your.site/')[1];

interface Schemas {
  imports: [namespace: string, file: string][];
  files: { fileName: string; contents: string }[];
}

/** @returns the errors; none where it is valid */
async function errorsOf(xml: string, { imports, files }: Schemas): Promise<string[]> {
  const contents = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">${imports
    .map(([namespace, file]) => `<xs:import namespace="${namespace}" schemaLocation="${file}"/>`)
    .join('')}</xs:schema>`;
  const { errors } = await validateXML({
    xml: [{ fileName: 'manifest.xml', contents: xml }],
    schema: [{ fileName: 'all.xsd', contents }],
    preload: files,
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

const folder = (path: string) =>
  readdirSync(path)
    .filter((name) => name.endsWith('.xsd'))
    .map((fileName) => ({
      fileName,
      // The published ims_xml.xsd makes the namespace of XML its default, which XML forbids.
      contents: readFileSync(join(path, fileName), 'utf8').replace(
        'xmlns="http://www.w3.org/XML/1998/namespace"',
        '',
      ),
    }));
const SCHEMAS = process.env.SCORM_SCHEMAS ?? '';

describe('a manifest', () => {
  test.skipIf(!existsSync(SCHEMAS))(
    'is valid against the published schemas, and a faulty one is not',
    async () => {
      const old: Schemas = {
        imports: [
          ['http://www.imsproject.org/xsd/imscp_rootv1p1p2', 'imscp_rootv1p1p2.xsd'],
          ['http://www.adlnet.org/xsd/adlcp_rootv1p2', 'adlcp_rootv1p2.xsd'],
        ],
        files: folder(join(SCHEMAS, '1.2')),
      };
      const current: Schemas = {
        imports: [
          ['http://www.imsglobal.org/xsd/imscp_v1p1', 'imscp_v1p1.xsd'],
          ['http://www.adlnet.org/xsd/adlcp_v1p3', 'adlcp_v1p3.xsd'],
          ['http://www.imsglobal.org/xsd/imsss', 'imsss_v1p0.xsd'],
        ],
        files: folder(join(SCHEMAS, '2004')),
      };
      for (const pass of [null, 0.6, 1]) {
        expect(await errorsOf(of('1.2', { pass }), old)).toEqual([]);
        expect(await errorsOf(of('2004', { pass }), current)).toEqual([]);
      }
      expect(await errorsOf(of('1.2').replace('"sco"', '"scx"'), old)).not.toEqual([]);
      expect(await errorsOf(of('1.2').replaceAll('masteryscore', 'mastery'), old)).not.toEqual([]);
      expect(await errorsOf(of('2004').replace('Measure>0.6', 'Measure>6'), current)).not.toEqual([]);
      expect(
        await errorsOf(of('2004').replaceAll('<title>', '<name>').replaceAll('</title>', '</name>'), current),
      ).not.toEqual([]);
    },
  );

  test.skipIf(!process.env.CMI5_SCHEMA)('of cmi5 is valid against the published schema', async () => {
    const schemas: Schemas = {
      imports: [['https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd', 'cmi5.xsd']],
      files: [{ fileName: 'cmi5.xsd', contents: readFileSync(process.env.CMI5_SCHEMA!, 'utf8') }],
    };
    for (const pass of [null, 0.6]) expect(await errorsOf(of('cmi5', { pass }), schemas)).toEqual([]);
    expect(await errorsOf(of('cmi5').replace('masteryScore="0.6"', 'masteryScore="6"'), schemas)).not.toEqual(
      [],
    );
  });

  test('of cmi5 has what its section 13 asks for, in that order', () => {
    const xml = of('cmi5');
    const namesIn = (tag: string) => {
      const inner = new RegExp(`<${tag} [^>]*>([\\s\\S]*?)</${tag}>`).exec(xml)![1]!;
      return [...inner.matchAll(/<(title|description|url)[ >]/g)].map(([, name]) => name);
    };
    expect(namesIn('course')).toEqual(['title', 'description']);
    expect(namesIn('au')).toEqual(['title', 'description', 'url']);
    const attributes = [.../<au ([^>]*)>/.exec(xml)![1]!.matchAll(/(\w+)="([^"]*)"/g)].map(
      ([, name]) => name!,
    );
    const allowed = ['id', 'moveOn', 'masteryScore', 'launchMethod', 'activityType'];
    expect(attributes.filter((name) => !allowed.includes(name))).toEqual([]);
    expect(attributes).toContain('id');
    for (const words of xml.matchAll(/<langstring([^>]*)>/g)) expect(words[1]).toBe(' lang="en"');
  });

  test.each(FORMATS)(
    'for %s is well formed, whatever the title holds, and lists the files as addresses',
    async (format) => {
      const any: Schemas = { imports: [], files: [] };
      for (const title of [DESCRIBED.title, '\u0000\u0007]]>', 'x'.repeat(500), '🙂'.repeat(300)]) {
        const errors = await errorsOf(of(format, { title }), any);
        // Without schemas only what is not XML at all is an error.
        expect(errors.filter((error) => !/No matching global declaration/.test(error))).toEqual([]);
      }
      expect(of(format)).toContain('ε &lt; 1 &amp; “more”');
      if (format === 'cmi5') return;
      expect(of(format)).toContain('<file href="site/a%20b.js"/>');
      expect(of(format)).toContain('href="index.html">');
    },
  );

  test('says what passes, each in its own measure, or nothing', () => {
    expect(of('1.2')).toContain('<adlcp:masteryscore>60</adlcp:masteryscore>');
    expect(of('1.2')).toContain('adlcp:scormtype="sco"');
    expect(of('2004')).toContain('<imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>');
    expect(of('2004')).toContain('adlcp:scormType="sco"');
    expect(of('cmi5')).toContain('moveOn="CompletedAndPassed" masteryScore="0.6"');
    expect(of('1.2', { pass: null })).not.toContain('mastery');
    expect(of('2004', { pass: null })).not.toContain('Measure>');
    expect(of('cmi5', { pass: null })).toContain('moveOn="Completed" launchMethod');
  });
});

describe('what is to be done', () => {
  const notebooks = LESSONS.map(({ slug, title, cells }) => ({
    slug,
    cells,
    notebook: notebookOfLesson(
      readFileSync(join(ROOT, 'app/lessons', slug, 'page.mdx'), 'utf8'),
      slug,
      title,
    ),
  }));

  test.each(notebooks.map((one) => [one.slug, one] as const))(
    'in %s is every cell and every question, once',
    (slug, { cells, notebook }) => {
      const source = readFileSync(join(ROOT, 'app/lessons', slug, 'page.mdx'), 'utf8');
      const parts = partsOf(notebook, (id) => id);
      expect(
        parts
          .filter(({ kind }) => kind === 'cell')
          .map(({ id }) => id)
          .sort(),
      ).toEqual(
        // One may stand inside of another, and has no tag of its own.
        cells
          .map(({ id }) => id)
          .filter((id) => source.includes(`${slug}/${id}/`) || source.includes(`${slug}/${id}'`))
          .sort(),
      );
      expect(parts.filter(({ kind }) => kind === 'question')).toHaveLength(
        source.match(/<Question\b/g)?.length ?? 0,
      );
      expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length);
    },
  );

  test('is named by the words that the page shows, signs and all', () => {
    const prompt = 'Is 2 * 3 < `7` for _all_ [x] & $y$?';
    const markdown = questionMarkdown(prompt, [
      { label: 'Yes', reason: 'It is.', correct: true },
      { label: 'No', reason: 'It is not.' },
    ]);
    expect(questionsIn(`Words.\n\n${markdown}\n\nMore.`)).toMatchObject([
      { prompt, options: [{ label: 'Yes', correct: true }, { label: 'No' }] },
    ]);
  });

  test('teachers are told of every lesson, and shown only cells that it has', () => {
    expect(Object.keys(NOTES).sort()).toEqual(LESSONS.map(({ slug }) => slug).sort());
    for (const { slug, cells } of LESSONS)
      for (const { cell } of NOTES[slug]!.misconceptions) expect(cells.map(({ id }) => id)).toContain(cell);
  });
});

describe('the page of a package', () => {
  const data = ['0:["/_ne', 'xt/static/chunks/a.js","</script>"]\n'];
  const built =
    '<!DOCTYPE html><html><head><meta charSet="utf-8"/><meta http-equiv="Content-Security-Policy" content="x"/>' +
    '<link rel="stylesheet" href="/base/_next/static/chunks/a.css"/><script src="/base/_next/static/chunks/a.js" async=""></script></head>' +
    `<body><img src="/base/samples/cat.jpg"/><a href="/base/lessons/">x</a>${data
      .map(
        (piece) =>
          `<script>self.__next_f.push([1,${JSON.stringify(piece.replace('/_ne', '/base/_ne')).replaceAll('<', '\\u003c')}])</script>`,
      )
      .join('<p></p>')}</body></html>`;

  test('has its data whole, also where the builder cut an address in two', () => {
    const whole = withWholeData(built);
    expect(whole.match(/__next_f\.push/g)).toHaveLength(1);
    const pushed = /push\(\[1,(".*")\]\)/.exec(whole)![1]!;
    expect(JSON.parse(pushed)).toBe(data.join('').replace('/_next', '/base/_next'));
    expect(pushed).not.toContain('</script');
    expect(() => withWholeData('<html></html>')).toThrow(/has no data/);
  });

  test('names no address of the site but by its place, and brings no policy that forbids it', () => {
    const page = placeless(built);
    expect(page).not.toContain('"/base/_next');
    expect(page).not.toContain('Content-Security-Policy');
    expect(page).toContain(`href="${PLACE}/_next/static/chunks/a.css"`);
    expect(page).toContain(`src="${PLACE}/samples/cat.jpg"`);
    expect(page).toContain(`[\\"${PLACE}/_next/static/chunks/a.js\\"`);
  });

  test('cannot be ended from inside', () => {
    const held = heldPage({
      html: placeless(built),
      place: PLACE,
      folder: 'site',
      inPage: 'tell("</script>")',
      title: '</title>',
    });
    expect(held.match(/<\/script/g)).toHaveLength(1);
    const launcher = launcherPage(
      {
        format: '1.2',
        title: '</script>',
        parts: [],
        rules: { enough: 1, pass: null },
        page: 'page.html',
        hash: '',
      },
      'launcher.js',
    );
    expect(launcher.match(/<\/script/g)).toHaveLength(2);
  });
});

describe('a statement', () => {
  const page = 'https://your.site/embed/lesson/train/?theme=dark#v=1&eps=2';
  const event = {
    type: 'answered',
    kind: 'question',
    id: 'q-1',
    text: 'Why?',
    score: 1,
    answer: { at: 0, text: 'So.' },
  } as const;
  const actor = anonymous('https://your.site', 'somebody');

  test('says who did what to what, and how it went, as xAPI 1.0.3 has it', () => {
    const { id, timestamp, ...statement } = statementOf(event, { actor, page });
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    expect(statement).toEqual({
      actor: { objectType: 'Agent', account: { homePage: 'https://your.site', name: 'somebody' } },
      verb: { id: VERBS.answered, display: { en: 'answered' } },
      object: {
        objectType: 'Activity',
        id: 'https://your.site/embed/lesson/train/#q-1',
        definition: { type: 'http://adlnet.gov/expapi/activities/cmi.interaction', name: { en: 'Why?' } },
      },
      result: { response: 'So.', success: true, score: { scaled: 1 } },
      context: {
        platform: 'Epsilon Playground',
        language: 'en',
        contextActivities: { parent: [{ id: 'https://your.site/embed/lesson/train/' }] },
      },
    });
  });

  test('is of a cell by its address, and completes only what is completed', () => {
    expect(activityWithin(page, { kind: 'cell', id: 'train' })).toBe('https://your.site/embed/lesson/train/');
    expect(statementOf({ ...event, score: 0.5 }, { actor, page }).result).toMatchObject({ success: false });
    const cell = { kind: 'cell', id: 'train', text: 'Train' } as const;
    expect(statementOf({ ...cell, type: 'completed' }, { actor, page }).result).toEqual({ completion: true });
    expect(statementOf({ ...cell, type: 'progressed' }, { actor, page })).not.toHaveProperty('result');
  });

  test.each([
    [{ mbox: 'mailto:ada@example.org' }, true],
    [{ mbox_sha1sum: 'a'.repeat(40) }, true],
    [{ openid: 'https://ada.example.org/' }, true],
    [{ account: { homePage: 'https://example.org', name: 'ada' }, name: 'Ada' }, true],
    [{ mbox: 'ada@example.org' }, false],
    [{ mbox: 'mailto:ada@example.org', openid: 'https://ada.example.org/' }, false],
    [{ account: { homePage: 'nowhere', name: 'ada' } }, false],
    [{ account: { homePage: 'https://example.org' } }, false],
    [{ name: 'Ada' }, false],
    ['ada', false],
    [null, false],
  ])('is of %j: %s', (given, sound) => expect(readActor(given) !== null).toBe(sound));
});

test('a package of a notebook brings what its exercises begin with, and the realm that their code runs in', () => {
  const out = mkdtempSync(join(tmpdir(), 'package-'));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(out, file)), { recursive: true });
    writeFileSync(join(out, file), text);
  };
  const script = 'static/chunks/lab.js';
  write(
    'lab/index.html',
    `<script src="/_next/${script}"></script><script>self.__next_f.push([1,"x"])</script>`,
  );
  write(`_next/${script}`, 'fetch(base + "/lab/exercises.json");open("embed/sandbox.html")');
  const without = filesFor(out, 'lab/index.html');
  expect(without).toEqual([`_next/${script}`]);
  write('lab/exercises.json', '{}');
  write('embed/sandbox.html', '');
  expect(filesFor(out, 'lab/index.html')).toEqual([
    `_next/${script}`,
    'embed/sandbox.html',
    'lab/exercises.json',
  ]);
});
