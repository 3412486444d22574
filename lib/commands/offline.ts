/**
 * After the export: writes the service worker (`out/sw.js`) and the list of files it may keep (`out/offline.json`).
 * The list can be made only now, when the names of all files are known.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';
import type { OfflineList } from '@/lib/offline/protocol';

const ROOT = resolve(import.meta.dirname, '../..');
const OUT = resolve(ROOT, 'out');

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [relative(OUT, path).replaceAll('\\', '/')];
  });
}

/** As a browser asks for it: a folder, not its index.html. */
const addressOf = (file: string) => file.replace(/(^|\/)index\.html$/, '$1');
const sizeOf = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + statSync(join(OUT, file)).size, 0);

/** Neither needed without a network nor small. */
const LEFT_OUT =
  /^(sw\.js|offline\.json|.*\.zip|data\/|about\/.*\.png)|(^|\/)(oembed\.json|__next\.[^/]*\.txt)$/;
const SHELL = ['index.html', 'lessons/index.html', '404.html'];
/** WASM without SIMD serves browsers that cannot run the rest of the site either. */
const RARE = /^wasm\/tfjs-backend-wasm\.wasm$/;

export async function makeOffline(): Promise<OfflineList> {
  const all = filesBelow(OUT);
  const site = all.filter((file) => !LEFT_OUT.test(file) && !RARE.test(file)).sort();
  const mnist = all.filter((file) => /^data\/mnist\/.*\.gz$/.test(file)).sort();
  const rest = all.filter((file) => file.startsWith('data/') && !mnist.includes(file));
  const hash = createHash('sha256');
  for (const file of [...site, ...mnist, ...rest]) hash.update(file).update(readFileSync(join(OUT, file)));
  const list: OfflineList = {
    version: hash.digest('hex').slice(0, 16),
    shell: SHELL.map(addressOf),
    // Small data files are part of the site.
    site: [...site, ...rest].map(addressOf),
    siteBytes: sizeOf([...site, ...rest]),
    data: [{ id: 'mnist', title: 'MNIST, 70,000 handwritten digits', files: mnist, bytes: sizeOf(mnist) }],
  };
  writeFileSync(join(OUT, 'offline.json'), JSON.stringify(list));
  await build({
    entryPoints: [resolve(ROOT, 'lib/offline/service-worker.ts')],
    outfile: join(OUT, 'sw.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    define: { OFFLINE_LIST: JSON.stringify(list) },
  });
  return list;
}

if (process.argv[1] && resolve(process.argv[1]) === resolve(import.meta.filename)) {
  const { version, site, siteBytes } = await makeOffline();
  console.log(`Offline: ${site.length} files, ${(siteBytes / 1e6).toFixed(1)} MB, version ${version}`);
}
