/**
 * `npm run zip`: the whole built site as one file, `out/epsilon-playground.zip`, to be unpacked into any static folder or carried
 * on a stick. Build first.
 */
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { isCopy } from './finish/compress';
import { filesBelow } from './finish/files-below';

const OUT = resolve(import.meta.dirname, '../../out');
const NAME = 'epsilon-playground.zip';
const PACKED = /\.(gz|png|jpg|woff2?|zip)$/;

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
let bytes = 0;
const zip = new Zip((error, chunk, final) => {
  if (error) throw error;
  bytes += chunk.length;
  target.write(chunk);
  if (final) target.end(() => console.log(`out/${NAME}: ${(bytes / 1e6).toFixed(1)} MB`));
});
function add(name: string, content: Uint8Array): void {
  const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  entry.push(content, true);
}
add('HOW TO SERVE.txt', new TextEncoder().encode(HOW));
const files = filesBelow(OUT);
const names = new Set(files);
// The compressed copies are for servers that know them; the zip is compressed itself.
for (const name of files) if (name !== NAME && !isCopy(name, names)) add(name, readFileSync(join(OUT, name)));
zip.end();
