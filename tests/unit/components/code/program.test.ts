/** The program that runs a reader's code: what it prints, what it says of what would be lost, where it says code broke. */
import { describe, expect, test } from 'vitest';
import { readCode } from '@/components/code/read-code';
import { chartSchema, tableSchema } from '@/lib/sandbox/messages';
import { runCode } from './sandbox';

/** As a code cell runs it. Calls bring the number 7. */
async function output(text: string) {
  const { code, fault } = readCode(text);
  if (code === null) throw new Error(fault.message);
  const messages = await runCode(code, async () => 7);
  const logs = messages.flatMap((one) => (one.type === 'log' ? [one] : []));
  const end = messages.at(-1)!;
  return {
    logs,
    lines: logs.map((one) => one.text),
    echo: end.type === 'done' ? end.text : undefined,
    end,
    shown: messages.flatMap((one) => (one.type === 'show' ? [one] : [])),
  };
}

test.each([
  ['NaN', 'NaN'],
  ['-0', '-0'],
  ['[1 / 0, -1 / 0, NaN, -0]', '[Infinity, -Infinity, NaN, -0]'],
  ['10n ** 20n', '100000000000000000000n'],
  ['[1, , , 2, ,]', '[1, <2 empty>, 2, <1 empty>]'],
  ['new Map([["a", 1], [{ b: 2 }, new Set([3])]])', 'Map(2) {"a" => 1, {b: 2} => Set(1) {3}}'],
  ['new Set()', 'Set(0) {}'],
  ['({ a: undefined, "b c": null, [Symbol("s")]: "x" })', '{a: undefined, "b c": null, [Symbol(s)]: "x"}'],
  ['new Float32Array([0.5, 2])', 'Float32Array(2) [0.5, 2]'],
  ['new Date(0)', '1970-01-01T00:00:00.000Z'],
  ['new Date(NaN)', 'Invalid Date'],
  ['/a+/g', '/a+/g'],
  ['(function named() {})', 'function named'],
  ['class Dog {}; [Dog, new Dog()]', '[class Dog, Dog {}]'],
  ['const a = { n: 1 }; a.self = a; a', '{n: 1, self: [Circular]}'],
  ['Object.create(null)', '(no prototype) {}'],
  ['({ get secret() { throw new Error("called"); } })', '{secret: [Getter]}'],
  ['({ toJSON() { return "gone"; } })', '{toJSON: function toJSON}'],
  ['new Proxy({}, { getPrototypeOf() { throw 1; } })', '(a value that cannot be shown)'],
  ['[[[[[[[1]]]]]]]', '[[[[[Array(1)]]]]]'],
  ['new Error("out", { cause: new TypeError("in") })', 'Error: out\n  caused by TypeError: in'],
  ['new AggregateError([new Error("one")], "all")', 'AggregateError: all\n  of these: Error: one'],
  [
    '[new Number(5), new String("a"), new Boolean(false), Object(2n)]',
    '[[Number: 5], [String: "a"], [Boolean: false], [BigInt: 2n]]',
  ],
  ['new DataView(new ArrayBuffer(3))', 'DataView(3 bytes)'],
  ['new BigInt64Array([1n, -1n])', 'BigInt64Array(2) [1n, -1n]'],
  ['Symbol("s")', 'Symbol(s)'],
  ['"text"', 'text'],
  ['[Promise.resolve(1)]', '[Promise (put await before it to get what it brings)]'],
])('%s is shown as it is', async (code, expected) => {
  expect((await output(code)).echo).toBe(expected);
});

describe('what is shown is bounded', () => {
  test('in items', async () => {
    const { echo } = await output('Array.from({ length: 5000 }, (_, i) => i)');
    expect(echo).toContain('… 4900 more');
    expect(echo!.split('\n').length).toBeLessThan(12);
  });
  test('in length, however things are nested', async () => {
    const { echo } = await output(
      'const nest = (d) => d === 0 ? "x".repeat(50) : Array.from({ length: 80 }, () => nest(d - 1)); nest(3)',
    );
    expect(echo!.length).toBeLessThan(40_000);
  });
});

describe('the last expression echoes', () => {
  test.each([
    ['1 + 1', '2'],
    ['1 + 1;', '2'],
    ['const a = 2;\na * 3; // six', '6'],
    ['await Promise.resolve(5)', '5'],
    ['return 4', '4'],
    ['({ a: 1 })', '{a: 1}'],
    ['`a\nb`', 'a\nb'],
    ['lab.privacy.gaussianSigma({})', '7'],
  ])('%s', async (code, expected) => expect((await output(code)).echo).toBe(expected));

  test('and nothing where there is none', async () => {
    for (const code of ['const a = 1;', 'console.log(1)', '', 'if (true) { 5 }'])
      expect((await output(code)).echo).toBeNull();
  });
});

describe('code that is no JavaScript', () => {
  test.each([
    ['let a = 1;\nlet b = ;', 2, 9],
    ['const x = (1;', 1, 13],
    ['let a; let a;', 1, 12],
    ['"open', 1, 1],
  ])('%s: line %i, column %i', (code, line, column) => {
    expect(readCode(code).fault).toMatchObject({ line, column });
  });
  test('imports are refused in words', () => {
    expect(readCode('import a from "b"').fault!.message).toContain('nothing to import');
  });
});

test('what is thrown names its line, and what caused it', async () => {
  const { end } = await output('const a = 1;\n\nthrow new Error("out", { cause: new Error("in") });');
  expect(end).toMatchObject({ type: 'error', name: 'Error', message: 'out\n  caused by Error: in', line: 3 });
  expect((await output('throw { code: 5 }')).end).toMatchObject({ message: '{code: 5}' });
});

test.each([
  ['throw null', { name: 'Error', message: 'null' }],
  ['throw undefined', { message: 'undefined' }],
  ['throw Object.create(null)', { message: '(no prototype) {}' }],
  ['throw { get name() { throw 1; } }', { name: 'Error', message: '{name: [Getter]}' }],
  ['throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } })', { name: 'Error' }],
  [
    'throw Object.defineProperty(new Error("x"), "stack", { get() { throw 1; } })',
    { message: 'x', line: null },
  ],
  ['throw Object.assign(new Error("x"), { name: "n".repeat(5000) })', { message: 'x' }],
])('%s ends the run with an error, whatever it is', async (code, expected) => {
  expect((await output(code)).end).toMatchObject({ type: 'error', ...expected });
});

test('what is very long is cut where it is written: it would end the run', async () => {
  const { lines, end } = await output(
    'console.log("a".repeat(3e6)); console.table([["b".repeat(3e6)]]); "c".repeat(3e6)',
  );
  expect(lines[0]).toMatch(/^a{19900}… \(cut: 3000000 characters\)$/);
  expect(end).toMatchObject({
    type: 'done',
    text: expect.stringMatching(/^c+… \(cut: 3000000 characters\)$/),
  });
  const { end: thrown } = await output('throw new Error("d".repeat(3e6))');
  expect(thrown).toMatchObject({
    type: 'error',
    message: expect.stringContaining('(cut: 3000000 characters)'),
  });
});

describe('the console', () => {
  test.each([
    'console.log("%d %i %f", Symbol("s"), {}, Object.create(null))',
    'console.log("%s", Symbol("s"))',
    'console.log(new Proxy([], { get() { throw 1; } }))',
    'console.table([{ get a() { throw 1; } }])',
    'console.table(new Proxy({}, { ownKeys() { throw 1; } }))',
    'console.table()',
    'console.table([{ a: 1 }], "a")',
    'console.table([new Map([[{}, 1]])])',
    'console.count(Object.create(null)); console.count(Symbol("s"))',
    'console.time(Symbol("s")); console.timeEnd(Symbol("s")); console.timeLog(Object.create(null))',
    'console.assert(); console.group(Symbol("s")); console.groupEnd(); console.groupEnd()',
    'console.dirxml({}); console.profile("a"); console.profileEnd("a"); console.timeStamp(); console.clear()',
    'console.trace(); console.debug(); console.info(); console.error()',
  ])('ends no run: %s', async (code) => {
    const { end, shown } = await output(code);
    expect(end.type).toBe('done');
    for (const { value } of shown) expect(tableSchema.safeParse(value).success).toBe(true);
  });
  test('calls no getter for a table, and says what it leaves out', async () => {
    const { shown, lines } = await output(`
      console.table([{ get a() { return 1; }, b: 2 }]);
      console.table([Object.fromEntries(Array.from({ length: 40 }, (_, i) => ['c' + i, i]))]);`);
    expect(tableSchema.parse(shown[0]!.value).rows).toEqual([[0, '[Getter]', 2]]);
    expect(tableSchema.parse(shown[1]!.value).columns).toHaveLength(30);
    expect(lines).toEqual(['The first 29 of 40 columns are shown.']);
  });
  test('puts values into a text', async () => {
    const { lines } = await output('console.log("%s has %d of %i, %o%%", "a", 1.5, 2.7, { b: 1 }, "rest");');
    expect(lines).toEqual(['a has 1.5 of 2, {b: 1}% rest']);
  });
  test('groups, counts, asserts, and keeps time', async () => {
    const { logs, lines } = await output(`
      console.group('outer'); console.log('in\\nside'); console.group(); console.warn('deep'); console.groupEnd(); console.groupEnd();
      console.count(); console.count(); console.countReset(); console.count('a');
      console.assert(1 === 1, 'never'); console.assert(false, 'said', { a: 1 });
      console.time('t'); console.timeLog('t', 5); console.timeEnd('t'); console.timeEnd('t'); console.dir('text');`);
    expect(lines.slice(0, 7)).toEqual([
      ...['outer', '  in\n  side', '    deep', 'default: 1', 'default: 2', 'a: 1'],
      'Assertion failed: said {a: 1}',
    ]);
    expect(logs[6]!.level).toBe('error');
    expect(lines[7]).toMatch(/^t: [\d.]+ ms 5$/);
    expect(lines[8]).toMatch(/^t: [\d.]+ ms$/);
    expect(lines.slice(9)).toEqual(['There is no timer “t”.', '"text"']);
  });
  test('shows tables of objects, lists, maps and numbers', async () => {
    const { shown, lines } = await output(`
      console.table([{ a: 1, b: NaN }, { b: 'x', c: [2] }]); console.table([[1, 2], [3, 4]]);
      console.table(new Map([['k', 5]])); console.table({ r: { v: -0 } }, ['v']); console.table(7);`);
    const tables = shown.map(({ value }) => tableSchema.parse(value));
    expect(tables.map(({ columns, rows }) => [columns, ...rows])).toEqual([
      [
        ['(index)', 'a', 'b', 'c'],
        [0, 1, 'NaN', ''],
        [1, '', 'x', '[2]'],
      ],
      [
        ['(index)', '0', '1'],
        [0, 1, 2],
        [1, 3, 4],
      ],
      [
        ['(index)', 'value'],
        ['k', 5],
      ],
      [
        ['(index)', 'v'],
        ['r', '-0'],
      ],
    ]);
    expect(lines).toEqual(['7']);
  });
});

describe('lab.plot', () => {
  test.each([
    [
      '[1, 4, 9]',
      [
        {
          label: 'y',
          points: [
            [0, 1],
            [1, 4],
            [2, 9],
          ],
        },
      ],
    ],
    [
      '[[1, 2], [3, 4]]',
      [
        {
          label: 'y',
          points: [
            [1, 2],
            [3, 4],
          ],
        },
      ],
    ],
    [
      '[1, 2], new Float64Array([5, 6])',
      [
        {
          label: 'y',
          points: [
            [1, 5],
            [2, 6],
          ],
        },
      ],
    ],
    [
      '{ a: [1], b: [[2, 3]] }',
      [
        { label: 'a', points: [[0, 1]] },
        { label: 'b', points: [[2, 3]] },
      ],
    ],
  ])('%s', async (given, series) => {
    const { shown } = await output(`lab.plot(${given})`);
    expect(chartSchema.parse(shown[0]!.value)).toMatchObject({ title: 'Plot', series });
  });
  test('takes a title and names of axes', async () => {
    const { shown } = await output("lab.plot([1], [2], { title: 'T', y: 'cost', dots: true })");
    expect(chartSchema.parse(shown[0]!.value)).toMatchObject({
      ...{ title: 'T', y: 'cost', series: [{ label: 'cost', dots: true }] },
    });
  });
});

describe('nothing is lost without a word', () => {
  test('a forgotten await', async () => {
    const { lines, end } = await output(
      'const a = 1;\nlab.run("x");\nlab.privacy.gaussianSigma({});\nconst b = 2;',
    );
    expect(end.type).toBe('done');
    expect(lines).toEqual([
      'lab.run (line 2) was called without await: what it brings is lost. Write “await” before it.',
      'lab.privacy.gaussianSigma (line 3) was called without await: what it brings is lost. Write “await” before it.',
    ]);
  });
  test('but not what somebody waits for', async () => {
    const { lines } = await output(`
      await lab.run('x'); await Promise.all([lab.detect(), lab.noise.laplace()]); const later = lab.run('y'); await later;
      lab.run('z').then(() => {}, () => {}); const all = []; all.push(lab.run('q')); for (const one of all) await one;`);
    expect(lines).toEqual([]);
  });
  test('timers that have not fired', async () => {
    const { lines } = await output(
      'setTimeout(() => {}, 60000); const t = setInterval(() => {}, 60000); clearInterval(t); await lab.sleep(1); const x = 1;',
    );
    expect(lines).toEqual([expect.stringMatching(/^A timer had not fired/)]);
  });
});
