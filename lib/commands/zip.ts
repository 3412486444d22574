/**
 * `npm run zip`: the whole built site as one file, `out/epsilon-playground.zip`, to be unpacked into any static folder or carried
 * on a stick. Build first.
 */
import { createWriteStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { zipFolder } from './finish/zip-folder';

const OUT = resolve(import.meta.dirname, '../../out');
const NAME = 'epsilon-playground.zip';
const HOW = `Epsilon Playground: a folder of static files.

Serve this folder and open the address in a browser, for example with

    python3 -m http.server 8000        then http://localhost:8000/
    npx serve -l 8000 .

A file:// address does not work: browsers let such pages start no workers. Nothing else is needed, no network either.
`;

if (!existsSync(join(OUT, 'index.html'))) {
  console.error('out/ is missing. Run `npm run build` first.');
  process.exit(1);
}
if (process.env.BASE_PATH)
  console.warn(
    `This build expects to be served below ${process.env.BASE_PATH}; build without BASE_PATH for a stick.`,
  );

const target = createWriteStream(join(OUT, NAME));
const bytes = zipFolder(OUT, { notes: { 'HOW TO SERVE.txt': HOW }, leaveOut: [NAME] }, (chunk) =>
  target.write(chunk),
);
target.end(() => console.log(`out/${NAME}: ${(bytes / 1e6).toFixed(1)} MB`));
