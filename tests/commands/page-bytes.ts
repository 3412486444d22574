/**
 * `npx tsx tests/commands/page-bytes.ts [FOLDER]`: bytes over the wire for the home page and each lesson of the built site, before anything
 * is pressed: what its HTML names, as it is and as brotli sends it. Code that a page asks for later by itself (a chart, a worker) is not in it.
 */
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type FileKind, firstLoadOf, type LoadedFile } from '@/tests/harness/first-load';

const folder = resolve(process.argv[2] ?? 'out');
const lessons = readdirSync(join(folder, 'lessons'), { withFileTypes: true }).filter((entry) =>
  entry.isDirectory(),
);
const KINDS: readonly FileKind[] = ['page', 'script', 'style', 'font', 'picture'];

const kB = (bytes: number) => (bytes / 1000).toFixed(1);
const sum = (files: readonly LoadedFile[], which: 'raw' | 'sent') =>
  files.reduce((total, file) => total + file[which], 0);

console.log(`| page | files | kB | as sent | ${KINDS.join(' | ')} |`);
console.log(`| --- | ---: | ---: | ---: |${KINDS.map(() => ' ---: |').join('')}`);
for (const page of ['', ...lessons.map(({ name }) => `lessons/${name}/`)]) {
  const files = firstLoadOf(folder, page, process.env.BASE_PATH ?? '');
  const parts = KINDS.map((kind) =>
    kB(
      sum(
        files.filter((file) => file.kind === kind),
        'sent',
      ),
    ),
  );
  console.log(
    `| /${page} | ${files.length} | ${kB(sum(files, 'raw'))} | ${kB(sum(files, 'sent'))} | ${parts.join(' | ')} |`,
  );
}
