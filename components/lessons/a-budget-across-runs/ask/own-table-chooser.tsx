'use client';

import { Button } from '@/components/ui/button';
import { FileButton } from '@/components/ui/file-button';
import { plural } from '@/components/ui/format';
import { SelectField } from '@/components/ui/select-field';
import { MOST_GROUPS } from '../own-table';
import {
  chooseColumn,
  chooseValue,
  closeOwnTable,
  type OwnTable,
  openOwnTable,
  sayHeader,
  useOwnTable,
  valueInWords,
} from './own-table';

/** A list of more is no help to anybody. */
const MOST_VALUES = 200;
/** In place of the number of a value. */
const EACH = 'each';

/** Said where it is not what the name CSV says. */
const SEPARATED = {
  ',': '',
  ';': ' Semicolons stand between its values.',
  '\t': ' Tabs stand between its values.',
};

/** Which table is asked: the register, or a file of the learner's own; and what is asked of the latter. */
export function OwnTableChooser() {
  const { table, problem } = useOwnTable();
  return (
    <div className="grid gap-3">
      <div className="grid gap-2 text-sm">
        <p className="text-base font-medium">Table</p>
        <p role="status" className="wrap-anywhere" data-table>
          {table === null
            ? 'The register: 1,000 made-up people.'
            : `${table.file.name}: ${plural(table.rows.length, 'row')}, one person each.${SEPARATED[table.separator]}`}
        </p>
        <div className="flex flex-wrap gap-2">
          <FileButton
            label={table === null ? 'Use a table of your own' : 'Another file'}
            name="Use a table of your own"
            accept=".csv,.tsv,.txt,.data,text/csv,text/tab-separated-values"
            onFiles={([file]) => void openOwnTable(file)}
          />
          {table === null ? null : (
            <Button small onClick={closeOwnTable}>
              Back to the register
            </Button>
          )}
        </div>
        {problem === null ? null : (
          <div role="alert" className="wrap-anywhere rounded-control border border-danger bg-danger-soft p-3">
            <p className="font-semibold">{problem.message}</p>
            <p>{problem.remedy}</p>
          </div>
        )}
        {table === null ? null : <HeaderLine table={table} />}
        {table === null ? (
          <p className="text-secondary">
            A CSV file, <strong>one row a person</strong>. It never leaves this browser and is not stored.
          </p>
        ) : null}
      </div>
      {table === null ? null : <OwnQuestionFields table={table} />}
    </div>
  );
}

/** The first line names the columns, or it is a person: asked, because a file does not say. */
function HeaderLine({ table: { header, guessed } }: { table: OwnTable }) {
  return (
    <>
      <label className="flex items-center gap-2">
        <input type="checkbox" checked={header} onChange={(event) => sayHeader(event.target.checked)} />
        Line 1 names the columns
      </label>
      {guessed ? (
        <p role="status" className="text-secondary" data-header-guessed>
          Line 1 looks like a row, so it counts as a person, and the columns have numbers. If it names the
          columns, tick the box.
        </p>
      ) : null}
    </>
  );
}

function OwnQuestionFields({ table: { columns, column, values, value } }: { table: OwnTable }) {
  const offered = values.slice(0, MOST_VALUES);
  return (
    <>
      <SelectField
        label="Column"
        value={String(column)}
        options={columns.map((name, index) => [String(index), valueInWords(name)] as const)}
        onChange={(chosen) => chooseColumn(Number(chosen))}
      />
      <SelectField
        label="Value"
        value={value === null ? EACH : String(value)}
        options={[
          ...offered.map((one, index) => [String(index), valueInWords(one)] as const),
          ...(values.length >= 2 && values.length <= MOST_GROUPS
            ? [[EACH, `Each of its ${values.length} values, as one histogram`] as const]
            : []),
        ]}
        onChange={(chosen) => chooseValue(chosen === EACH ? null : Number(chosen))}
      />
      <p className="text-sm text-secondary">
        {offered.length < values.length
          ? `The first ${offered.length} of ${values.length} different values. `
          : ''}
        {offered.some((one) => valueInWords(one).includes('␣'))
          ? '␣ is a blank: values that differ in blanks are counted apart. '
          : ''}
        This list is your own data, shown to you as it is: no ε covers it. Only answers are private.
        {value === null
          ? ' A histogram names every value that somebody has. So use it only where anybody may know which values there are.'
          : ''}
      </p>
    </>
  );
}

/** What an owner must know about the account of a table. */
export function OwnTableFacts() {
  return (
    <details className="text-sm text-secondary">
      <summary className="w-fit">What the ledger keeps of your table</summary>
      <ul className="mt-1 grid list-disc gap-1 pl-5">
        <li>
          The SHA-256 of its bytes, its name, its number of rows, and the ε of each answer. No value, and not
          which column you asked about. After a reload, choose the file again: its account is still there.
        </li>
        <li>Whoever gets your ledger learns that name and number exactly. They count as public.</li>
        <li>The same bytes under another name are the same account, and share its budget.</li>
        <li>
          Change one cell, and it is another account with a budget of its own. The ledger cannot know that the
          same people are in both: to them, the costs of both accounts add up. Read the two totals together.
        </li>
        <li>ε protects one row. Somebody who stands in three rows is protected at three times that ε.</li>
      </ul>
    </details>
  );
}
