/** Every parameter on each lesson's page, found as the page finds them: through its imports. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { codeParameters } from '@/components/code/parameters';
import { LESSONS } from '@/components/lessons/cells';
import type { ParameterSet } from '@/lib/notebook/parameters';
import { ROOT } from '@/tests/harness/root';

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

/** The modules named `parameters.ts` that a file leads to, by way of components; the nearest first. */
function parameterModules(page: string): string[] {
  const seen = new Set([page]);
  for (const file of seen) {
    const names = [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].map(([, name]) => name!);
    for (const path of names.map((name) => fileOf(name, file)))
      if (path !== null && /components\/(lessons|training|vision)\//.test(path)) seen.add(path);
  }
  return [...seen].filter((file) => /parameters\.ts$/.test(file));
}

const isSet = (value: unknown): value is ParameterSet =>
  typeof value === 'object' && value !== null && 'declarations' in value && 'defaults' in value;

/** The sets of one lesson, that of its code cell among them. */
export async function lessonParameters(slug: string): Promise<ParameterSet[]> {
  const modules = parameterModules(join(ROOT, 'app/lessons', slug, 'page.mdx'));
  const sets: ParameterSet[] = [codeParameters('console.log(1);') as unknown as ParameterSet];
  const known: Record<string, unknown> = {};
  for (const path of modules)
    for (const one of Object.values(await import(path))) {
      if (!isSet(one)) continue;
      const declared = Object.entries(one.declarations);
      // A cell may borrow a part of another whose settings it does not show.
      if (declared.some(([name, parameter]) => name in known && known[name] !== parameter)) continue;
      Object.assign(known, one.declarations);
      sets.push(one);
    }
  return sets;
}

/** Folders of cells whose parameters no lesson leads to: there should be none. */
export function forgottenCells(): string[] {
  const found = new Set(
    LESSONS.flatMap(({ slug }) => parameterModules(join(ROOT, 'app/lessons', slug, 'page.mdx'))),
  );
  const rooms = join(ROOT, 'components/lessons');
  return readdirSync(rooms, { recursive: true, encoding: 'utf8' }).filter(
    (path) => basename(path) === 'parameters.ts' && !found.has(join(rooms, path)),
  );
}
