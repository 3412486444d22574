/**
 * After the export: puts into every page the content policy that fits it, and writes the same, with the other headers, for hosts that
 * send headers: `_headers` for hosts that read such a file, and samples for nginx and Caddy in `hosting/`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyOf, withPolicy } from '../headers/policy';
import { caddyfile, headersFile, nginxConfig, type Page } from '../headers/samples';
import { filesBelow } from './files-below';

/** Where the samples are, from the site's root. Nothing in them is a secret. */
const SAMPLES = 'hosting';

/** @param out folder of the export @param basePath that it was built for, e.g. `/privacy` @returns how many pages there are */
export function writePolicies(out: string, basePath: string): number {
  const pages: Page[] = filesBelow(out)
    .filter((file) => file.endsWith('.html'))
    .sort()
    .map((file) => {
      const html = withPolicy(readFileSync(join(out, file), 'utf8'));
      writeFileSync(join(out, file), html);
      return { file: `/${file}`, policy: policyOf(html) ?? '' };
    });
  writeFileSync(join(out, '_headers'), headersFile(pages, basePath));
  mkdirSync(join(out, SAMPLES), { recursive: true });
  writeFileSync(join(out, SAMPLES, 'nginx.conf'), nginxConfig(pages, basePath));
  writeFileSync(join(out, SAMPLES, 'Caddyfile'), caddyfile(pages, basePath));
  return pages.length;
}
