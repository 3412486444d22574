/** Every parameter on each lesson's page, found as the page finds them: through its imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeParameters } from '@/components/code/parameters';
import { LESSONS } from '@/lib/notebook/lessons';
import type { ParameterSet } from '@/lib/notebook/parameters';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The file of ours that an import names, or null for a package's. */
function fileOf(name: string, from: string): string | null {
  const bare = name.startsWith('@/')
    ? join(ROOT, name.slice(2))
    : name.startsWith('.')
      ? resolve(dirname(from), name)
      : null;
  if (bare === null) return null;
  return [bare, `${bare}.ts`, `${bare}.tsx`].find((path) => /\.tsx?$/.test(path) && existsSync(path)) ?? null;
}

/** The modules named `*parameters.ts` that a file leads to, by way of components. */
function parameterModules(file: string, seen = new Set<string>()): string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const own = /[/-]?parameters\.ts$/.test(file) ? [file] : [];
  const names = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, name]) => name!);
  const inner = names
    .map((name) => fileOf(name, file))
    .filter((path): path is string => path !== null && /components\/(cells|vision|sandbox)\//.test(path));
  return [...own, ...inner.flatMap((path) => parameterModules(path, seen))];
}

const isSet = (value: unknown): value is ParameterSet =>
  typeof value === 'object' && value !== null && 'declarations' in value && 'defaults' in value;

/** The sets of one lesson, that of its code cell among them. */
export async function lessonParameters(slug: string): Promise<ParameterSet[]> {
  const modules = parameterModules(join(ROOT, 'app/lessons', slug, 'page.mdx'));
  const sets: ParameterSet[] = [codeParameters('console.log(1);') as unknown as ParameterSet];
  for (const path of modules)
    for (const one of Object.values(await import(path))) if (isSet(one)) sets.push(one);
  return sets;
}

/** Folders of cells whose parameters no lesson leads to: there should be none. */
export function forgottenCells(): string[] {
  const found = new Set(
    LESSONS.flatMap(({ slug }) => parameterModules(join(ROOT, 'app/lessons', slug, 'page.mdx'))),
  );
  const cells = join(ROOT, 'components/cells');
  return readdirSync(cells).filter((name) => {
    const path = join(cells, name, 'parameters.ts');
    return existsSync(path) && !found.has(path);
  });
}
