'use client';

import { useId } from 'react';
import { Columns } from '@/components/ui/columns';
import { megabytes } from '@/components/ui/format';
import { usePopover } from '@/components/ui/use-popover';
import {
  BACKEND_LABELS,
  BACKEND_NAMES,
  type BackendName,
  type BackendPreference,
} from '@/lib/runtime/backend';
import { machineOf } from '@/lib/runtime/kernel-memory';
import { BackendBadge } from './backend-badge';
import { KernelTrials } from './kernel-trials';
import { useBackendPreference, useInfo, useLostBackends } from './use-info';

const CHOICES: readonly { value: BackendPreference; label: string }[] = [
  { value: 'auto', label: 'The best that passes its self-test' },
  ...BACKEND_NAMES.map((name) => ({ value: name, label: BACKEND_LABELS[name] })),
];

/** Which hardware computes, what it holds, and the choice of another. */
export function InfoPanel() {
  const { opener, popover } = usePopover<HTMLDivElement>();
  const choiceId = useId();
  const { workers } = useInfo();
  const [preference, prefer] = useBackendPreference();
  const lost = useLostBackends();
  const shown = workers.find((worker) => worker.backend !== null);
  return (
    <>
      <button
        type="button"
        {...opener}
        className="flex min-h-9 w-full items-center justify-between gap-3 rounded-control px-2.5 text-left hover:bg-ground"
        aria-label={`Hardware: ${shown ? BACKEND_LABELS[shown.backend as BackendName] : 'not in use yet'}. Details and choice.`}
      >
        <span>Hardware</span>
        {shown ? (
          <BackendBadge backend={shown.backend} adapter={shown.adapter} softwareGpu={shown.softwareGpu} />
        ) : (
          <span className="text-secondary">not in use yet</span>
        )}
      </button>
      <div
        {...popover}
        className="info-popover w-[min(26rem,calc(100vw-1.5rem))] rounded-cell border border-line-strong bg-raised p-4 text-sm text-text shadow-(--shadow)"
      >
        <p className="mb-3 text-base font-semibold">Where this page computes</p>
        <label htmlFor={choiceId} className="font-medium">
          Backend
        </label>
        <select
          id={choiceId}
          value={preference}
          onChange={(event) => prefer(event.target.value as BackendPreference)}
          className="mt-1 block min-h-10 w-full rounded-control border border-line-strong bg-surface px-2"
        >
          {CHOICES.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <p className="mt-1 text-secondary">
          Takes effect with the next run. All of them give the same numbers, but for rounding.
        </p>
        {lost.length > 0 ? (
          <p role="status" className="mt-3 border-l-4 border-danger pl-3">
            {lost.map((name) => BACKEND_LABELS[name]).join(' and ')} failed on this page, so every cell passes
            it over until you choose a backend here or load the page again.
          </p>
        ) : null}
        <KernelTrials
          machine={shown ? machineOf({ name: shown.backend as BackendName, adapter: shown.adapter }) : null}
        />
        {workers.length === 0 ? (
          <p className="mt-4">No worker is alive at the moment: one starts with a cell’s next run.</p>
        ) : (
          <table className="mt-4 w-full border-collapse">
            <caption className="mb-1 text-left font-medium">Workers</caption>
            <thead>
              <tr className="border-b border-line-strong text-left">
                <Columns
                  names={['Cell', 'Tensors', 'Memory']}
                  className="py-1 pr-2 text-right font-medium first:text-left last:pr-0"
                />
              </tr>
            </thead>
            <tbody className="tabular-nums">
              {workers.map((worker) => (
                <tr key={worker.cellId} className="border-b border-line align-top last:border-0">
                  <td className="py-1 pr-2">
                    {worker.title}
                    <span className="block text-secondary">
                      {worker.backend === null
                        ? 'no backend in use: plain numbers, or WebAssembly of ours'
                        : BACKEND_LABELS[worker.backend as BackendName]}
                      {worker.adapter ? `, ${worker.adapter}` : ''}
                      {worker.softwareGpu ? ' (software GPU, slow)' : ''}
                    </span>
                  </td>
                  <td className="py-1 pr-2 text-right">{worker.tensors}</td>
                  <td className="py-1 text-right">
                    {megabytes(worker.tensorBytes, worker.tensorBytes < 1e7 ? 1 : 0)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </>
  );
}
