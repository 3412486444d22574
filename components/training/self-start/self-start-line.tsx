'use client';

/** How long the next run takes here, whether it starts by itself, and the switch for that. */
import { setMayStart } from './preference';
import { promiseInWords } from './starts-by-itself';
import type { SelfStart } from './use-self-start';

export function SelfStartLine({ seconds, on }: Pick<SelfStart, 'seconds' | 'on'>) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm text-secondary" data-self-start>
      <span>{promiseInWords(on, seconds)}</span>
      <label className="flex min-h-6 items-center gap-2">
        <input
          type="checkbox"
          checked={on}
          onChange={(event) => setMayStart(event.target.checked)}
          className="h-4.5 w-4.5 accent-(--accent)"
        />
        Start by itself
      </label>
    </div>
  );
}
