/** Tables of one's own: read as they stand, or refused by the line. */
import { describe, expect, test } from 'vitest';
import {
  checkTableSize,
  DataError,
  looksHeaderless,
  parseTable,
  readTable,
  TABLE_LIMITS,
  valueInSight,
  valuesOfColumn,
} from '@/lib/data';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a table is read as it stands', () => {
  test.each([
    ['line feeds', 'a,b\n1,2\n3,4\n'],
    ['no end of the last line', 'a,b\n1,2\n3,4'],
    ['Windows line ends', 'a,b\r\n1,2\r\n3,4\r\n'],
    ['old line ends', 'a,b\r1,2\r3,4\r'],
    ['a byte order mark', '\uFEFFa,b\n1,2\n3,4\n'],
    ['empty lines at its end', 'a,b\n1,2\n3,4\n\n\r\n'],
    ['quotes all over', '"a","b"\n"1","2"\n"3","4"\n'],
  ])('%s', (_, text) => {
    const table = {
      columns: ['a', 'b'],
      rows: [
        ['1', '2'],
        ['3', '4'],
      ],
      separator: ',',
    };
    expect(parseTable(text)).toEqual(table);
    expect(readTable(bytes(text))).toEqual(table);
  });

  test('quoted values hold commas, quotes and line ends; spaces and empty values stay', () => {
    expect(parseTable('a,b\n"x, ""y""\r\nz", w \n"",\n').rows).toEqual([
      ['x, "y"\r\nz', ' w '],
      ['', ''],
    ]);
  });

  test('semicolons or tabs stand between values where every line has as many', () => {
    const rows = [
      ['41,5', 'x;y'],
      ['"', ''],
    ];
    expect(parseTable('age;job\r\n41,5;"x;y"\r\n"""";\r\n')).toEqual({
      columns: ['age', 'job'],
      ...{ rows, separator: ';' },
    });
    expect(parseTable('age\tjob\n41,5\tx;y\n""""\t\n')).toEqual({
      columns: ['age', 'job'],
      ...{ rows, separator: '\t' },
    });
    // A list in one column is no reason.
    expect(parseTable('name,tags\nA,x;y\nB,z\n').rows[0]).toEqual(['A', 'x;y']);
    // Decimal commas without a header.
    expect(parseTable('1,5;2,5\n3,5;4,5\n', { header: false }).rows).toEqual([
      ['1,5', '2,5'],
      ['3,5', '4,5'],
    ]);
    expect(() => parseTable('a;b\n1;2\n"3" ;4\n')).toThrow(/Line 3 has a quotation mark/);
    expect(() => parseTable(`a;b\n${'1;2\n'.repeat(60)}3\n`)).toThrow(/Line 62 .*1 value/);
  });

  test('Excel’s Unicode text is UTF-16 with tabs', () => {
    const text = '\uFEFFname\tZürich\r\nA\tja\r\n';
    const little = Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) & 255, c.charCodeAt(0) >> 8]));
    const big = Uint8Array.from([...text].flatMap((c) => [c.charCodeAt(0) >> 8, c.charCodeAt(0) & 255]));
    const table = { columns: ['name', 'Zürich'], rows: [['A', 'ja']], separator: '\t' };
    expect(readTable(little)).toEqual(table);
    expect(readTable(big)).toEqual(table);
    // Cut in the middle of a sign.
    expect(() => readTable(little.subarray(0, -1))).toThrow(/not plain text/);
  });

  test('a column of row numbers has its number for a name, as pandas and R leave it', () => {
    const text = ',age,job\n0,41,Office\n1,29,Shop\n';
    expect(parseTable(text).columns).toEqual(['Column 1', 'age', 'job']);
    expect(looksHeaderless(bytes(text))).toBe(false);
  });

  test('two equal rows are two people', () => {
    expect(parseTable('a\nx\nx\ny\n').rows).toHaveLength(3);
  });

  test('the values of a column: each once, numbers in their order', () => {
    const table = parseTable('a,b\n10,x\n9,x\n10,y\n,x\n');
    expect(valuesOfColumn(table, 0)).toEqual(['', '9', '10']);
    expect(valuesOfColumn(table, 1)).toEqual(['x', 'y']);
  });
});

describe('what is odd is refused, and where it is is said', () => {
  const many = Array.from({ length: TABLE_LIMITS.columns + 1 }, (_, i) => `c${i}`).join(',');
  const long = `a\n${'x\n'.repeat(TABLE_LIMITS.rows)}`;
  test.each([
    ['table-empty', '', 'empty'],
    ['table-empty', '\uFEFF \n', 'empty'],
    ['table-empty', 'a,b\n', 'no rows'],
    ['table-separator', 'a;b\n1;2\n3\n', 'semicolons'],
    ['table-separator', 'a\tb\n1\t2\n3\t4\t5\n', 'tabs'],
    ['table-separator', 'a;b\tc\n1;2\t3\n', 'semicolons'],
    ['table-header-unnamed', 'a,,c\n1,2,3\n', 'Column 2'],
    ['table-header-unnamed', ',,c\n1,2,3\n', 'Column 2'],
    ['table-header-unnamed', ',Column 1\n1,2\n', 'Column 1'],
    ['table-header-doubled', 'a,b,a\n1,2,3\n', 'Columns 1 and 3'],
    ['table-too-wide', `${many}\n`, `${TABLE_LIMITS.columns + 1} columns`],
    ['table-too-long', `${long}x\n`, `Line ${TABLE_LIMITS.rows + 2} `],
    ['table-row-malformed', 'a,b\n1,2\n3\n', 'Line 3 has 1 value,'],
    ['table-row-malformed', 'a,b\n1,2,3\n', 'Line 2 has 3 values,'],
    // A quoted line end is a line of the file.
    ['table-row-malformed', 'a,b\n"1\r\n1",2\n3\n', 'Line 4 '],
    ['table-row-blank', 'a\nx\n\ny\n', 'Line 3 '],
    ['table-quote-open', 'a,b\n1,2\n3,"4\n5,6\n', 'line 3 '],
    ['table-quote-malformed', 'a,b\n1,2"\n', 'Line 2 '],
    ['table-quote-malformed', 'a,b\n1,2\n"3" ,4\n', 'Line 3 '],
  ])('%s: %j', (code, text, words) => {
    let thrown: unknown;
    try {
      parseTable(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(DataError);
    expect(thrown).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  test('as many rows and columns as are allowed are allowed', () => {
    expect(parseTable(long).rows).toHaveLength(TABLE_LIMITS.rows);
    const wide = many.slice(0, many.lastIndexOf(','));
    expect(parseTable(`${wide}\n${wide}\n`).columns).toHaveLength(TABLE_LIMITS.columns);
  });

  test('files that are too large, or no text', () => {
    expect(() => checkTableSize(TABLE_LIMITS.bytes)).not.toThrow();
    expect(() => checkTableSize(TABLE_LIMITS.bytes + 1)).toThrow(
      expect.objectContaining({ code: 'table-too-large' }),
    );
    // Latin 1, UTF-16, and a workbook.
    for (const odd of [
      [0x61, 0x0a, 0xe9],
      [0x61, 0, 0x0a, 0, 0x62, 0],
      [0x50, 0x4b, 3, 4, 0xff],
    ])
      expect(() => readTable(Uint8Array.from(odd))).toThrow(
        expect.objectContaining({ code: 'table-not-text' }),
      );
  });
});

describe('a table without a header', () => {
  const ADULT =
    '39, State-gov, 77516, Bachelors, <=50K\n50, Self-emp, 83311, Bachelors, <=50K\n38, Private, 215646, HS-grad, <=50K\n';

  test('keeps its first person', () => {
    const { columns, rows } = readTable(bytes(ADULT), { header: false });
    expect(columns).toEqual(['Column 1', 'Column 2', 'Column 3', 'Column 4', 'Column 5']);
    expect(rows).toHaveLength(3);
    expect(rows[0]![0]).toBe('39');
    expect(() => parseTable('1,2\n3\n', { header: false })).toThrow(/Line 2 has 1 value, and line 1 has 2\./);
    expect(() => parseTable('1;2\n3\n', { header: false })).toThrow(/semicolons/);
    expect(looksHeaderless(bytes('41;Office\n29;Shop\n'))).toBe(true);
    expect(parseTable('7\n', { header: false }).rows).toEqual([['7']]);
  });

  test.each([
    ['numbers', ADULT, true],
    ['three people', '41,Office,1200\n29,Shop,900\n35,Office,1100\n', true],
    ['a value that comes again', 'Ann,Office\nBob,Office\n', true],
    [
      'equal values, as of the Wisconsin file',
      '1000025,5,1,1,1,2,1,3,1,1,2\n1002945,5,4,4,5,7,10,3,2,1,2\n',
      true,
    ],
    ['nothing in a column', 'Ann,,x\nBob,y,z\n', true],
    ['names', 'age,job,income\n41,Office,1200\n29,Shop,900\n', false],
    ['names with numbers in them', 'v1,v2,2020 (kg)\n1,2,3\n4,5,6\n', false],
    ['names above one row', 'a,b\n1,2\n', false],
    ['a header alone', 'a,b\n', false],
  ])('is known by its first line: %s', (_, text, headerless) => {
    expect(looksHeaderless(bytes(text))).toBe(headerless);
  });
});

test('values that differ are never shown alike', () => {
  const values = [
    'Male',
    ' Male',
    'Male ',
    '  Male',
    'Ma le',
    'Ma  le',
    'Male\u00A0',
    'Male\u200B',
    'Zürich',
    'Zu\u0308rich',
    '\tMale',
  ];
  const shown = values.map(valueInSight);
  expect(new Set(shown).size).toBe(values.length);
  expect(shown.slice(0, 6)).toEqual(['Male', '␣Male', 'Male␣', '␣␣Male', 'Ma le', 'Ma␣␣le']);
  expect(shown.slice(6)).toEqual([
    'Male‹U+00A0›',
    'Male‹U+200B›',
    'Zürich',
    'Zu\u0308rich ‹letters in parts›',
    '‹U+0009›Male',
  ]);
});
