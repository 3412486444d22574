import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAnchor, readLink, writeLink } from '@/lib/notebook/link';
import type { Declarations, ParameterValue } from '@/lib/notebook/parameters';
import { createNotebook } from '@/lib/notebook/store';
import { parameterSchema } from './parameter-schema';
import { everyKind, training } from './support';

const declarations: Declarations = { ...training.declarations, ...everyKind.declarations };

describe('a link', () => {
  test('is readable, versioned, and names only what differs from the defaults', () => {
    const values = { ...training.defaults, epsilon: 4, steps: 400, seed: 1 };
    expect(writeLink(values, declarations)).toBe('#v=1&eps=4&steps=400');
    expect(writeLink(training.defaults, declarations)).toBe('');
  });

  test('that names a setting twice means the first', () => {
    expect(readLink('#v=1&eps=4&eps=8', declarations).values).toEqual({ epsilon: 4 });
    expect(readLink('#v=1&new=a&new=b', declarations).unknown).toEqual([['new', 'a']]);
  });

  test('reads what it wrote, for any values, and keeps to itself what must not travel', () => {
    const anyValues = fc.record({
      // Six digits, as a link carries.
      epsilon: fc.double({ min: 0.1, max: 20, noNaN: true }).map((x) => Number(x.toPrecision(6))),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      size: fc.double({ min: -3, max: 3, noNaN: true }).map((x) => Number(x.toPrecision(6)) + 0),
      kind: fc.constantFrom('gaussian', 'laplace'),
      shown: fc.boolean(),
      note: fc.string({ unit: 'grapheme', maxLength: 20 }).filter((words) => words.length <= 20),
      camera: fc.constant('a camera of mine'),
    });
    fc.assert(
      fc.property(anyValues, (values) => {
        const hash = writeLink(values as Record<string, ParameterValue>, declarations);
        expect(hash).not.toContain('camera');
        const read = readLink(hash, declarations);
        expect(read.notes).toEqual([]);
        const { camera: _, ...travelling } = values;
        expect({ ...everyKind.defaults, ...training.defaults, ...read.values }).toMatchObject(travelling);
      }),
      { numRuns: 2000 },
    );
  });

  test('says what it had to change', () => {
    const { values, notes } = readLink('#v=1&eps=900&kind=uniform&shown=maybe', declarations);
    expect(values).toEqual({ epsilon: 20, kind: 'gaussian', shown: true });
    expect(notes).toEqual([
      'Privacy ε: 900 is beyond 20; using 20.',
      'Kind: “uniform” is not one of the choices; using Gaussian.',
      'Shown: “maybe” is neither on nor off; using on.',
    ]);
  });

  test('of a later version is read as well as possible, and says so', () => {
    const { values, notes } = readLink('#v=2&eps=4', declarations);
    expect(values).toEqual({ epsilon: 4 });
    expect(notes).toHaveLength(1);
  });

  test('keeps keys it does not know', () => {
    const read = readLink('#v=1&later=a%20b&eps=4', declarations);
    expect(writeLink(read.values, declarations, read.unknown)).toBe('#v=1&eps=4&later=a%20b');
  });

  test('a place on the page is no experiment', () => {
    expect(isAnchor('#sources')).toBe(true);
    expect(isAnchor('#v=1')).toBe(false);
    expect(isAnchor('#')).toBe(false);
  });

  test('names of the language’s own are nothing special', () => {
    const read = readLink('#__proto__=1&constructor=2&toString=3&hasOwnProperty=4&eps=4', declarations);
    expect(read.values).toEqual({ epsilon: 4 });
    expect(read.unknown.map(([key]) => key)).toEqual([
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
    ]);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });
});

describe('hostile links', () => {
  const keys = fc.constantFrom(
    'eps',
    'sigma',
    'steps',
    'seed',
    'size',
    'kind',
    'shown',
    'note',
    'camera',
    'v',
    '__proto__',
  );
  const nasty = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.double().map(String),
    fc.constantFrom(
      '',
      '%',
      '%E0%A4',
      '%00',
      '\u0000',
      '\ud800',
      'NaN',
      '-Infinity',
      '1e999',
      '0x10',
      '<img onerror=x>',
    ),
    fc.string().map((words) => words.repeat(200)),
  );
  const pair = fc.tuple(fc.oneof(keys, fc.string()), nasty).map(([key, value]) => `${key}=${value}`);
  const hash = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(pair, fc.string(), nasty), { maxLength: 12 }).map((parts) => `#${parts.join('&')}`),
  );

  test('never throw, never give an unlawful value, and never change one in silence', () => {
    const schema = [parameterSchema(training), parameterSchema(everyKind)];
    fc.assert(
      fc.property(hash, (hostile) => {
        const notebook = createNotebook();
        notebook.register(training);
        notebook.register(everyKind);
        notebook.readHash(hostile);
        schema[0]!.parse(notebook.valuesOf(training));
        schema[1]!.parse(notebook.valuesOf(everyKind));
        for (const note of notebook.store.getState().notes) expect(note.length).toBeLessThan(200);
        // What is written from it reads the same: a link passed on does not drift.
        const again = createNotebook();
        again.register(training);
        again.register(everyKind);
        again.readHash(notebook.hash());
        expect(again.hash()).toBe(notebook.hash());
      }),
      { numRuns: 20000, seed: 20261201 },
    );
  });

  test('a very long one is read in reasonable time', () => {
    const long = `#${'x=1&'.repeat(200_000)}eps=4`;
    const read = readLink(long, declarations);
    expect(read.unknown.length).toBeLessThanOrEqual(50);
  });
});
