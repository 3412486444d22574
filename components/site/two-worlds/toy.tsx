'use client';

import { useEffect, useId, useRef, useState } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { Button } from '@/components/ui/button';
import { bestGuess, oddsBound } from '@/lib/privacy/two-worlds';
import { SecureRandom } from '@/lib/random';
import { COUNT, Drawing, HEIGHT } from './drawing';
import { Guess, type Round, type Score } from './guess';

const EPSILON = { min: 0.1, max: 8, start: 1 };
const POSITIONS = 200;
const DRAWS = 100;
/** That many answers appear at once: to draw each alone keeps a phone too busy to scroll. */
const HANDFUL = 4;
/** Milliseconds in which the answers appear: long enough to see them fall, short enough not to need a pause button. */
const FILL = 3500;

const toEpsilon = (position: number) =>
  Number((EPSILON.min * (EPSILON.max / EPSILON.min) ** (position / POSITIONS)).toPrecision(2));
const toPosition = (epsilon: number) =>
  Math.round((Math.log(epsilon / EPSILON.min) / Math.log(EPSILON.max / EPSILON.min)) * POSITIONS);

type Noise = readonly [readonly number[], readonly number[]];
const NOTHING: Noise = [[], []];

function drawNoise(): Noise {
  const random = new SecureRandom();
  const draw = () => Array.from({ length: DRAWS }, () => random.laplace(1));
  return [draw(), draw()];
}

/** Lets the answers fall a few at a time, unless the reader wants no motion. */
function useFill(noise: Noise): Noise {
  const [shown, setShown] = useState(0);
  useEffect(() => {
    if (noise === NOTHING) return;
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setShown(DRAWS);
      return;
    }
    const start = performance.now();
    let frame = requestAnimationFrame(function step(now) {
      const share = Math.min(1, Math.max(0, (now - start) / FILL));
      setShown(share < 1 ? HANDFUL * Math.floor((share * DRAWS) / HANDFUL) : DRAWS);
      if (share < 1) frame = requestAnimationFrame(step);
    });
    return () => cancelAnimationFrame(frame);
  }, [noise]);
  return [noise[0].slice(0, shown), noise[1].slice(0, shown)];
}

function strength(epsilon: number): string {
  if (epsilon < 0.5) return 'strong';
  if (epsilon <= 2) return 'moderate';
  if (epsilon <= 5) return 'weak';
  return 'very weak';
}

function Reading({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <div className="row-span-3 grid min-w-0 grid-rows-subgrid gap-y-0.5">
      <dt className="self-end text-sm leading-snug text-secondary">{name}</dt>
      <dd className="text-[1.44rem] font-semibold leading-tight tracking-tight tabular-nums">{value}</dd>
      <dd className="text-sm leading-snug text-secondary">{note}</dd>
    </div>
  );
}

/** The promise in the hand: move ε, and watch how far one person can be told from the answers. */
export function TwoWorlds() {
  const sliderId = useId();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) ?? 640;
  const [epsilon, setEpsilon] = useState(EPSILON.start);
  const [noise, setNoise] = useState<Noise>(NOTHING);
  const [round, setRound] = useState<Round | null>(null);
  const [score, setScore] = useState<Score>({ right: 0, of: 0 });
  const shown = useFill(noise);

  // Not while rendering: the server draws nothing.
  useEffect(() => setNoise(drawNoise()), []);

  function move(position: number) {
    setEpsilon(toEpsilon(position));
    // Another ε, another game.
    setRound(null);
    setScore({ right: 0, of: 0 });
  }

  function publish() {
    const random = new SecureRandom();
    const present = random.bernoulli(0.5);
    setRound({ answer: COUNT + (present ? 1 : 0) + random.laplace(1 / epsilon), present, guess: null });
  }

  function guess(present: boolean) {
    if (!round || round.guess !== null) return;
    setRound({ ...round, guess: present });
    setScore({ right: score.right + Number(present === round.present), of: score.of + 1 });
  }

  const bound = oddsBound(epsilon);
  const position = toPosition(epsilon);
  const right = bestGuess(epsilon);
  const summary = `Two bell-like curves of the noisy answers with and without you. At epsilon ${epsilon} any answer is at most ${bound.toFixed(2)} times likelier in one world than in the other. ${shown[0].length} answers are drawn in each.`;

  return (
    <section
      aria-labelledby={`${sliderId}-title`}
      className="rounded-cell border border-line bg-surface shadow-(--shadow)"
      data-two-worlds
    >
      <div className="px-4 pt-4 sm:px-5">
        <h2 id={`${sliderId}-title`} className="text-lg font-semibold leading-snug">
          How many people said yes? One answer, two worlds
        </h2>
        <p className="mt-1 text-sm text-secondary">
          The count is published with random noise. Could anybody tell whether <em>you</em> are in it?
        </p>
        <div className="mt-4 grid grid-cols-[auto_1fr_auto] items-center gap-x-3">
          <label htmlFor={sliderId} className="font-medium">
            Privacy ε
          </label>
          <input
            id={sliderId}
            type="range"
            className="slider"
            style={{ '--fill': `${(100 * position) / POSITIONS}%` } as React.CSSProperties}
            min={0}
            max={POSITIONS}
            step={1}
            value={position}
            aria-valuetext={`epsilon ${epsilon}, ${strength(epsilon)} privacy`}
            onChange={(event) => move(Number(event.target.value))}
          />
          <output htmlFor={sliderId} className="w-12 text-right text-lg font-semibold tabular-nums">
            {epsilon}
          </output>
          <span />
          <span aria-hidden="true" className="flex justify-between text-xs text-secondary">
            <span>more private</span>
            <span>more exact</span>
          </span>
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-3 gap-x-3 px-4 sm:gap-x-4 sm:px-5">
        <Reading
          name="The odds shift at most"
          value={`× ${bound < 100 ? bound.toFixed(2) : Math.round(bound).toLocaleString('en')}`}
          note="e to the ε"
        />
        <Reading
          name="The best guesser is right"
          value={`${(100 * right).toFixed(right > 0.98 ? 1 : 0)} %`}
          note="a coin: 50 %"
        />
        <Reading
          name="The answer is off"
          value={`± ${Number((1 / epsilon).toPrecision(2))}`}
          note="on average"
        />
      </dl>
      <div className="mt-3 px-2 sm:px-3">
        <div ref={box} role="img" aria-label={summary} style={{ height: HEIGHT }}>
          <Drawing width={width} epsilon={epsilon} noise={shown} answer={round ? round.answer : null} />
        </div>
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 px-4 pb-3 sm:px-5">
        <p className="text-sm text-secondary">{DRAWS} answers a world, drawn afresh in your browser.</p>
        <Button small look="quiet" className="-mx-2.5" onClick={() => setNoise(drawNoise())}>
          Draw again
        </Button>
      </div>
      <Guess epsilon={epsilon} round={round} score={score} publish={publish} guess={guess} />
    </section>
  );
}
