/**
 * After the export: scripts that pages name in their HTML get V8's explicit compile hint as their first line. The engine then compiles all
 * their functions while they arrive, beside the page's own thread, instead of one by one there when they are first called: on a slowed
 * processor that is half of what a page blocks while it starts. Other engines read a comment.
 *
 * Only those: whatever is loaded later may never be called, and workers would compile it on the thread that waits for it.
 *
 * @see https://v8.dev/blog/explicit-compile-hints
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from './files-below';

export const COMPILE_HINT = '//# allFunctionsCalledOnLoad\n';

const NAMED = /[\w/.~-]+\.js(?=["\\?])/g;

/** @param out folder of the export @returns how many scripts begin with the hint */
export function writeCompileHints(out: string): number {
  const files = filesBelow(out);
  const named = new Set(
    files
      .filter((file) => file.endsWith('.html'))
      .flatMap((page) => readFileSync(join(out, page), 'utf8').match(NAMED) ?? [])
      .map((address) => address.slice(address.lastIndexOf('/') + 1)),
  );
  const scripts = files.filter((file) => /(^|\/)_next\/static\/chunks\/[^/]+\.js$/.test(file));
  const first = scripts.filter((file) => named.has(file.slice(file.lastIndexOf('/') + 1)));
  for (const file of first) {
    const text = readFileSync(join(out, file), 'utf8');
    if (!text.startsWith(COMPILE_HINT)) writeFileSync(join(out, file), COMPILE_HINT + text);
  }
  return first.length;
}
