'use client';

import { useEffect, useRef, useState } from 'react';
import { useWidth } from '@/components/charts/use-width';
import { TurnedExample } from '@/components/label/turned-example';
import { Cell } from '@/components/notebook/cell';
import { Facts } from '@/components/notebook/facts';
import { ParameterPanel } from '@/components/notebook/parameter-controls';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { count, percent, short } from '@/components/ui/format';
import { bestGuess, oddsBound } from '@/lib/privacy/two-worlds';
import { SecureRandom } from '@/lib/random';
import type { TwoWorldsParams, TwoWorldsResult } from '../experiments/two-worlds';
import { promiseEvents } from '../released';
import { COUNT, Drawing, HEIGHT } from './drawing';
import { guessParameters } from './parameters';
import { Guess, type Round, type Score } from './round';
import { useFall } from './use-fall';

const DRAWS = 100;
/** Which mechanism the game is about: the smallest example of the promise. */
const LAPLACE = { mechanism: 'laplace', delta: 1e-5, draws: DRAWS } as const;
/** From here on the bound is written as a whole number. */
const MANY = 100;

/** A secret coin, one noisy count, and a reader who guesses: nothing is told before the guess. */
export function GuessCell() {
  const { values, set, panel, resetAll } = useParameters(guessParameters);
  const { promiseEpsilon: epsilon, promiseSeed: seed } = values;
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box) ?? 640;
  const [round, setRound] = useState<Round | null>(null);
  const [score, setScore] = useState<Score>({ right: 0, of: 0 });
  const handle = useExperiment<TwoWorldsParams, null, TwoWorldsResult>({
    cellId: 'guess',
    experimentId: 'two-worlds',
    mode: 'reactive',
    params: { ...LAPLACE, epsilon, seed },
  });
  const { result, ranWith } = handle;
  const lying = useFall(result ? DRAWS : 0, String(ranWith?.seed));

  // Another ε, another game.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    setRound(null);
    setScore({ right: 0, of: 0 });
  }, [epsilon]);

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
  const right = bestGuess(epsilon);
  const summary = `Two pointed curves of the noisy answers with and without you. At ε ${epsilon} any answer is at most ${short(bound)} times likelier in one world than in the other. ${lying} answers are drawn in each.`;
  return (
    <Cell
      intro="How many people said yes? The count is published with Laplace noise. A coin decides in secret whether somebody takes part. You see one answer, and guess."
      handle={handle}
      resetSettings={resetAll}
      controls={
        <>
          <ParameterPanel {...panel} only={['promiseEpsilon', 'promiseSeed']} />
          <TurnedExample
            events={promiseEvents('laplace', { epsilon, delta: 0 })}
            epsilon={epsilon}
            data="A made-up count of people"
            seeded
            byRisk={{
              release: 'laplace',
              parameter: guessParameters.declarations.promiseEpsilon,
              onEpsilon: (found) => set('promiseEpsilon', found),
            }}
          />
        </>
      }
      stage={
        <>
          <div ref={box} role="img" aria-label={summary} style={{ height: HEIGHT }}>
            <Drawing
              width={width}
              epsilon={epsilon}
              answers={{
                with: result?.with.slice(0, lying) ?? [],
                without: result?.without.slice(0, lying) ?? [],
              }}
              published={round && { answer: round.answer, guessed: round.guess !== null }}
            />
          </div>
          <Guess epsilon={epsilon} round={round} score={score} publish={publish} guess={guess} />
        </>
      }
    >
      <Facts
        columns="1 or 3"
        facts={[
          {
            name: 'The odds shift at most',
            value: `× ${bound < MANY ? bound.toFixed(2) : count(Math.round(bound))}`,
            note: 'e to the ε',
          },
          {
            name: 'The best guesser is right',
            value: percent(right, right > 0.98 ? 1 : 0),
            note: 'in the long run; a coin: 50 %',
          },
          { name: 'The answer is off', value: `± ${short(1 / epsilon, 2)}`, note: 'on average' },
        ]}
      />
      <p className="text-sm text-secondary">
        The {DRAWS} answers a world under the curves come from the seed. What is published for you to guess
        has fresh noise that nobody can know.
      </p>
    </Cell>
  );
}
