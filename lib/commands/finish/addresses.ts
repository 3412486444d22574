/**
 * After the export: what other sites read of this one. All of it names whole addresses, so it is there only when the build knows where
 * the site will stand; half an address would be wrong everywhere.
 */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { siteAddress } from '@/lib/notebook/site-address';
import { filesBelow } from './files-below';

/** Pages that are other pages again, or nothing to find: frames, presentations, what is said when a page is missing. */
const NOT_LISTED = /^(404|_not-found|present|offline)\/|^404\.html$|^embed\/.+\//;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** @returns whether the build knows its address */
export function writeAddresses(out: string): boolean {
  const files = filesBelow(out);
  if (siteAddress('/') === null) {
    for (const file of files) if (file.endsWith('/oembed.json')) rmSync(join(out, file));
    return false;
  }
  const listed = files
    .filter((file) => /(^|\/)index\.html$/.test(file) && !NOT_LISTED.test(file))
    .map((file) => siteAddress(`/${file.replace(/index\.html$/, '')}`) ?? '')
    .sort();
  const lines = listed.map((address) => `  <url><loc>${escaped(address)}</loc></url>`);
  writeFileSync(
    join(out, 'sitemap.xml'),
    `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`,
  );
  // Read only at the root of a host; elsewhere it says nothing, and harms nobody.
  writeFileSync(
    join(out, 'robots.txt'),
    `User-agent: *\nAllow: /\nSitemap: ${siteAddress('/sitemap.xml')}\n`,
  );
  return true;
}
