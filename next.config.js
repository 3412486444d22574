import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import createMDX from '@next/mdx';

// Building the site tells nobody.
process.env.NEXT_TELEMETRY_DISABLED = '1';

/** Where the site is served from, e.g. `/lessons-on-privacy`. Empty means the root of the host. */
const basePath = process.env.BASE_PATH ?? '';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** @type {import('next').NextConfig} */
const config = {
  output: 'export',
  trailingSlash: true,
  basePath,
  env: { NEXT_PUBLIC_BASE_PATH: basePath, NEXT_PUBLIC_SITE_VERSION: version },
  images: { unoptimized: true },
  pageExtensions: ['ts', 'tsx', 'mdx'],
  reactStrictMode: true,
  // The test command has checked the types by the time it builds.
  typescript: { ignoreBuildErrors: process.env.TYPES_CHECKED === '1' },
  turbopack: {
    rules: {
      // `import source from './clip.ts?raw'`: code cells show the module that really runs.
      '*.ts': { condition: { query: /[?&]raw/ }, type: 'text' },
      // And the text that a code cell begins with: MDX would take its indentation away.
      '*.js': { condition: { query: /[?&]raw/ }, type: 'text' },
    },
  },
};

/** A plugin of our own, by its file: a relative name would be looked for beside the loader. */
const plugin = (name) => fileURLToPath(new URL(`lib/notebook/mdx/${name}.mjs`, import.meta.url));

// Turbopack cannot take plugin functions, so plugins are named as strings.
export default createMDX({
  options: {
    remarkPlugins: ['remark-gfm', 'remark-math', plugin('cells-apart')],
    rehypePlugins: [plugin('formulas')],
  },
})(config);
