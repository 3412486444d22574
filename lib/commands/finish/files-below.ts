/** The files of a folder and of all folders in it. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

/** @returns paths from the folder, with forward slashes on every system */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'));
}
