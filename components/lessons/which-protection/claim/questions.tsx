import { formatDelta } from '@/components/ledger/words';
import type { Effect, OpenQuestion } from '@/lib/claims';
import { epsilonOf } from './words';

const STATES: Readonly<Record<OpenQuestion['state'], { sign: string; words: string }>> = {
  said: { sign: '✓', words: 'answered' },
  careful: { sign: '!', words: 'answered, and it weakens the promise' },
  open: { sign: '?', words: 'open' },
};

function deltaOf(delta: number | null): string {
  if (delta === null) return '';
  if (delta >= 1) return ', δ = 1: nothing is promised';
  return delta === 0 ? '' : `, δ = ${formatDelta(Number(delta.toPrecision(2)))}`;
}

function EffectRow({ effect }: { effect: Effect }) {
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-4 border-t border-line py-1 first:border-0">
      <span className="text-secondary">{effect.words}</span>
      <span className="tabular-nums">
        <span className="text-secondary">{effect.bound === 'exactly' ? '' : `${effect.bound} `}</span>
        <strong>ε = {epsilonOf(effect)}</strong>
        {deltaOf(effect.delta)}
      </span>
    </li>
  );
}

/** The checklist: what the claim answers, what it does not, and what each does to the number. */
export function Questions({ questions }: { questions: readonly OpenQuestion[] }) {
  return (
    <ol className="grid gap-3">
      {questions.map(({ id, ask, state, words, effects }) => (
        <li
          key={id}
          data-question={id}
          data-said={state}
          className={`rounded-control border px-3 py-2 ${state === 'said' ? 'border-line' : 'border-line-strong'}`}
        >
          <p className="flex items-baseline gap-2 font-semibold">
            <span aria-hidden="true" className="w-4 shrink-0 text-center">
              {STATES[state].sign}
            </span>
            <span>
              {ask} <span className="text-sm font-normal text-secondary">{STATES[state].words}</span>
            </span>
          </p>
          <p className="max-w-[68ch] pl-6">{words}</p>
          {effects.length > 0 ? (
            <ul className="mt-1 pl-6 text-sm">
              {effects.map((effect) => (
                <EffectRow key={effect.words} effect={effect} />
              ))}
            </ul>
          ) : null}
        </li>
      ))}
    </ol>
  );
}
