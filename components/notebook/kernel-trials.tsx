'use client';

import { useId } from 'react';
import { Columns } from '@/components/ui/columns';
import { short } from '@/components/ui/format';
import { KERNEL_PREFERENCES, type KernelPreference } from '@/lib/kernels/settle';
import type { Figure, Outcome } from '@/lib/kernels/trial';
import { useKernels } from './use-info';

const CHOICES: Record<KernelPreference, string> = {
  auto: 'Those that were fastest here',
  own: 'Our own, where there are some',
  stock: 'Those of TensorFlow.js',
};
const NAMES: Record<string, string> = { own: 'ours', stock: 'TensorFlow.js' };

/** Which kernels compute on a backend, how fast each of them was there, and the choice of others. */
export function KernelTrials({ machine }: { machine: string | null }) {
  const id = useId();
  const [{ preference, machines }, prefer] = useKernels();
  const outcomes = Object.entries((machine !== null && machines[machine]) || {});
  return (
    <>
      <label htmlFor={id} className="mt-4 block font-medium">
        Kernels
      </label>
      <select
        id={id}
        value={preference}
        onChange={(event) => prefer(event.target.value as KernelPreference)}
        className="mt-1 block min-h-10 w-full rounded-control border border-line-strong bg-surface px-2"
      >
        {KERNEL_PREFERENCES.map((value) => (
          <option key={value} value={value}>
            {CHOICES[value]}
          </option>
        ))}
      </select>
      <p className="mt-1 text-secondary">
        The small programs that do the arithmetic. Each is tested before it is used; one that computes wrongly
        is passed over, whatever is chosen here.
      </p>
      {outcomes.length > 0 ? (
        <table className="mt-4 w-full border-collapse">
          <caption className="mb-1 text-left font-medium">Tried on this machine</caption>
          <thead>
            <tr className="border-b border-line-strong text-left">
              <Columns
                names={['Work', 'Fastest', 'Error']}
                className="py-1 pr-2 text-right font-medium first:text-left last:pr-0"
              />
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {outcomes.flatMap(([contest, outcome]) =>
              outcome.figures.map((figure) => (
                <tr
                  key={`${contest} ${figure.name}`}
                  className="border-b border-line align-top last:border-0"
                >
                  <td className="py-1 pr-2">
                    {contest}, {NAMES[figure.name] ?? figure.name}
                    <span className="block text-secondary">{standing(figure, outcome, preference)}</span>
                  </td>
                  <td className="whitespace-nowrap py-1 pr-2 text-right">
                    {figure.milliseconds === null ? '–' : `${short(figure.milliseconds, 2)} ms`}
                  </td>
                  <td className="whitespace-nowrap py-1 text-right">
                    {figure.error === null ? '–' : short(figure.error, 1)}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      ) : null}
    </>
  );
}

/** What became of a kernel. */
function standing(
  { name, error, refused }: Figure,
  { chosen, figures }: Outcome,
  preference: KernelPreference,
): string {
  if (refused !== null) return `not used: ${refused}`;
  if (error === null) return 'not tried: the device was slow, and the other was right';
  const overruled = figures.some(
    (one) => one.name === preference && one.error !== null && one.refused === null,
  );
  if (name !== (overruled ? preference : chosen)) return '';
  return overruled ? 'in use, as you asked' : 'in use';
}
