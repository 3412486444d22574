/** Checks that every sample picture is credited and is the one its credit speaks of. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const FOLDER = resolve(import.meta.dirname, '../../../public/samples');

interface Credits {
  samples: { file: string; bytes: number; sha256: string }[];
}

export async function prepare(folder = FOLDER): Promise<void> {
  const { samples } = JSON.parse(await readFile(join(folder, 'credits.json'), 'utf8')) as Credits;
  for (const { file, bytes, sha256 } of samples) {
    const content = await readFile(join(folder, file));
    const hash = createHash('sha256').update(content).digest('hex');
    if (content.length !== bytes || hash !== sha256)
      throw new Error(
        `${file} is not the picture that credits.json speaks of. Restore it, or credit the new one.`,
      );
  }
  const credited = new Set(samples.map(({ file }) => file));
  for (const file of await readdir(folder))
    if (/\.(jpe?g|png|webp|avif|gif)$/i.test(file) && !credited.has(file))
      throw new Error(
        `${file} in public/samples has no entry in credits.json: say whose picture it is, or remove it.`,
      );
}
