/** The root of the repository, and the folder that the site serves as it is. */
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');
export const PUBLIC = join(ROOT, 'public');
