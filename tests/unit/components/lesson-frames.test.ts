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
    expect(file.toString('latin1', 0, 4) + file.toString('latin1', 8, 16)).toBe('RIFFWEBPVP8X');
    // Less one, 24 bits each, in the extended header of WebP (RFC 9649, section 2.7).
    const size = { width: file.readUIntLE(24, 3) + 1, height: file.readUIntLE(27, 3) + 1 };
    expect(size).toEqual(FRAME_SIZE);
  }
  expect(files[0]!.equals(files[1]!)).toBe(false);
});
