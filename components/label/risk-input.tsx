'use client';

/**
 * The field in which a risk is written down: how many of a thousand the best attacker may pick out. Whoever stands around it looks for
 * the settings that keep to it, which never allow more than was written.
 */
import { useEffect, useId, useState } from 'react';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { count } from '@/components/ui/format';
import type { Relation } from '@/lib/ledger';
import type { PrivacyEvent } from '@/lib/privacy';
import { crowdInWords } from './faces-in-words';
import { useOdds } from './use-odds';

/** People accused wrongly, out of a thousand. Fewer than that cannot be allowed: a blind guess names as many. */
const WRONGLY = 10;
const OF = 1000;

/** "Of 1,000 who took part, at most so many, if of as many who did not 10 are named." */
export interface AskedRisk {
  falsePositiveRate: number;
  truePositiveRate: number;
  /** Of the thousand. */
  atMost: number;
}

interface RiskInputProps {
  /** What the settings release now. */
  events: readonly PrivacyEvent[];
  unit: string;
  relation?: Relation;
  /** Keys, as links use them, of the settings that it moves: where one is hidden or fixed, so is the risk. */
  moves: readonly (string | undefined)[];
  /** While the settings are looked for. */
  looking: string;
  /** A note goes when this changes: settings that the search itself does not move. */
  around: string;
  /** Sets what keeps to the risk. @returns what could not be had as it was asked for; empty where all of it could */
  onAsk(risk: AskedRisk): Promise<string>;
}

/** Nothing where whoever embeds or assigns the cell has hidden or fixed what it would move. */
export function RiskInput({ moves, ...field }: RiskInputProps) {
  const { hiddenKeys, fixedKeys } = useNotebook();
  const barred = moves.some((key) => key !== undefined && (hiddenKeys.has(key) || fixedKeys.has(key)));
  return barred ? null : <RiskText {...field} />;
}

function RiskText({
  events,
  unit,
  relation = 'add-or-remove-one',
  looking,
  around,
  onAsk,
}: Omit<RiskInputProps, 'moves'>) {
  const id = useId();
  const odds = useOdds(events);
  const [typed, setTyped] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const shown = odds === null ? '…' : String(odds.pickedOut[WRONGLY]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is not looked at is what ends the note
  useEffect(() => setNote(''), [around]);

  async function commit() {
    if (typed === null) return;
    const asked = Number(typed);
    setTyped(null);
    if (typed.trim() === '' || typed === shown || !Number.isFinite(asked)) return;
    const atMost = Math.min(OF, Math.max(WRONGLY + 1, Math.floor(asked)));
    setNote(looking);
    const said = await onAsk({ falsePositiveRate: WRONGLY / OF, truePositiveRate: atMost / OF, atMost });
    setNote(
      said === '' && asked < WRONGLY + 1
        ? `A blind guess names ${WRONGLY} rightly too; ${WRONGLY + 1} is the least that can be asked for.`
        : said,
    );
  }

  const { those, others } = crowdInWords(unit, relation);
  return (
    <div className="grid gap-0.5 text-sm" data-risk-field>
      <div className="flex flex-wrap items-baseline gap-x-1.5 gap-y-1">
        <label htmlFor={id}>
          Or by its odds: of {count(OF)} {those}, at most
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
          picked out, if of {count(OF)} {others} {WRONGLY} are named.
        </span>
      </div>
      <p role="status" className="no-print text-secondary empty:hidden">
        {note}
      </p>
    </div>
  );
}
