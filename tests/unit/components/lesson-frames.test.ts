/** The pictures on the cards of the lessons: each a small file, of a cell that the lesson has. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findCell, LESSONS } from '@/components/lessons/cells';
import { CARD_SIZE, cardPath, FRAME_SIZE, framePath, LESSON_FRAMES } from '@/components/site/lesson-frames';

/** Ten of them are on one page. */
const MOST_BYTES = 30_000;
/** Some programs show no picture that is larger than 300 kB. */
const MOST_OF_A_CARD = 300_000;

/** Pixels, from the frame header of a JPEG (ITU-T T.81, section B.2.2). */
function sizeOfJpeg(file: Buffer): { width: number; height: number } {
  let at = 2;
  // Segments, each with its length, up to the first that begins a frame.
  while (file[at] === 0xff && ![0xc0, 0xc1, 0xc2].includes(file[at + 1]!))
    at += 2 + file.readUInt16BE(at + 2);
  return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
}

test('every lesson has one, in their order', () => {
  const slugs = LESSONS.map(({ slug }) => slug);
  const framed = Object.keys(LESSON_FRAMES);
  expect(framed).toEqual(slugs);
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

const carded = Object.keys(LESSON_FRAMES).filter((slug) => LESSON_FRAMES[slug]!.card);
test('and a card', () => expect(carded).toHaveLength(LESSONS.length));

test.each(carded)('%s has a card for links to it', (slug) => {
  const file = readFileSync(`public${cardPath(slug)}`);
  expect(file.length).toBeLessThan(MOST_OF_A_CARD);
  expect(sizeOfJpeg(file)).toEqual(CARD_SIZE);
});
