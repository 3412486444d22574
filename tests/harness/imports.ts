/** Every import in the repository, resolved: relative ones, `@/…`, `#cells/…` and `#posters/…`; type imports told apart. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { ROOT } from './root';

export interface Import {
  /** From the root of the repository, as `lib/privacy/index.ts`. */
  from: string;
  /** The same, or a package's name as it is written. */
  to: string;
  /** Gone when it runs: brings no code along. */
  typeOnly: boolean;
}

const IMPORT =
  /^(?:import|export)\s+(type\s)?((?:[^;'"]*?\sfrom\s+)?)['"]([^'"\n]+)['"]|\bimport\(\s*['"]([^'"\n]+)['"]|new URL\(\s*['"](\.[^'"\n]+)['"]/gm;
const ENDINGS = ['', '.ts', '.tsx', '.mdx', '.mjs', '/index.ts', '/index.tsx'];

/** `import { type A, type B } from …` brings nothing along either. */
const onlyTypes = (clause: string) =>
  /^\{/.test(clause.trim()) &&
  clause
    .replace(/[{}]|\sfrom\s*$/g, '')
    .split(',')
    .every((name) => name.trim() === '' || /^type\s/.test(name.trim()));

/** The file that an import names, or the name itself where it is a package's. */
export function resolveImport(from: string, name: string): string {
  const [path] = name.split('?');
  const bare = path!.startsWith('@/')
    ? path!.slice(2)
    : /^#(cells|posters)\//.test(path!)
      ? path!.replace(/^#(cell|poster)s\/(.+)/, 'components/lessons/$2/$1')
      : path!.startsWith('.')
        ? normalize(join(dirname(from), path!))
        : null;
  if (bare === null) return name;
  const isFile = (file: string) => existsSync(join(ROOT, file)) && statSync(join(ROOT, file)).isFile();
  return ENDINGS.map((ending) => bare + ending).find(isFile) ?? bare;
}

export function importsOf(file: string): Import[] {
  const source = readFileSync(join(ROOT, file), 'utf8').replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '');
  return [...source.matchAll(IMPORT)].map(([, type, clause = '', name, dynamic, url]) => ({
    from: file,
    to: resolveImport(file, (name ?? dynamic ?? url)!),
    typeOnly: type !== undefined || (name !== undefined && onlyTypes(clause)),
  }));
}

/** @param folder from the root of the repository */
export const filesIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(tsx?|mdx)$/.test(file))
    .map((file) => join(folder, file));
