'use client';

/**
 * ε set by its odds: how many of a thousand the best attacker may pick out is written down, and the least noise with which he picks out
 * no more is looked for. ε follows the noise, as ever; what is found never allows more than was written.
 */
import { useEffect, useId, useMemo, useState } from 'react';
import { count } from '@/components/ui/format';
import type { PrivacyEvent, RiskQuestion } from '@/lib/privacy';
import type { NoiseOfRisk } from '@/lib/runs/odds';
import type { PoissonRun } from '@/lib/runs/phases';
import { useOdds } from './use-odds';

/** People accused wrongly, out of a thousand. Fewer than that cannot be allowed: a blind guess names as many. */
const WRONGLY = 10;
const OF = 1000;

interface RiskFieldProps {
  /** As the sliders stand. */
  run: PoissonRun;
  delta: number;
  /** The noise multipliers that the slider has. */
  range: { min: number; max: number };
  /** What stands for one unit, in the plural. */
  units: string;
  onNoise(noiseMultiplier: number): void;
}

async function noiseFor(question: RiskQuestion): Promise<NoiseOfRisk> {
  const { noiseElsewhere } = await import('@/components/training/account-elsewhere');
  return (await noiseElsewhere(question)) ?? (await import('@/lib/runs/odds')).noiseOfRisk(question);
}

const eventsOf = ({ sampleRate, noiseMultiplier, steps }: PoissonRun): PrivacyEvent[] => [
  { kind: 'poisson-gaussian', sampleRate, noiseMultiplier, steps },
];

export function RiskField({ run, delta, range, units, onNoise }: RiskFieldProps) {
  const id = useId();
  const { sampleRate, noiseMultiplier, steps } = run;
  const events = useMemo(
    () => eventsOf({ sampleRate, noiseMultiplier, steps }),
    [sampleRate, noiseMultiplier, steps],
  );
  const odds = useOdds(events);
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const shown = odds === null ? '…' : String(odds.pickedOut[WRONGLY]);
  // A note goes when something else was moved; σ alone moves by what the field itself has found.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not looked at is what ends the note
  useEffect(() => setNote(''), [sampleRate, steps, delta]);

  async function commit() {
    if (typed === null) return;
    const asked = Number(typed);
    setTyped(null);
    if (typed === shown || !Number.isFinite(asked)) return;
    const atMost = Math.min(OF, Math.max(WRONGLY + 1, Math.floor(asked)));
    setNote('Looking for the noise …');
    const risk = { falsePositiveRate: WRONGLY / OF, truePositiveRate: atMost / OF };
    // Numbers alone travel to a worker: a slider's declaration has functions too.
    const { min, max } = range;
    const { found } = await noiseFor({ sampleRate, steps, delta, risk, range: { min, max } });
    onNoise(found?.noiseMultiplier ?? range.max);
    setNote(said(atMost, asked, found, range));
  }

  return (
    <div className="grid gap-0.5 text-sm" data-risk-field>
      <div className="flex flex-wrap items-baseline gap-x-1.5 gap-y-1">
        <label htmlFor={id}>
          Or by its odds: of {count(OF)} {units} that took part, at most
        </label>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          value={typed ?? shown}
          aria-describedby={`${id}-rest`}
          onChange={(event) => setTyped(event.target.value)}
          onFocus={(event) => event.target.select()}
          onBlur={() => void commit()}
          onKeyDown={(event) => {
            if (event.key === 'Enter') void commit();
            if (event.key === 'Escape') setTyped(null);
          }}
          className="w-16 rounded-control border border-line-strong bg-surface px-2 py-0.5 text-right tabular-nums hover:border-text"
        />
        <span id={`${id}-rest`}>
          picked out, if of {count(OF)} that did not {WRONGLY} are named.
        </span>
      </div>
      <p role="status" className="no-print text-secondary empty:hidden">
        {note}
      </p>
    </div>
  );
}

/** What could not be had as it was asked for. */
function said(
  atMost: number,
  asked: number,
  found: NoiseOfRisk['found'],
  range: RiskFieldProps['range'],
): string {
  if (found === null) return `Not even the most noise that σ has here, ${range.max}, keeps to ${atMost}.`;
  if (found.noiseMultiplier === range.min)
    return `The least noise that σ has here, ${range.min}, keeps to ${atMost} already.`;
  return asked < WRONGLY + 1
    ? `A blind guess names ${WRONGLY} rightly too; ${WRONGLY + 1} is the least that can be asked for.`
    : '';
}
