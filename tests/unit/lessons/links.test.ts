/** Links to the lessons: old ones keep working, hostile ones do no harm. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LESSONS } from '@/components/lessons/cells';
import { readLink, writeLink } from '@/lib/notebook/link';
import { packText } from '@/lib/notebook/pack';
import {
  clamp,
  type Declarations,
  destinationsOf,
  linkKey,
  type ParameterValue,
} from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { parameterSchema } from '../notebook/parameter-schema';
import { forgottenCells, lessonParameters } from './parameters';

interface Golden {
  lesson: string;
  hash: string;
  values: Record<string, ParameterValue>;
}
/**
 * Links as the site wrote them, each naming all that its lesson could be set to on that day. People have such links: never change
 * a line of this file. A parameter that is taken away needs a reader for its old key.
 */
const GOLDEN: Golden[] = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../fixtures/links/version-1.json'), 'utf8'),
);

const SLUGS = LESSONS.map(({ slug }) => slug);
const declarationsOf = async (slug: string): Promise<Declarations> =>
  Object.assign({}, ...(await lessonParameters(slug)).map(({ declarations }) => declarations));

test('every cell’s parameters belong to some lesson', () => {
  expect(forgottenCells()).toEqual([]);
});

describe('links of version 1', () => {
  test('are kept for every lesson', () => {
    expect([...new Set(GOLDEN.map(({ lesson }) => lesson))].sort()).toEqual([...SLUGS].sort());
  });

  test.each(GOLDEN)('$lesson: $hash', async ({ lesson, hash, values }) => {
    const read = readLink(hash, await declarationsOf(lesson));
    expect(read.notes).toEqual([]);
    expect(read.unknown).toEqual([]);
    expect(read.values).toEqual(values);
    // And on the page, where what hangs together is worked out again.
    const notebook = createNotebook();
    const sets = await lessonParameters(lesson);
    for (const set of sets) notebook.register(set);
    notebook.readHash(hash);
    expect(notebook.store.getState().notes).toEqual([]);
    for (const set of sets) {
      const now = notebook.valuesOf(set) as Record<string, ParameterValue>;
      for (const name of Object.keys(now)) if (name in values) expect(now[name], name).toBe(values[name]);
    }
  });
});

describe('hostile links', () => {
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double().map(String),
    fc.integer().map(String),
    fc.string().map((code) => packText(code)),
    fc.string().map((code) => `1.${code}`),
    fc.constantFrom('', '%', '%E0%A4', '\u0000', '\ud800', 'NaN', '-Infinity', '1e999', '<img onerror=x>'),
  );

  // 20,000 in all.
  test.each(SLUGS)('%s: never throw, never give an unlawful value, never drift', async (slug) => {
    const sets = await lessonParameters(slug);
    const declarations = await declarationsOf(slug);
    const keys = Object.entries(declarations)
      .filter(([, parameter]) => destinationsOf(parameter).link)
      .map(([name, parameter]) => linkKey(name, parameter));
    expect(keys).toContain('code');
    const schemas = sets.map((set) => parameterSchema(set));
    const pair = fc.tuple(fc.constantFrom(...keys), nasty).map(([key, value]) => `${key}=${value}`);
    const hash = fc.array(fc.oneof({ weight: 5, arbitrary: pair }, nasty), { maxLength: 12 });
    const text = hash.map((parts) => `#v=1&${parts.join('&')}`);
    fc.assert(
      fc.property(text, (hostile) => {
        const { values, unknown } = readLink(hostile, declarations);
        for (const [name, value] of Object.entries(values))
          expect(clamp(declarations[name]!, value)).toEqual({ value, note: null });
        const written = writeLink(values, declarations, unknown);
        expect(writeLink(readLink(written, declarations).values, declarations, unknown)).toBe(written);
      }),
      { numRuns: 2000 },
    );
    // On a page, where what hangs together is worked out again: slower, so fewer.
    const pageOf = (link: string) => {
      const notebook = createNotebook();
      for (const set of sets) notebook.register(set);
      notebook.readHash(link);
      return notebook;
    };
    fc.assert(
      fc.property(text, (hostile) => {
        const notebook = pageOf(hostile);
        sets.forEach((set, i) => {
          schemas[i]!.parse(notebook.valuesOf(set));
        });
        const written = notebook.hash();
        expect(pageOf(written).hash()).toBe(written);
      }),
      { numRuns: 20 },
    );
  });

  test('what a link leaves out of range is said, parameter by parameter', async () => {
    for (const slug of SLUGS) {
      const declarations = await declarationsOf(slug);
      for (const [name, parameter] of Object.entries(declarations)) {
        if (!destinationsOf(parameter).link || parameter.kind !== 'number') continue;
        const { values, notes } = readLink(`#v=1&${linkKey(name, parameter)}=1e300`, declarations);
        expect(values[name]).toBe(parameter.max);
        expect(notes[0], name).toContain(parameter.label);
        // And what is in range is taken as it is, in silence.
        expect(
          readLink(writeLink({ ...values, [name]: parameter.min }, declarations), declarations).notes,
        ).toEqual([]);
      }
    }
  });
});
