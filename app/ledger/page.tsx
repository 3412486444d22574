import type { Metadata } from 'next';
import { LedgerView } from '@/components/ledger/ledger-view';

export const metadata: Metadata = {
  title: 'Privacy ledger',
  description:
    'What every private run in this browser has spent, one budget a data set, added up by privacy loss distributions, with other ways of counting beside it.',
};

export default function LedgerPage() {
  return (
    <>
      <h1 className="mt-10 mb-3 text-[2.06rem] font-bold leading-tight tracking-tight">Privacy ledger</h1>
      <p className="mb-6 max-w-[68ch] text-secondary">
        Privacy is spent, and never comes back. Every private run on this site is written down here{' '}
        <em>before</em> it runs, one account a data set, and stays when you reload, close the tab or come back
        next week. Nothing leaves this browser.
      </p>
      {/* Holds what is below it where it is, whatever is read. */}
      <div className="min-h-[90vh]">
        <LedgerView />
      </div>
    </>
  );
}
