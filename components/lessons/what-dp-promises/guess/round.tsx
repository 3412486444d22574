'use client';

import { Button } from '@/components/ui/button';
import { count, fixed } from '@/components/ui/format';
import { bestGuess, likelihoodRatio } from '@/lib/privacy/two-worlds';
import { COUNT } from './drawing';

export interface Round {
  answer: number;
  present: boolean;
  /** Null until the reader has guessed. */
  guess: boolean | null;
}

export interface Score {
  right: number;
  of: number;
}

export interface GuessProps {
  epsilon: number;
  round: Round | null;
  score: Score;
  publish(): void;
  guess(present: boolean): void;
}

const times = (ratio: number) => count(Number((ratio >= 1 ? ratio : 1 / ratio).toFixed(2)));

/** One answer is published, and the reader plays the one who wants to know who took part. */
export function Guess({ epsilon, round, score, publish, guess }: GuessProps) {
  const open = round !== null && round.guess === null;
  return (
    <div className="rounded-control border border-line px-4 py-3" data-guess>
      <div className="flex flex-wrap items-center gap-2">
        <p className="mr-auto font-medium">Can you tell from one answer?</p>
        {open ? (
          <>
            <Button small onClick={() => guess(true)}>
              They took part
            </Button>
            <Button small onClick={() => guess(false)}>
              They did not
            </Button>
          </>
        ) : (
          <Button small onClick={publish}>
            {round ? 'Publish another' : 'Publish an answer'}
          </Button>
        )}
      </div>
      <p className="mt-1 min-h-12 text-sm text-secondary" aria-live="polite">
        <Told epsilon={epsilon} round={round} />
        {score.of > 0
          ? ` You guessed ${score.right} of ${score.of} right; in the long run nobody beats ${Math.round(100 * bestGuess(epsilon))} in 100 here.`
          : ''}
      </p>
    </div>
  );
}

function Told({ epsilon, round }: { epsilon: number; round: Round | null }) {
  if (!round)
    return (
      <>A coin decides in secret whether somebody takes part. One noisy count is published. You guess.</>
    );
  if (round.guess === null) return <>{fixed(round.answer, 1)} is published. Did they take part?</>;
  const ratio = likelihoodRatio(round.answer, COUNT, epsilon);
  const likelier = `${fixed(round.answer, 1)} is ${times(ratio)} times likelier ${ratio >= 1 ? 'with' : 'without'} them.`;
  return (
    <>
      {round.guess === round.present ? 'Right' : 'Wrong'}: they {round.present ? 'took' : 'did not take'}{' '}
      part. {likelier}
    </>
  );
}
