/** The headers that go with a file of the site. */

export interface Asked {
  /** Where the site's files are. */
  folder: string;
  /** Of the file, from the folder; null for an answer that is no file. */
  path: string | null;
  isolated: boolean;
}

/** Names of files under it hold a hash of what is in them: they never change. */
const NEVER_CHANGES = '/_next/static/';

export function headersFor({ path, isolated }: Asked): [name: string, value: string][] {
  const headers: [string, string][] = [['X-Content-Type-Options', 'nosniff']];
  if (isolated)
    headers.push(
      ['Cross-Origin-Opener-Policy', 'same-origin'],
      ['Cross-Origin-Embedder-Policy', 'require-corp'],
      // An embed must be loadable inside pages that are isolated themselves.
      ['Cross-Origin-Resource-Policy', 'cross-origin'],
    );
  if (path !== null)
    headers.push([
      'Cache-Control',
      path.startsWith(NEVER_CHANGES) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ]);
  return headers;
}
