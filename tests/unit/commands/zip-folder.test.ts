/** The whole site as one file: every page and every file of it, as it was, and nothing twice. */
import { createServer } from 'node:http';
import { unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { zipFolder } from '@/lib/commands/finish/zip-folder';
import { listen, writeSite } from './support/site';

const FILES = {
  'index.html': '<!doctype html><title>home</title>',
  'index.html.br': 'a copy',
  'lessons/one/index.html': 'words '.repeat(1000),
  'data/digits.gz': 'packed already',
  'site.zip': 'an older one',
};

function zipped(folder: string): Record<string, Uint8Array> {
  const pieces: Uint8Array[] = [];
  const options = { notes: { 'HOW.txt': 'Serve it.' }, leaveOut: ['site.zip'] };
  const bytes = zipFolder(folder, options, (piece) => pieces.push(piece));
  const whole = Buffer.concat(pieces);
  expect(whole.length).toBe(bytes);
  expect(bytes).toBeLessThan(3000);
  return unzipSync(whole);
}

test('it opens as it was from any server of files, without the copies for those that know them', async () => {
  const { folder, remove } = writeSite(FILES);
  const unpacked = zipped(folder);
  remove();
  expect(Object.keys(unpacked).sort()).toEqual(
    ['HOW.txt', 'data/digits.gz', 'index.html', 'lessons/one/index.html'].sort(),
  );
  // The plainest there is: a folder is its index.html.
  const server = createServer((request, response) => {
    const path = request.url!.slice(1).replace(/(^|\/)$/, '$1index.html');
    response.statusCode = path in unpacked ? 200 : 404;
    response.end(unpacked[path]);
  });
  const at = `http://127.0.0.1:${await listen(server)}/`;
  try {
    for (const path of ['', 'lessons/one/', 'data/digits.gz'] as const) {
      const file = path.replace(/(^|\/)$/, '$1index.html') as keyof typeof FILES;
      expect(await (await fetch(at + path)).text()).toBe(FILES[file]);
    }
  } finally {
    server.close();
  }
});
