import { useMemo } from 'react';
import { Columns } from '@/components/ui/columns';
import type { ScoredBox } from '@/lib/detection/metrics';
import { FOUND_SCORE, WHO, type Who } from '../symbol-account';
import { Forms } from './forms';
import recorded from './recorded.json';

const { rows, newForms, epsilon, steps, backend, shown } = recorded;
const NAMES: Record<Who, string> = {
  plainWith: 'Plain, with the person',
  plainWithout: 'Plain, without',
  privateWith: `Private at ε ${epsilon}, with the person`,
  privateWithout: `Private at ε ${epsilon}, without`,
};

/** The form of the one person, as the heads of an earlier run saw it. */
export function RecordedForm() {
  const pixels = useMemo(() => Uint8Array.from(atob(shown.forms.own), (c) => c.charCodeAt(0)), []);
  return (
    <Forms
      title={`Recorded, seed ${shown.seed}: that person’s own form, seen by the four heads`}
      pixels={pixels}
      // A box has four numbers, which a JSON file cannot say.
      boxes={(who) => shown.boxes[who].own as unknown as ScoredBox[]}
    />
  );
}

/** What earlier, real runs gave: shown until a run is made here, and beside it afterwards. */
export function RecordedSymbol() {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm tabular-nums" data-recorded-symbol>
        <caption className="pb-1 text-left">
          <strong>Recorded: best score for the symbol on that person’s form.</strong>{' '}
          <span className="text-secondary">
            From {rows.length} real, seeded runs of {steps} steps on {backend}, not from your browser. In
            brackets: on how many of {newForms} new forms it is found. Bold: {FOUND_SCORE} or more, found.
          </span>
        </caption>
        <thead>
          <tr className="border-b border-line text-left text-secondary">
            <Columns
              names={['Head', ...rows.map(({ seed }) => `Seed ${seed}`)]}
              className="py-1 pr-3 font-medium"
            />
          </tr>
        </thead>
        <tbody>
          {WHO.map((who) => (
            <tr key={who} className="border-b border-line">
              <th scope="row" className="py-1 pr-3 text-left font-medium">
                {NAMES[who]}
              </th>
              {rows.map((row) => {
                const { score, foundInNew } = row[who];
                return (
                  <td key={row.seed} className="py-1 pr-3">
                    {score >= FOUND_SCORE ? <strong>{score.toFixed(2)}</strong> : score.toFixed(2)} (
                    {foundInNew})
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
