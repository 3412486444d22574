/** Which lessons use a word of the glossary, found in their text when the site is built. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LESSONS } from '@/components/lessons/cells';
import { FORMER_KEYS } from '@/lib/notebook/glossary';

export interface LessonLink {
  slug: string;
  title: string;
}

/** By the key of the word; in the order of the lessons. */
export function termUses(): Record<string, LessonLink[]> {
  const uses: Record<string, LessonLink[]> = {};
  for (const { slug, title } of LESSONS) {
    const text = readFileSync(join(process.cwd(), 'app/lessons', slug, 'page.mdx'), 'utf8');
    const found = new Set([...text.matchAll(/<Term id="([^"]+)"/g)].map(([, id]) => FORMER_KEYS[id!] ?? id!));
    for (const id of found) uses[id] = [...(uses[id] ?? []), { slug, title }];
  }
  return uses;
}
