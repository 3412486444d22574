'use client';

import { Button } from '@/components/ui/button';
import { download, fileName } from '@/components/ui/download';
import { plural } from '@/components/ui/format';
import { type LedgerSnapshot, toDamagedFile, unknownCharges } from '@/lib/ledger';

/** What is stored and cannot be read: unknown is not nothing. */
export function SetAside({ snapshot }: { snapshot: LedgerSnapshot }) {
  const { damaged } = snapshot;
  const unknown = unknownCharges(snapshot, null);
  if (damaged.length === 0 && unknown === 0) return null;

  function save() {
    const title = `privacy ledger set aside ${new Date().toISOString().slice(0, 10)}`;
    download(fileName(title, 'json'), new Blob([toDamagedFile(damaged)], { type: 'application/json' }));
  }

  return (
    <div
      role="alert"
      data-ledger-set-aside={damaged.length}
      className="rounded-control border border-line bg-note-soft px-4 py-3"
    >
      <p>
        <strong>
          {plural(damaged.length, 'record')} of this ledger cannot be read, and{' '}
          {damaged.length === 1 ? 'was' : 'were'} set aside.
        </strong>{' '}
        {unknown > 0
          ? `What ${plural(unknown, 'charge')} came to is unknown. Totals that may lack one are marked with ≥, and no budget can be vouched for until it is found: import an export of this ledger from before, if you have one.`
          : 'No charge is missing from the totals below.'}
      </p>
      {damaged.length > 0 ? (
        <p className="mt-2">
          <Button small onClick={save}>
            Export what was set aside
          </Button>
        </p>
      ) : null}
    </div>
  );
}
