/** Scripts of a first visit are compiled while they arrive; what is loaded later stays as it was. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { COMPILE_HINT, writeCompileHints } from '@/lib/commands/finish/compile-hints';
import { writeSite } from './support/site';

const CHUNKS = '_next/static/chunks';

test('scripts that a page names get the hint, once; others and files of other folders do not', () => {
  const { folder, remove } = writeSite({
    'index.html': `<script src="/${CHUNKS}/start-1.js" async></script><script>push("/site/${CHUNKS}/0a~b_c.js")</script>`,
    'lessons/one/index.html': `<script src="/site/${CHUNKS}/lesson.js?v=1"></script><script src="/embed.js"></script>`,
    [`${CHUNKS}/start-1.js`]: 'start()',
    [`${CHUNKS}/0a~b_c.js`]: 'pushed()',
    [`${CHUNKS}/lesson.js`]: 'lesson()',
    [`${CHUNKS}/later.js`]: 'later()',
    'embed.js': 'embed()',
  });
  const text = (file: string) => readFileSync(join(folder, file), 'utf8');
  expect(writeCompileHints(folder)).toBe(3);
  expect(writeCompileHints(folder)).toBe(3);
  const seen = ['start-1.js', '0a~b_c.js', 'lesson.js', 'later.js'].map((file) => text(`${CHUNKS}/${file}`));
  const embed = text('embed.js');
  remove();
  expect(seen).toEqual([
    `${COMPILE_HINT}start()`,
    `${COMPILE_HINT}pushed()`,
    `${COMPILE_HINT}lesson()`,
    'later()',
  ]);
  expect(embed).toBe('embed()');
});
