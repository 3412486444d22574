/**
 * A table of a person's own: a CSV file, its first line a header or not, read strictly (RFC 4180, UTF-8 or UTF-16). Commas stand between its
 * values, or semicolons or tabs where every line has as many of these. What is odd is refused by its line and never guessed at: a row
 * that slipped into the wrong column would be counted as another person's value.
 */
import { decodeText } from './decode-text';
import { DataError } from './files';

export const TABLE_LIMITS = { bytes: 5_000_000, rows: 100_000, columns: 50 } as const;

export interface Table {
  /** Names, each once. */
  columns: string[];
  /** As many values a row as there are columns, spaces and all. */
  rows: string[][];
  /** What stands between values. */
  separator: Separator;
}

export type Separator = ',' | ';' | '\t';

/** What is shown of somebody's own text. */
const clip = (text: string) => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

const LINE_END = /\r\n?|\n/g;
/** Sticky: from where the reader stands. */
const BARE_CELL: Readonly<Record<Separator, RegExp>> = {
  ',': /[^",\r\n]*/y,
  ';': /[^";\r\n]*/y,
  '\t': /[^"\t\r\n]*/y,
};
const SEPARATOR_NAMES: Readonly<Record<Separator, string>> = { ',': 'comma', ';': 'semicolon', '\t': 'tab' };

/** How much of a file tells its separator. */
const HEAD = { characters: 100_000, lines: 50 };

/**
 * What stands between the values: semicolons or tabs, if line 1 has them and each of the lines after it has as many, as
 * spreadsheets of countries with decimal commas write them; else commas.
 */
function separatorOf(text: string): Separator {
  const head = text.slice(0, HEAD.characters).replace(/"(?:[^"]|"")*"/g, '');
  const lines = head.split(LINE_END).filter((line) => line !== '');
  // The last may be cut off.
  if (text.length > HEAD.characters) lines.pop();
  const firm = ([';', '\t'] as const).filter((sign) => {
    const [first, ...others] = lines.slice(0, HEAD.lines).map((line) => line.split(sign).length);
    return first !== undefined && first > 1 && others.every((count) => count === first);
  });
  return firm.length === 1 ? firm[0]! : ',';
}

/** A place in the text, moved forward cell by cell. */
class Reader {
  /** Of the text's characters. */
  private at = 0;
  /** From 1. A quoted value may span several. */
  line = 1;

  constructor(
    private readonly text: string,
    private readonly separator: Separator,
  ) {}

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  /** Goes past a line end, if there is one here. */
  lineEnd(): boolean {
    const { text, at } = this;
    if (text[at] !== '\n' && text[at] !== '\r') return false;
    this.at += text.startsWith('\r\n', at) ? 2 : 1;
    this.line++;
    return true;
  }

  row(): string[] {
    const cells = [this.cell()];
    while (this.text[this.at] === this.separator) {
      this.at++;
      cells.push(this.cell());
    }
    return cells;
  }

  private cell(): string {
    if (this.text[this.at] === '"') return this.quoted();
    const bare = BARE_CELL[this.separator];
    bare.lastIndex = this.at;
    const value = bare.exec(this.text)![0];
    this.at += value.length;
    if (this.text[this.at] === '"') throw this.quoteMalformed(this.line);
    return value;
  }

  private quoted(): string {
    const { text, line: begun } = this;
    const parts: string[] = [];
    let from = this.at + 1;
    for (;;) {
      const end = text.indexOf('"', from);
      if (end < 0)
        throw new DataError(
          'table-quote-open',
          `A quoted value that begins in line ${begun} never ends.`,
          'Close it with a quotation mark; one inside a value is written twice.',
        );
      parts.push(text.slice(from, end));
      from = end + 1;
      if (text[from] !== '"') break;
      from++;
    }
    this.at = from;
    const value = parts.join('"');
    this.line += value.match(LINE_END)?.length ?? 0;
    if (!this.ended && text[from] !== this.separator && !/[\r\n]/.test(text[from]!))
      throw this.quoteMalformed(this.line);
    return value;
  }

  private quoteMalformed(line: number): DataError {
    return new DataError(
      'table-quote-malformed',
      `Line ${line} has a quotation mark next to other text.`,
      'Quote a value as a whole, and write a quotation mark inside it twice.',
    );
  }
}

function checkHeader(columns: readonly string[]): void {
  if (columns.length === 1 && /[;\t]/.test(columns[0]!))
    throw new DataError(
      'table-separator',
      `Line 1 has no comma, but ${columns[0]!.includes(';') ? 'semicolons' : 'tabs'}, and not every line has as many.`,
      'Save the table with commas between its values, or quote values with semicolons or tabs in them.',
    );
  if (columns.length > TABLE_LIMITS.columns)
    throw new DataError(
      'table-too-wide',
      `Line 1 names ${columns.length} columns; ${TABLE_LIMITS.columns} are the most that are read.`,
      'Keep the columns that you will ask about.',
    );
  const seen = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    const before = seen.get(name);
    if (name.trim() === '')
      throw new DataError(
        'table-header-unnamed',
        `Column ${index + 1} has no name in line 1.`,
        'Let the first line name every column.',
      );
    if (before !== undefined)
      throw new DataError(
        'table-header-doubled',
        `Columns ${before + 1} and ${index + 1} are both named “${clip(name)}” in line 1.`,
        'Give each column a name of its own.',
      );
    seen.set(name, index);
  }
}

/** Names for columns that have none. */
const numbered = (columns: readonly string[]) => columns.map((_, index) => `Column ${index + 1}`);

/** Tools that number the rows leave the first column of the header without a name (pandas, R): it has its number. */
function named(header: readonly string[]): string[] {
  const [first, ...others] = header as [string, ...string[]];
  return others.length > 0 && first.trim() === '' && !others.includes('Column 1')
    ? ['Column 1', ...others]
    : [...header];
}

/** Whether the first line names the columns, or is a row as the others are. */
export interface TableForm {
  header: boolean;
}

/**
 * Reads the text of a CSV file.
 * @param form.header false: the first line is a row, and columns are called by their numbers
 * @throws DataError `table-empty`, `table-separator`, `table-too-wide`, `table-too-long`, `table-header-unnamed`,
 *   `table-header-doubled`, `table-row-malformed`, `table-row-blank`, `table-quote-open` or `table-quote-malformed`,
 *   with the line
 */
export function parseTable(text: string, { header }: TableForm = { header: true }): Table {
  const bare = text.replace(/^\uFEFF/, '');
  const separator = separatorOf(bare);
  const reader = new Reader(bare, separator);
  if (text.trim() === '')
    throw new DataError('table-empty', 'The file is empty.', 'Choose a file with a header and rows.');
  const first = reader.row();
  const columns = header ? named(first) : numbered(first);
  // Of a row, only how it is separated and how wide it is.
  checkHeader(header || first.length > 1 ? columns : first);
  reader.lineEnd();
  const rows: string[][] = header ? [] : [first];
  /** An empty line. At the end of the file it means nothing. */
  let blank = 0;
  while (!reader.ended) {
    const { line } = reader;
    if (reader.lineEnd()) {
      blank ||= line;
      continue;
    }
    if (blank > 0)
      throw new DataError(
        'table-row-blank',
        `Line ${blank} is empty, and rows follow it.`,
        'Take the line out. A row of one empty value is written "".',
      );
    const row = reader.row();
    if (row.length !== columns.length)
      throw new DataError(
        'table-row-malformed',
        `Line ${line} has ${row.length} ${row.length === 1 ? 'value' : 'values'}, and line 1 ${header ? `names ${columns.length} columns` : `has ${columns.length}`}.`,
        `Check the line. A value with a ${SEPARATOR_NAMES[separator]} in it has to be quoted.`,
      );
    if (rows.length === TABLE_LIMITS.rows)
      throw new DataError(
        'table-too-long',
        `Line ${line} is row ${TABLE_LIMITS.rows + 1}; ${TABLE_LIMITS.rows} rows are the most that are read.`,
        'Choose a smaller table.',
      );
    rows.push(row);
    reader.lineEnd();
  }
  if (rows.length === 0)
    throw new DataError('table-empty', 'The file has a header but no rows.', 'Choose a file with rows.');
  return { columns, rows, separator };
}

/**
 * Before a file's bytes are in memory.
 * @throws DataError `table-too-large`
 */
export function checkTableSize(bytes: number): void {
  if (bytes > TABLE_LIMITS.bytes)
    throw new DataError(
      'table-too-large',
      `The file has ${(bytes / 1e6).toFixed(2)} MB; ${TABLE_LIMITS.bytes / 1e6} MB are the most that is read.`,
      'Choose a smaller table, or leave columns out.',
    );
}

/**
 * Reads the bytes of a CSV file.
 * @throws DataError `table-too-large`, `table-not-text`, or what `parseTable` throws
 */
export function readTable(bytes: Uint8Array, form: TableForm = { header: true }): Table {
  return parseTable(textOf(bytes), form);
}

function textOf(bytes: Uint8Array): string {
  checkTableSize(bytes.length);
  let text: string;
  try {
    text = decodeText(bytes, { fatal: true });
  } catch {
    text = '\0';
  }
  if (text.includes('\0'))
    throw new DataError(
      'table-not-text',
      'The file is not plain text in UTF-8 or UTF-16: a spreadsheet, perhaps, or another encoding.',
      'Save it as CSV, with UTF-8 as its encoding.',
    );
  return text;
}

const isNumber = (value: string) => /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(value);

/**
 * Whether the first line of a file looks like a row: a number among its values, a name twice or none, or a value that comes again
 * below it. Public files of one's field often have no header, and their first person must not be lost.
 * @throws what `readTable` throws of a table without a header
 */
export function looksHeaderless(bytes: Uint8Array): boolean {
  const { rows } = readTable(bytes, { header: false });
  const [first, ...others] = rows;
  if (!first || others.length === 0) return false;
  // Of a column of row numbers, as tools write them, the header has no name.
  const numbers = first[0]!.trim() === '' && others.every(([value]) => isNumber(value!));
  const names = numbers ? first.slice(1) : first;
  if (names.some((value) => value.trim() === '') || new Set(names).size < names.length) return true;
  if (names.some(isNumber)) return true;
  // Some rows are enough: a name of a column is hardly ever a value of it.
  const from = first.length - names.length;
  return names.some((value, i) => others.slice(0, 1000).some((row) => row[from + i] === value));
}

/** Made once, by the first who asks: making one takes longer than comparing. */
let order: Intl.Collator | undefined;

/** The different values of a column, in an order that is always the same for the same table. */
export function valuesOfColumn({ rows }: Table, column: number): string[] {
  order ??= new Intl.Collator('en', { numeric: true });
  return [...new Set(rows.map((row) => row[column]!))].sort(order.compare);
}

/**
 * A value as a person can tell it from others: a blank at its ends or beside another as ␣, what has no shape by its number, and
 * letters that are put together of parts as such. Values are compared as they stand; what looks the same must not be shown so.
 */
export function valueInSight(value: string): string {
  const marked = value
    .replace(/^ +| +$| {2,}/g, (blanks) => '␣'.repeat(blanks.length))
    .replace(
      /(?! )[\p{Z}\p{C}]/gu,
      (sign) => `‹U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`,
    );
  return marked.normalize('NFC') === marked ? marked : `${marked} ‹letters in parts›`;
}
