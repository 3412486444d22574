'use client';

import { useRef } from 'react';
import { Figure } from '@/components/charts/figure';
import { useWidth } from '@/components/charts/use-width';
import { Button } from '@/components/ui/button';
import { Scrollable } from '@/components/ui/scrollable';
import { isWon, outcomeOf, type Rounds } from '../game';
import { CONTROLS, THREATS } from '../threats';
import { EFFECT } from './lane';

const LEAST_WIDTH = 620;
const NAMES = 230;
const HEAD = 44;
const ROW = 44;
const LETTER = 6.6;

/** A name in lines that fit. */
function wrapped(name: string, width: number): string[] {
  const most = Math.floor(width / LETTER);
  const lines: string[] = [];
  for (const word of name.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function Lines({
  text,
  x,
  y,
  width,
  bold = false,
}: {
  text: string;
  x: number;
  y: number;
  width: number;
  bold?: boolean;
}) {
  const lines = wrapped(text, width);
  return (
    <text x={x} y={y - (lines.length - 1) * 7} fontSize={12} fontWeight={bold ? 600 : 400} fill="var(--text)">
      {lines.map((line, at) => (
        <tspan key={line} x={x} dy={at === 0 ? '0.32em' : 14}>
          {line}
        </tspan>
      ))}
    </text>
  );
}

/** Prints the poster alone: the rule for it stands in the style sheet. */
function print() {
  document.documentElement.dataset.poster = 'yes';
  addEventListener(
    'afterprint',
    () => {
      delete document.documentElement.dataset.poster;
    },
    { once: true },
  );
  window.print();
}

/** The whole table at the end of the game: what each shield does to each attack, and what the learner put on. */
export function MatrixPoster({ rounds }: { rounds: Rounds }) {
  const frame = useRef<HTMLDivElement>(null);
  const width = Math.max(LEAST_WIDTH, useWidth(frame) ?? LEAST_WIDTH);
  const height = HEAD + THREATS.length * ROW + 4;
  const column = (width - NAMES) / CONTROLS.length;
  const won = rounds.filter((worn, i) => worn !== null && isWon(THREATS[i]!, worn)).length;
  return (
    <div className="poster grid gap-2" data-matrix-poster>
      <Figure
        title="Which protection for which threat"
        summary={`${won} of ${THREATS.length} attacks answered as well as can be, with no shield in vain. The table has every verdict.`}
        caption="One control by itself, rightly used. ■ stops the attack, ◧ holds it back, □ lets it through. A ring is around what you put on."
        legend={[]}
        xTitle=""
        yTitle=""
        table={() => ({
          columns: ['attack', ...CONTROLS.map(({ name }) => name), 'you put on', 'the attack'],
          rows: THREATS.map((threat, i) => [
            threat.name,
            ...CONTROLS.map(({ id }) => EFFECT[threat.judgements[id].verdict].words),
            CONTROLS.filter(({ id }) => rounds[i]?.includes(id))
              .map(({ name }) => name)
              .join(', ') || '–',
            rounds[i] ? outcomeOf(threat, rounds[i]) : '–',
          ]),
        })}
      >
        <div ref={frame}>
          <Scrollable label="The filled table">
            <svg width={width} height={height} aria-hidden="true">
              {CONTROLS.map(({ id, name }, at) => (
                <Lines
                  key={id}
                  text={name}
                  x={NAMES + at * column + 4}
                  y={HEAD / 2}
                  width={column - 8}
                  bold
                />
              ))}
              {THREATS.map((threat, row) => {
                const middle = HEAD + row * ROW + ROW / 2;
                return (
                  <g key={threat.id}>
                    <line
                      x1={0}
                      x2={width}
                      y1={HEAD + row * ROW}
                      y2={HEAD + row * ROW}
                      stroke="var(--line)"
                    />
                    <Lines text={threat.name} x={0} y={middle} width={NAMES - 12} />
                    {CONTROLS.map(({ id }, at) => {
                      const x = NAMES + at * column + 18;
                      const { verdict } = threat.judgements[id];
                      return (
                        <g key={id}>
                          {rounds[row]?.includes(id) ? (
                            <circle
                              cx={x}
                              cy={middle}
                              r={15}
                              fill="none"
                              stroke="var(--accent)"
                              strokeWidth={2}
                            />
                          ) : null}
                          <rect
                            x={x - 8}
                            y={middle - 8}
                            width={16}
                            height={16}
                            fill={verdict === 'yes' ? 'var(--private)' : 'none'}
                            stroke={verdict === 'no' ? 'var(--line-strong)' : 'var(--private)'}
                            strokeWidth={1.5}
                          />
                          {verdict === 'partly' ? (
                            <rect x={x - 8} y={middle - 8} width={8} height={16} fill="var(--private)" />
                          ) : null}
                        </g>
                      );
                    })}
                  </g>
                );
              })}
            </svg>
          </Scrollable>
        </div>
      </Figure>
      <div className="no-print">
        <Button small onClick={print}>
          Print the poster
        </Button>
      </div>
    </div>
  );
}
