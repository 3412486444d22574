/** The minutes that a lesson names, against what there is to read in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { minutesToRead, wordsIn } from '@/components/teach/reading';
import { notebookOfLesson } from '@/lib/notebook/own/from-lesson';
import { ROOT } from '@/tests/harness/root';

test('words are counted as a reader meets them', () => {
  expect(wordsIn('One **two** [three four](https://a.b/c?d=e), $x^2 + y^2$ and ε = 0.5.')).toBe(8);
  expect(wordsIn('')).toBe(0);
  expect(minutesToRead(10)).toBe(1);
});

test.each(LESSONS)(
  '$slug leaves time for its cells beside the reading',
  ({ slug, title, minutes, cells }) => {
    const source = readFileSync(join(ROOT, 'app/lessons', slug, 'page.mdx'), 'utf8');
    const texts = notebookOfLesson(source, slug, title).cells.flatMap((cell) =>
      cell.kind === 'text' ? [cell.text] : [],
    );
    const reading = minutesToRead(texts.reduce((sum, text) => sum + wordsIn(text), 0));
    // Two minutes for each cell, at the least.
    expect(minutes).toBeGreaterThanOrEqual(reading + 2 * cells.length);
    expect(minutes).toBeLessThanOrEqual(60);
  },
);
