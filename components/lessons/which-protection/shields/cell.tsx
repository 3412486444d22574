'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { Cell } from '@/components/notebook/cell';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import type { ThreatGameParams, ThreatGameResult } from '../experiments/threat-game';
import { bestOutcome, idle, isWon, type Outcome, outcomeOf, readRounds, writeRounds } from '../game';
import { Explanation } from '../matrix/explanation';
import { CONTROLS, type ControlId, THREATS, type Threat } from '../threats';
import { Lane } from './lane';
import { MatrixPoster } from './matrix-poster';
import { shieldParameters } from './parameters';

const SIGNS: Readonly<Record<Outcome, string>> = { stopped: '■', 'held back': '◧', passed: '□' };

/** What became of the attack, in a sentence. */
function verdict(threat: Threat, worn: readonly ControlId[]): string {
  const outcome = outcomeOf(threat, worn);
  const vain = CONTROLS.filter(({ id }) => idle(threat, worn).includes(id)).map(({ name }) => name);
  const first = {
    stopped: 'The attack is stopped.',
    'held back': 'The attack is held back, and gets through in part.',
    passed: 'The attack passes.',
  }[outcome];
  const second =
    outcome === bestOutcome(threat)
      ? outcome === 'stopped'
        ? ''
        : ' No shield can do more here.'
      : ' Another shield would do more.';
  const third = vain.length === 0 ? '' : ` Put on in vain: ${vain.join(', ')}.`;
  return `${first}${second}${third}${isWon(threat, worn) ? ' Well chosen.' : ''}`;
}

function Reasons({ row, controls }: { row: number; controls: readonly ControlId[] }) {
  return CONTROLS.map(({ id }, column) =>
    controls.includes(id) ? (
      <div key={id} className="rounded-control border border-line bg-ground px-4 py-3">
        <Explanation index={row * CONTROLS.length + column} judgement={THREATS[row]!.judgements[id]} />
      </div>
    ) : null,
  );
}

/** A game of nine rounds: an attack comes, five shields may be put on, and each says why it helps or not. */
export function ShieldsCell() {
  const { values, set, resetAll } = useParameters(shieldParameters);
  const rounds = readRounds(values.rounds);
  const handle = useExperiment<ThreatGameParams, null, ThreatGameResult>({
    cellId: 'shields',
    experimentId: 'threat-game',
    mode: 'reactive',
    params: { rounds: values.rounds },
  });
  const { result } = handle;
  const open = rounds.indexOf(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const row = chosen ?? (open < 0 ? THREATS.length : open);
  const [draft, setDraft] = useState<readonly ControlId[]>([]);
  const heading = useRef<HTMLHeadingElement>(null);
  const follow = useRef(false);
  const name = useId();
  const threat = THREATS[row];
  const worn = rounds[row] ?? null;
  const done = open < 0;

  // Whoever went on to another round is taken to its heading.
  // biome-ignore lint/correctness/useExhaustiveDependencies: for every new round
  useEffect(() => {
    if (follow.current) heading.current?.focus();
    follow.current = false;
  }, [row]);

  function goTo(next: number) {
    follow.current = true;
    setDraft([]);
    setChosen(next);
  }

  function play(shields: readonly ControlId[] | null) {
    // Stays with this round until the learner goes on.
    setChosen(row);
    if (shields === null) setDraft(worn ?? []);
    set('rounds', writeRounds(rounds.with(row, shields)));
  }

  return (
    <Cell
      intro="Nine attacks, five shields. Put on those that answer the attack, as few as you need, and let it come."
      handle={handle}
      resetSettings={() => {
        resetAll();
        setDraft([]);
        setChosen(null);
      }}
      stage={
        <>
          <ol className="flex flex-wrap gap-1" aria-label="Attacks">
            {THREATS.map(({ id, name: title }, at) => {
              const played = rounds[at] ?? null;
              const state = played === null ? 'to come' : outcomeOf(THREATS[at]!, played);
              return (
                <li key={id}>
                  <button
                    type="button"
                    aria-current={at === row ? 'step' : undefined}
                    aria-label={`Attack ${at + 1}: ${title}, ${state}`}
                    onClick={() => goTo(at)}
                    className={`min-h-9 min-w-9 rounded-control border px-2 text-sm tabular-nums hover:border-text ${
                      at === row ? 'border-2 border-accent font-semibold' : 'border-line-strong'
                    }`}
                  >
                    {at + 1}
                    <span aria-hidden="true">
                      {' '}
                      {played === null ? '' : SIGNS[outcomeOf(THREATS[at]!, played)]}
                    </span>
                  </button>
                </li>
              );
            })}
            {done ? (
              <li>
                <Button
                  small
                  look={row === THREATS.length ? 'primary' : 'secondary'}
                  onClick={() => goTo(THREATS.length)}
                >
                  Poster
                </Button>
              </li>
            ) : null}
          </ol>
          <p className="text-sm text-secondary" data-score>
            {result === null || result.played === 0
              ? `${THREATS.length} attacks to come.`
              : `${result.won} of ${result.played} well chosen; ${result.of - result.played} to come.`}
          </p>
          {threat === undefined ? (
            <>
              <h3 ref={heading} tabIndex={-1} className="font-semibold">
                All nine attacks have come
              </h3>
              <MatrixPoster rounds={rounds} />
            </>
          ) : (
            <>
              <h3
                ref={heading}
                tabIndex={-1}
                className="text-lg font-semibold leading-snug"
                data-threat={threat.id}
              >
                <span className="block text-sm font-normal text-secondary">
                  Attack {row + 1} of {THREATS.length}
                </span>
                {threat.name}
              </h3>
              <fieldset className="min-w-0" disabled={worn !== null}>
                <legend className="mb-1 text-sm font-medium">Shields to put on</legend>
                <div className="grid gap-1.5 @lg:grid-cols-2">
                  {CONTROLS.map(({ id, name: title, text }) => {
                    const on = (worn ?? draft).includes(id);
                    return (
                      <label
                        key={id}
                        className={`flex items-start gap-3 rounded-control border px-3 py-2 text-sm ${
                          on ? 'border-accent' : 'border-line'
                        } ${worn === null ? 'hover:border-text' : ''}`}
                      >
                        <input
                          type="checkbox"
                          name={`${name}-${id}`}
                          checked={on}
                          onChange={() =>
                            setDraft(on ? draft.filter((other) => other !== id) : [...draft, id])
                          }
                          className="mt-1 h-4 w-4 shrink-0 accent-(--accent)"
                        />
                        <span>
                          <span className="font-semibold">{title}</span>{' '}
                          <span className="text-secondary">{text}</span>
                        </span>
                      </label>
                    );
                  })}
                </div>
              </fieldset>
              <div className="flex flex-wrap gap-2">
                {worn === null ? (
                  <Button look="primary" onClick={() => play(draft)}>
                    Let the attack come
                  </Button>
                ) : (
                  <>
                    <Button
                      look="primary"
                      onClick={() =>
                        goTo(
                          done
                            ? THREATS.length
                            : rounds.indexOf(null, row) < 0
                              ? open
                              : rounds.indexOf(null, row),
                        )
                      }
                    >
                      {done ? 'See the poster' : 'Next attack'}
                    </Button>
                    <Button onClick={() => play(null)}>Try other shields</Button>
                  </>
                )}
              </div>
              <p
                role="status"
                className="font-semibold empty:hidden"
                data-outcome={worn ? outcomeOf(threat, worn) : ''}
              >
                {worn === null ? '' : verdict(threat, worn)}
              </p>
            </>
          )}
        </>
      }
    >
      {threat === undefined || worn === null ? null : (
        <div className="grid gap-3">
          <Lane threat={threat} worn={worn} />
          <Reasons row={row} controls={worn} />
          <details className="rounded-control border border-line px-3 py-2">
            <summary className="font-medium">
              {worn.length === 0
                ? 'What each shield would have done'
                : 'What the other shields would have done'}
            </summary>
            <div className="mt-3 grid gap-3">
              <Reasons row={row} controls={CONTROLS.map(({ id }) => id).filter((id) => !worn.includes(id))} />
            </div>
          </details>
        </div>
      )}
    </Cell>
  );
}
