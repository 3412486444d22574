/**
 * The ledger as a table for a spreadsheet: one row an account, one row an event.
 *
 * The columns are for people. The last one holds the whole record, from which the file is read back, and the last line
 * the SHA-256 of all lines before it: a table that a spreadsheet has saved in its own manner is refused, not guessed at.
 */
import { canonicalJson, sha256Of } from './canonical';
import { chargedSteps, runState } from './charge';
import { LedgerError } from './errors';
import {
  type ExportOptions,
  type LedgerFile,
  MAX_FILE_LENGTH,
  parseRecords,
  recordsToExport,
} from './json-file';
import { mechanismInWords } from './mechanism';
import { RULE_IN_WORDS } from './rules';
import { currentBudget, LEDGER_SCHEMA_VERSION, type LedgerRecords, plannedSteps } from './schema';

const COLUMNS = [
  'record',
  'id',
  'account',
  'dataset',
  'time',
  'kind',
  'title',
  'mechanisms',
  'planned_steps',
  'charged_steps',
  'state',
  'rule',
  'noise',
  'seed',
  'budget_epsilon',
  'delta',
  'backend',
  'version',
  'note',
  'json',
] as const;
type Row = Partial<Record<(typeof COLUMNS)[number] | `label: ${string}`, string | number | null>>;

const FIRST_LINE = `# epsilon-playground-ledger, schema ${LEDGER_SCHEMA_VERSION}, exported `;
const CHECKSUM_LINE = '# checksum ';

function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '').replace(/[\r\n]+/g, ' ');
  // A cell that begins like a formula must not become one in a spreadsheet.
  const safe = typeof value === 'string' && /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Before the last column, which is for us. */
const labelColumn = (name: string) => `label: ${name}` as const;

export function toCsvFile(
  records: LedgerRecords,
  { account, exportedAt, version, labels }: ExportOptions,
): string {
  const { accounts, events } = recordsToExport(records, account);
  const titles = new Map(accounts.map((known) => [known.id, known.dataset.title]));
  const rows: Row[] = [
    ...accounts.map(
      (known): Row => ({
        record: 'account',
        id: known.id,
        account: known.id,
        dataset: known.dataset.title,
        time: known.createdAt,
        budget_epsilon: currentBudget(known)?.epsilon ?? null,
        delta: known.delta,
        json: canonicalJson(known),
      }),
    ),
    ...events.map(
      (event): Row => ({
        record: 'event',
        id: event.id,
        account: event.account,
        dataset: titles.get(event.account) ?? '',
        time: event.at,
        kind: event.kind,
        title: event.title,
        mechanisms: event.phases
          .map((phase) => `${phase.steps} × (${phase.perStep.map(mechanismInWords).join(' and ')})`)
          .join('; '),
        planned_steps: plannedSteps(event),
        charged_steps: chargedSteps(event),
        state: runState(event),
        rule: event.closing === null ? '' : RULE_IN_WORDS[event.closing.rule],
        noise: event.noise === 'secure' ? 'secure' : `${event.noise}: not private`,
        seed: event.seed,
        backend: event.backend,
        version: event.version,
        note: event.note?.text ?? '',
        ...Object.fromEntries(
          (labels?.get(event.id)?.fields ?? []).map(([name, says]) => [
            labelColumn(name),
            typeof says === 'string' ? says : says.join('; '),
          ]),
        ),
        json: canonicalJson(event),
      }),
    ),
  ];
  const fields = new Set(events.flatMap(({ id }) => labels?.get(id)?.fields ?? []).map(([name]) => name));
  const columns = [
    ...COLUMNS.filter((column) => column !== 'json'),
    ...[...fields].map(labelColumn),
    'json' as const,
  ];
  const lines = [
    `${FIRST_LINE}${exportedAt} by version ${version}`,
    columns.map(cell).join(','),
    ...rows.map((row) => columns.map((column) => cell(row[column])).join(',')),
  ];
  const text = `${lines.join('\n')}\n`;
  return `${text}${CHECKSUM_LINE}${sha256Of(text)}\n`;
}

/** The last cell of a row. Quotes inside a cell are doubled, so a comma, one quote and a brace begin a cell of JSON. */
function lastCell(line: string): string {
  const start = line.lastIndexOf(',"{');
  if (start < 0 || !line.endsWith('"')) throw new SyntaxError('no record');
  return line.slice(start + 2, -1).replaceAll('""', '"');
}

/** Reads a file that `toCsvFile` made. Line ends may have changed on the way, nothing else. */
export function fromCsvFile(original: string): LedgerFile {
  if (original.length > MAX_FILE_LENGTH)
    throw new LedgerError(
      'file-too-large',
      'The table is too large for a ledger.',
      'Export one data set at a time.',
    );
  const text = original.replaceAll('\r\n', '\n');
  if (!text.startsWith('# epsilon-playground-ledger, schema '))
    throw new LedgerError(
      'file-not-a-ledger',
      'This table is not a ledger of this site: its first line is missing.',
      'Choose a file that “Export” on the ledger page has made.',
    );
  if (!text.startsWith(FIRST_LINE))
    throw new LedgerError(
      'file-schema',
      `The table begins “${text.slice(0, 60)}”; this version reads schema ${LEDGER_SCHEMA_VERSION}.`,
      'Open it with the version of this site that made it, or a newer one.',
    );
  const end = text.lastIndexOf(CHECKSUM_LINE);
  const body = text.slice(0, Math.max(0, end));
  if (end < 0 || text.slice(end) !== `${CHECKSUM_LINE}${sha256Of(body)}\n`)
    throw new LedgerError(
      'file-checksum',
      'The table was changed or damaged after its export, perhaps by a spreadsheet that saved it in its own manner.',
      'Import the file as it was exported, or the JSON export.',
    );
  const accounts: unknown[] = [];
  const events: unknown[] = [];
  try {
    for (const line of body.split('\n').slice(2, -1)) {
      const record: unknown = JSON.parse(lastCell(line));
      (line.startsWith('account,') ? accounts : events).push(record);
    }
  } catch {
    throw new LedgerError(
      'file-schema',
      'A row of the table holds no readable record in its last column.',
      'Import the file as it was exported.',
    );
  }
  return parseRecords({ accounts, events });
}
