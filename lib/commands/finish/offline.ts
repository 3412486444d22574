/**
 * After the export: writes the service worker (`out/sw.js`) and the list of files it may keep (`out/offline.json`).
 * The list can be made only now, when the names of all files are known.
 */
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { OfflineList } from '@/lib/offline/protocol';
import { isCopy } from './compress';
import { filesBelow } from './files-below';

const WORKER = resolve(import.meta.dirname, '../../offline/service-worker.ts');

/** As a browser asks for it: a folder, not its index.html. */
const addressOf = (file: string) => file.replace(/(^|\/)index\.html$/, '$1');

/** Neither needed without a network nor small. */
const LEFT_OUT =
  /^(sw\.js|offline\.json|_headers|hosting\/|.*\.zip|data\/|sitemap\.xml|robots\.txt|about\/.*\.(png|jpg)|cards\/|embed\.d\.ts)|(^|\/)(oembed\.json|__next\.[^/]*\.txt)$/;
const SHELL = ['index.html', 'lessons/index.html', '404.html'];
/** WASM without SIMD serves browsers that cannot run the rest of the site either. */
const RARE = /^wasm\/tfjs-backend-wasm\.wasm$/;

export async function makeOffline(out: string): Promise<OfflineList> {
  const sizeOf = (files: readonly string[]) =>
    files.reduce((sum, file) => sum + statSync(join(out, file)).size, 0);
  const files = filesBelow(out);
  const names = new Set(files);
  const all = files.filter((file) => !isCopy(file, names));
  const site = all.filter((file) => !LEFT_OUT.test(file) && !RARE.test(file)).sort();
  const mnist = all.filter((file) => /^data\/mnist\/.*\.gz$/.test(file)).sort();
  const rest = all.filter((file) => file.startsWith('data/') && !mnist.includes(file));
  const hash = createHash('sha256');
  for (const file of [...site, ...mnist, ...rest]) hash.update(file).update(readFileSync(join(out, file)));
  const list: OfflineList = {
    version: hash.digest('hex').slice(0, 16),
    shell: SHELL.map(addressOf),
    // Small data files are part of the site.
    site: [...site, ...rest].map(addressOf),
    siteBytes: sizeOf([...site, ...rest]),
    data: [{ id: 'mnist', title: 'MNIST, 70,000 handwritten digits', files: mnist, bytes: sizeOf(mnist) }],
  };
  writeFileSync(join(out, 'offline.json'), JSON.stringify(list));
  await build({
    entryPoints: [WORKER],
    outfile: join(out, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { OFFLINE_LIST: JSON.stringify(list) },
  });
  return list;
}
