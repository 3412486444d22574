/** Every parameter on each lesson's page, found as the page finds them: through its imports. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeParameters } from '@/components/code/parameters';
import { LESSONS } from '@/components/lessons/cells';
import type { ParameterSet } from '@/lib/notebook/parameters';
import { filesIn, resolveImport } from '@/tests/harness/imports';
import { ROOT } from '@/tests/harness/root';

/** The modules named `parameters.ts` that a file leads to, by way of components; the nearest first. */
function parameterModules(page: string): string[] {
  const seen = new Set([page]);
  for (const file of seen) {
    const names = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '([^']+)'/g)];
    for (const path of names.map(([, name]) => resolveImport(file, name!)))
      if (/^components\/(lessons|training|vision)\/.*\.tsx?$/.test(path)) seen.add(path);
  }
  return [...seen].filter((file) => /parameters\.ts$/.test(file));
}

const isSet = (value: unknown): value is ParameterSet =>
  typeof value === 'object' && value !== null && 'declarations' in value && 'defaults' in value;

/** The sets of one lesson, that of its code cell among them. */
export async function lessonParameters(slug: string): Promise<ParameterSet[]> {
  const modules = parameterModules(`app/lessons/${slug}/page.mdx`);
  const sets: ParameterSet[] = [codeParameters('console.log(1);') as unknown as ParameterSet];
  const known: Record<string, unknown> = {};
  for (const path of modules)
    for (const one of Object.values(await import(join(ROOT, path)))) {
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
  const found = new Set(LESSONS.flatMap(({ slug }) => parameterModules(`app/lessons/${slug}/page.mdx`)));
  return filesIn('components/lessons').filter(
    (path) => basename(path) === 'parameters.ts' && !found.has(path),
  );
}
