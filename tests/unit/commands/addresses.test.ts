/** What other sites read of this one names whole addresses, or is not there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { lessonMetadata } from '@/components/lessons/lesson';
import { cardOf, LESSON_FRAMES } from '@/components/site/lesson-frames';
import { writeAddresses } from '@/lib/commands/finish/addresses';
import { oembed, oembedPath } from '@/lib/notebook/oembed';
import { readSiteUrl, SITE_CARD } from '@/lib/notebook/site-address';
import { ROOT } from '@/tests/harness/root';
import { writeSite } from './support/site';

const FILES = Object.fromEntries(
  [
    'index.html',
    '404.html',
    '404/index.html',
    '_not-found/index.html',
    'offline/index.html',
    'lessons/index.html',
    'lessons/one/index.html',
    'present/one/index.html',
    'embed/index.html',
    'embed/one/two/index.html',
    'embed/one/two/oembed.json',
    'embed/sandbox.html',
  ].map((path) => [path, 'words']),
);

afterEach(() => void vi.unstubAllEnvs());

test.each(['https://your.site', 'https://your.site/', 'http://127.0.0.1:3000'])('%s is a host', (text) => {
  expect(readSiteUrl(text)).toBe(text.replace(/\/$/, ''));
});
test.each([
  'your.site',
  'https://your.site/path',
  'ftp://your.site',
  'https://your.site/?a',
  'javascript:alert(1)',
  '/',
])('%s is refused, with what to write instead', (text) => {
  expect(() => readSiteUrl(text)).toThrow(/https:\/\/your\.site, and a sub-path as BASE_PATH/);
});

describe('a build that knows its address', () => {
  test('lists the pages that can be found, and no others', () => {
    vi.stubEnv('SITE_URL', 'https://your.site');
    const { folder, remove } = writeSite(FILES);
    expect(writeAddresses(folder)).toBe(true);
    const listed = [...readFileSync(join(folder, 'sitemap.xml'), 'utf8').matchAll(/<loc>(.*?)<\/loc>/g)].map(
      ([, one]) => one,
    );
    expect(listed).toEqual(
      ['', 'embed/', 'lessons/', 'lessons/one/'].map((path) => `https://your.site/${path}`),
    );
    expect(readFileSync(join(folder, 'robots.txt'), 'utf8')).toContain(
      'Sitemap: https://your.site/sitemap.xml',
    );
    expect(existsSync(join(folder, 'embed/one/two/oembed.json'))).toBe(true);
    remove();
  });

  test('answers oEmbed with addresses that hold anywhere', () => {
    vi.stubEnv('SITE_URL', 'https://your.site');
    const answer = oembed('telemetry', 'population', 'A cell', SITE_CARD);
    expect(answer).toMatchObject({ version: '1.0', type: 'rich', provider_url: 'https://your.site/' });
    expect(answer.html).toContain('src="https://your.site/embed/telemetry/population/"');
    // Who cleans the HTML takes the style away, and a frame without a height is 150 pixels tall.
    expect(answer.html).toContain(`width="100%" height="${answer.height}"`);
    expect(answer.thumbnail_url).toBe('https://your.site/about/lesson.png');
    expect(oembedPath('telemetry', 'population')).toBe(
      'https://your.site/embed/telemetry/population/oembed.json',
    );
  });
});

test('a link to a lesson shows a picture of that lesson, and its cell to whoever asks by oEmbed', () => {
  vi.stubEnv('SITE_URL', 'https://your.site');
  for (const lesson of LESSONS) {
    // The site's own picture where none of the lesson was recorded.
    const own = LESSON_FRAMES[lesson.slug]?.card === true;
    const [width, height] = own ? [1200, 630] : [1100, 800];
    const card = `https://your.site/${own ? `cards/${lesson.slug}.jpg` : 'about/lesson.png'}`;
    const { openGraph, twitter, alternates } = lessonMetadata(lesson);
    expect(openGraph?.images, lesson.slug).toEqual([
      { url: card, width, height, alt: expect.stringContaining(own ? 'as it ran' : 'noise slider') },
    ]);
    expect(twitter?.images).toEqual(openGraph?.images);
    expect(openGraph).toMatchObject({
      ...{ title: lesson.title, type: 'article' },
      url: `https://your.site/lessons/${lesson.slug}/`,
    });
    const cell = lesson.cells[0]!;
    expect(alternates?.types).toEqual({
      'application/json+oembed': `https://your.site/embed/${lesson.slug}/${cell.id}/oembed.json`,
    });
    const answer = oembed(lesson.slug, cell.id, cell.title, cardOf(lesson.slug, lesson.cells));
    expect(answer).toMatchObject({ thumbnail_url: card, thumbnail_width: width, thumbnail_height: height });
  }
  vi.stubEnv('SITE_URL', '');
  expect(lessonMetadata(LESSONS[0]!)).toEqual({
    ...{ title: LESSONS[0]!.title, description: LESSONS[0]!.summary },
  });
});

test('a build that does not know it has no half addresses', () => {
  vi.stubEnv('SITE_URL', '');
  const { folder, remove } = writeSite(FILES);
  expect(writeAddresses(folder)).toBe(false);
  for (const file of ['sitemap.xml', 'robots.txt', 'embed/one/two/oembed.json'])
    expect(existsSync(join(folder, file)), file).toBe(false);
  expect(oembedPath('telemetry', 'population')).toBeNull();
  remove();
});

test.each([
  ['', 1],
  ['your.site', 1],
  ['https://your.site', 0],
])('a public build with SITE_URL=%s ends with %i', (site, status) => {
  const run = spawnSync('npx', ['--no-install', 'tsx', 'lib/commands/require-site-url.ts'], {
    cwd: ROOT,
    env: { ...process.env, SITE_URL: site },
    encoding: 'utf8',
  });
  expect(run.status).toBe(status);
  if (status !== 0) expect(run.stderr).toContain('SITE_URL=https://your.site npm run build:public');
});
