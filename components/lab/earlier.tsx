/** What cells found before the page was reloaded, called so, until they have run again. */
import type { ReactNode } from 'react';
import { DataTable } from '@/components/charts/data-table';
import { Shown } from '@/components/code/code-output';
import { LongTable } from '@/components/code/long-table';
import { plural } from '@/components/ui/format';
import { type CodeOutput, lastRuns, NOT_KEPT_IN_WORDS, type ResultPicture } from '@/lib/notebook/own/results';
import { priceInWords } from '@/lib/notebook/own/results-in-markdown';
import { noiseInWords, type RunRow, settingsInWords } from '@/lib/notebook/own/run-table';
import {
  cellShownAt,
  codeShownAt,
  picturesOfShown,
  type ShownByPlace,
  type ShownCell,
  type ShownCode,
} from '@/lib/notebook/own/shown';
import { when } from './when';

/** Charts have their titles in their pictures. */
function Picture({ title, summary, png }: ResultPicture) {
  return (
    <figure>
      {/* biome-ignore lint/performance/noImgElement: it is kept in this browser, and nowhere else */}
      <img
        src={`data:image/png;base64,${png}`}
        alt={[title, summary].filter(Boolean).join('. ')}
        className="max-w-full rounded-control border border-line"
      />
    </figure>
  );
}

const Since = ({ whose, asOf }: { whose: string; asOf: string }) => (
  <p className="font-medium">
    {whose} <time dateTime={asOf}>{when(asOf)}</time>, before the page was reloaded
  </p>
);

function EarlierRun({ shown, run }: { shown: ShownCell; run: RunRow }) {
  const pictures = picturesOfShown(shown);
  return (
    <section
      aria-label="Found before the page was reloaded"
      data-earlier-result
      className="not-prose mt-2 grid gap-2 rounded-cell border border-line bg-surface p-4"
    >
      <Since whose="Your last run here: from" asOf={shown.asOf} />
      {shown.headline === '' ? null : <p>{shown.headline}</p>}
      <p className="text-sm text-secondary">
        Settings: {settingsInWords(run.settings)}. Noise: {noiseInWords(run)}. ε charged: {priceInWords(run)}.
      </p>
      {shown.notKept ? <p className="text-sm text-secondary">{NOT_KEPT_IN_WORDS[shown.notKept]}</p> : null}
      {pictures.length === 0 ? null : (
        <details className="prints-open">
          <summary className="min-h-9 cursor-pointer font-medium">
            What it showed: {plural(pictures.length, 'picture')}
          </summary>
          <div className="mt-2 grid gap-4">
            {pictures.map((picture, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two may have one title, and none moves
              <Picture key={at} {...picture} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function EarlierOutput({ output }: { output: CodeOutput }) {
  if (output.kind === 'text') return <Shown output={output} />;
  const { table } = output;
  if (output.kind === 'table')
    return (
      <div className="grid gap-1">
        <p className="font-semibold">{table.title}</p>
        <LongTable table={table} name={table.title} />
      </div>
    );
  const { picture } = output;
  return (
    <div className="grid gap-1">
      {picture ? <Picture {...picture} /> : <p className="font-semibold">{table.title}</p>}
      <details open={picture === null}>
        <summary className="cursor-pointer text-sm text-secondary">Its numbers</summary>
        <DataTable table={table} name={table.title} />
      </details>
    </div>
  );
}

function EarlierCode({ shown, code }: { shown: ShownCode; code: string }) {
  return (
    <div data-earlier-result className="grid min-w-0 gap-3">
      <Since whose="From" asOf={shown.asOf} />
      {shown.code === code ? null : (
        <p className="text-sm text-secondary">
          The code has been changed since: it was another that put this out.
        </p>
      )}
      {shown.gone > 0 ? (
        <p className="text-sm text-secondary">
          {shown.gone === 1 ? 'One older output was' : `${shown.gone} older outputs were`} not kept: there was
          no room.
        </p>
      ) : null}
      {shown.outputs.map((output, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they stand as they were put out, and none moves
        <EarlierOutput key={at} output={output} />
      ))}
    </div>
  );
}

/** Of a cell of the site; null where it has run since, or its run is no longer in the table. */
export function earlierRun(shown: ShownByPlace, place: string, rows: readonly RunRow[]): ReactNode {
  const one = cellShownAt(shown, place);
  const run = one && lastRuns(rows).get(place);
  return one && run?.finishedAt === one.asOf ? <EarlierRun shown={one} run={run} /> : null;
}

/** Of a code cell; null where nothing was put out. @param code as the cell has it now */
export function earlierCode(shown: ShownByPlace, place: string, code: string): ReactNode {
  const one = codeShownAt(shown, place);
  return one && one.outputs.length + one.gone > 0 ? <EarlierCode shown={one} code={code} /> : null;
}
