'use client';

import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { useDrop } from '@/components/ui/drop-zone';
import { FileButton } from '@/components/ui/file-button';
import { plural } from '@/components/ui/format';
import {
  fromCsvFile,
  fromJsonFile,
  type ImportReport,
  importLedger,
  LedgerError,
  type LedgerSnapshot,
  toCsvFile,
  toJsonFile,
} from '@/lib/ledger';
import { SITE_VERSION } from '@/lib/runtime/version';
import { labelsOfLedger } from './labels-of-ledger';
import { pageLedger } from './use-ledger';

/** Saves the ledger, or one account of it, as a file, with the label of each private run. */
export async function saveLedger(
  snapshot: LedgerSnapshot,
  format: 'json' | 'csv',
  account?: { id: string; title: string },
) {
  const exportedAt = new Date().toISOString();
  const options = {
    exportedAt,
    version: SITE_VERSION,
    labels: await labelsOfLedger(snapshot, account?.id),
    ...(account === undefined ? {} : { account: account.id }),
  };
  const text = format === 'json' ? toJsonFile(snapshot, options) : toCsvFile(snapshot, options);
  const type = format === 'json' ? 'application/json' : 'text/csv;charset=utf-8';
  const title = `privacy ledger ${account?.title ?? ''} ${exportedAt.slice(0, 10)}`;
  download(fileName(title, format), new Blob([text], { type }));
}

function inWords(report: ImportReport): string {
  const parts = [
    plural(report.newEvents, 'new event'),
    report.newAccounts > 0 ? plural(report.newAccounts, 'new data set') : '',
    report.updatedEvents > 0 ? `${plural(report.updatedEvents, 'event')} brought up to date` : '',
    `${plural(report.knownEvents, 'event')} known already and not counted again`,
    report.revivedEvents > 0 ? `${plural(report.revivedEvents, 'forgotten event')} back` : '',
  ].filter(Boolean);
  const kept =
    report.keptSettings.length > 0
      ? ` The file has another budget or δ for ${report.keptSettings.join(', ')}; what is set here stays.`
      : '';
  return `Merged: ${parts.join(', ')}.${kept}`;
}

/** Export of everything, import and merge. */
export function Transfer({ snapshot }: { snapshot: LedgerSnapshot }) {
  const id = useId();
  const [said, setSaid] = useState<{ text: string; remedy: string | null } | null>(null);
  const empty = snapshot.accounts.length === 0;

  async function read(file: File) {
    try {
      const text = await file.text();
      const parsed = text.startsWith('#') ? fromCsvFile(text) : fromJsonFile(text);
      setSaid({ text: inWords(await importLedger(await pageLedger(), parsed)), remedy: null });
    } catch (error) {
      setSaid(
        error instanceof LedgerError
          ? { text: error.message, remedy: `${error.remedy} Nothing was changed.` }
          : { text: String(error), remedy: 'Nothing was changed.' },
      );
    }
  }

  const { over, target } = useDrop(({ files: [file] }) => {
    if (file) void read(file);
  });

  return (
    <section
      aria-labelledby={id}
      {...target}
      className={`rounded-cell border bg-surface p-4 sm:p-5 ${over ? 'border-accent' : 'border-line'}`}
    >
      <h2 id={id} className="text-lg font-semibold">
        Take it with you
      </h2>
      <p className="mt-1 max-w-[68ch] text-secondary">
        The ledger lives in this browser alone. Export it before you change machines, and merge what two
        browsers know: an event that both have is counted once, and no import can lower a total.
      </p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button small disabled={empty} onClick={() => void saveLedger(snapshot, 'json')}>
          Export all as JSON
        </Button>
        <Button small disabled={empty} onClick={() => void saveLedger(snapshot, 'csv')}>
          Export all as CSV
        </Button>
        <FileButton
          label="Import and merge …"
          name="Ledger file to import"
          accept=".json,.csv,application/json,text/csv"
          onFiles={([file]) => void read(file)}
        />
      </div>
      <div aria-live="polite" data-import-report>
        {said === null ? null : (
          <p
            className={`mt-3 rounded-control border px-3 py-2 text-sm ${
              said.remedy === null ? 'border-line' : 'border-danger bg-danger-soft'
            }`}
          >
            {said.text} {said.remedy}
          </p>
        )}
      </div>
    </section>
  );
}
