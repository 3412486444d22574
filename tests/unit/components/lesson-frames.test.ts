/** The pictures on the cards of the lessons: each a small file, of a cell that the lesson has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCell, LESSONS } from '@/components/lessons/cells';
import { FRAME_SIZE, framePath, LESSON_FRAMES } from '@/components/site/lesson-frames';

/** Ten of them are on one page. */
const MOST_BYTES = 30_000;

test('they belong to lessons, in their order', () => {
  const slugs = LESSONS.map(({ slug }) => slug);
  const framed = Object.keys(LESSON_FRAMES);
  expect(framed.length).toBeGreaterThan(0);
  expect(framed).toEqual(slugs.filter((slug) => framed.includes(slug)));
});

test.each(Object.keys(LESSON_FRAMES))('%s has one of a cell of its own, light and dark', (slug) => {
  expect(findCell(slug, LESSON_FRAMES[slug]!.cell)).toBeDefined();
  const files = (['light', 'dark'] as const).map((theme) => readFileSync(`public${framePath(slug, theme)}`));
  for (const file of files) {
    expect(file.length).toBeLessThan(MOST_BYTES);
    expect(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8 ');
    // Of a key frame of VP8: 14 bits each (RFC 6386, section 9.1).
    const size = { width: file.readUInt16LE(26) & 0x3fff, height: file.readUInt16LE(28) & 0x3fff };
    expect(size).toEqual(FRAME_SIZE);
  }
  expect(files[0]!.equals(files[1]!)).toBe(false);
});
