/** The site's headers as other servers want them told: a `_headers` file, and samples for nginx and Caddy. */
import {
  ASK_AGAIN,
  ENCRYPTED,
  EVERYWHERE,
  FILE_HEADERS,
  FOR_FRAMES,
  type Headers,
  ISOLATING,
  KEPT_FOR_EVER,
  NEVER_CHANGES,
  pageHeaders,
} from './headers';

export interface Page {
  /** From the site's root, e.g. `/lessons/index.html`. */
  file: string;
  policy: string;
}

/** As a browser asks for it: a folder, not its index.html. */
const addressOf = (file: string) => file.replace(/\/index\.html$/, '/');
const ALL: Headers = { ...EVERYWHERE, ...ISOLATING, ...ENCRYPTED };
/** Files that are no pages and may be asked for from elsewhere. */
const PUBLIC_FILES = [`${NEVER_CHANGES}*`, '/embed.js', '/wasm/*', '/data/*', '/models/*', '/sw.js'];

const rule = (address: string, headers: Headers) =>
  [address, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n');

/** For hosts that read `_headers` at the root of a site (Netlify, Cloudflare Pages and others). */
export function headersFile(pages: readonly Page[], basePath: string): string {
  const rules = [
    rule(`${basePath}/*`, ALL),
    ...PUBLIC_FILES.map((address) => rule(basePath + address, FILE_HEADERS)),
    rule(`${basePath}${NEVER_CHANGES}*`, { 'Cache-Control': KEPT_FOR_EVER }),
    ...pages.map(({ file, policy }) => {
      const address = addressOf(file);
      return rule(basePath + address, pageHeaders(address, policy));
    }),
  ];
  return `# Made by the build. Every page's policy names its scripts: put this up with the pages it was made with.\n\n${rules.join('\n\n')}\n`;
}

const quoted = (text: string) => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;

const POLICY = 'Content-Security-Policy';
/** Names of headers that differ from page to page, with the name of a variable for each. */
const BY_PAGE = [
  [POLICY, 'epsilon_policy'],
  ['X-Frame-Options', 'epsilon_frames'],
  ['Access-Control-Allow-Origin', 'epsilon_origins'],
] as const;

/** For nginx 1.22 and newer. Headers of which a variable is empty are not sent. */
export function nginxConfig(pages: readonly Page[], basePath: string): string {
  const maps = BY_PAGE.map(([name, variable]) => {
    const lines = pages.map(({ file, policy }) => {
      const value = pageHeaders(addressOf(file), policy)[name] ?? '';
      return `  ${quoted(basePath + file)} ${quoted(value)};`;
    });
    return `map $uri $${variable} {\n  default ${quoted(FILE_HEADERS[name] ?? '')};\n${lines.join('\n')}\n}`;
  });
  const fixed = Object.entries(ALL).map(([name, value]) => `  add_header ${name} ${quoted(value)} always;`);
  const varying = BY_PAGE.map(([name, variable]) => `  add_header ${name} $${variable} always;`);
  return `# Made by the build: a sample, to be included inside http { }. Set server_name, root and, for https, the certificate.
# A build changes the policies of its pages: take this file anew with every build.

map_hash_bucket_size 256;
map_hash_max_size 4096;

${maps.join('\n\n')}

map $uri $epsilon_cache {
  default ${quoted(ASK_AGAIN)};
  "~^${basePath}${NEVER_CHANGES}" ${quoted(KEPT_FOR_EVER)};
}

# For https, in the server below: listen 443 ssl; ssl_certificate …; ssl_certificate_key …; and beside it, so that nobody stays on http:
# server { listen 80; server_name your.site; return 308 https://$host$request_uri; }
server {
  listen 80;
  server_name _;
  server_tokens off;
  # The folder that holds the site${basePath ? `: out/ put there as ${basePath.slice(1)}/` : ', out/'}.
  root /srv/epsilon;
  index index.html;
  error_page 404 ${basePath}/404.html;

  # Compressed copies lie beside the files. With the brotli module: brotli_static on;
  gzip_static on;
  gzip_vary on;

${[...fixed, ...varying].join('\n')}
  add_header Cache-Control $epsilon_cache always;

  location / {
    try_files $uri $uri/ =404;
  }
}
`;
}

/** For Caddy 2. */
export function caddyfile(pages: readonly Page[], basePath: string): string {
  const policy = (page: Page) => quoted(pageHeaders(addressOf(page.file), page.policy)[POLICY] ?? '');
  const policies = pages.map((page) => `    ${quoted(basePath + addressOf(page.file))} ${policy(page)}`);
  const missing = pages.filter(({ file }) => file === '/404.html').map(policy);
  const fixed = Object.entries(ALL).map(([name, value]) => `    ${name} ${quoted(value)}`);
  return `# Made by the build: a sample. Put your own name in place of the first line; Caddy gets a certificate for it.
# A build changes the policies of its pages: take this file anew with every build.

:80 {
  # The folder that holds the site${basePath ? `: out/ put there as ${basePath.slice(1)}/` : ', out/'}.
  root * /srv/epsilon

  map {path} {epsilon_policy} {
${policies.join('\n')}
    default ${quoted(FILE_HEADERS[POLICY] ?? '')}
  }

  @writing not method GET HEAD
  respond @writing 405

  header {
${fixed.join('\n')}
    -Server
    ${POLICY} {epsilon_policy}
    Cache-Control ${quoted(ASK_AGAIN)}
  }
  @kept path ${basePath}${NEVER_CHANGES}*
  header @kept Cache-Control ${quoted(KEPT_FOR_EVER)}
  @files not path */ *.html
  header @files Access-Control-Allow-Origin ${quoted(FILE_HEADERS['Access-Control-Allow-Origin'] ?? '')}
  @own not path ${basePath}${FOR_FRAMES}*
  header @own X-Frame-Options SAMEORIGIN

  file_server {
    precompressed br gzip
  }
  handle_errors {
    rewrite * ${basePath}/404.html
    header ${POLICY} ${missing[0] ?? '""'}
    file_server
  }
}
`;
}
