/** `npm run finish`: what makes a served site of Next's export. `npm run build` ends with it. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeAddresses } from './finish/addresses';
import { writeCompileHints } from './finish/compile-hints';
import { compressFolder } from './finish/compress';
import { makeOffline } from './finish/offline';
import { writePolicies } from './finish/policies';

const OUT = resolve(import.meta.dirname, '../../out');
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

if (!existsSync(join(OUT, 'index.html'))) {
  console.error('out/ is missing. Run `npm run build` first.');
  process.exit(1);
}
if (!writeAddresses(OUT))
  console.log('Addresses: none, for SITE_URL is not set; no oEmbed answers, no sitemap, no cards');
console.log(`Compile hints: ${writeCompileHints(OUT)} scripts`);
// In this order: the list of files holds their hashes, and the copies are of what stands there at last.
const pages = writePolicies(OUT, process.env.BASE_PATH ?? '');
console.log(`Policies: ${pages} pages`);
const { version, site, siteBytes } = await makeOffline(OUT);
console.log(`Offline: ${site.length} files, ${megabytes(siteBytes)}, version ${version}`);
const { before, after } = await compressFolder(OUT);
console.log(`Compressed: ${megabytes(before)} as ${megabytes(after)}`);
