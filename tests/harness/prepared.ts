/** The prepared files, read from disk as the site would fetch them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LoadOptions, loadMnist, type Mnist } from '@/lib/data';
import { PUBLIC } from './root';

/** A `fetch` over the folder that is served. */
export async function fetchFromDisk(url: string): Promise<Response> {
  const path = join(PUBLIC, url);
  return existsSync(path) ? new Response(readFileSync(path)) : new Response(null, { status: 404 });
}

export const fromDisk: LoadOptions = { fetch: fetchFromDisk, assetUrl: (path) => path };

/** All digits; they are prepared first where they are not yet. */
export async function preparedMnist(): Promise<Mnist> {
  if (!existsSync(join(PUBLIC, 'data/mnist/manifest.json')))
    await (await import('@/lib/commands/prepare/mnist')).prepare();
  return loadMnist(fromDisk);
}
