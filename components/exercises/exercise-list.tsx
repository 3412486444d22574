'use client';

import { QuietLink } from '@/components/site/quiet-link';
import { Button } from '@/components/ui/button';
import { EXERCISE_IDS, type ExerciseId } from '@/lib/exercises/names';
import { forgetAttempts, useAttempts } from './attempts-store';
import { EXERCISE_FACTS } from './facts';

/** How far it is, in words. */
export function AttemptState({ id }: { id: ExerciseId }) {
  const attempt = useAttempts()[id];
  const words = attempt?.passed
    ? '✓ Passed'
    : attempt && attempt.score !== null
      ? `${Math.round(100 * attempt.score)} % of the checks`
      : attempt && attempt.code !== null
        ? 'Begun'
        : 'Not begun';
  return (
    <span
      data-attempt={id}
      data-passed={attempt?.passed === true}
      className={attempt?.passed ? 'font-medium text-accent' : 'text-secondary'}
    >
      {words}
    </span>
  );
}

/** All exercises in order, each with what was reached in this browser. */
export function ExerciseList() {
  const attempts = useAttempts();
  const passed = EXERCISE_IDS.filter((id) => attempts[id]?.passed).length;
  return (
    <>
      <p className="mb-4 tabular-nums text-secondary" role="status">
        {passed} of {EXERCISE_IDS.length} passed in this browser.
      </p>
      <ol className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
        {EXERCISE_IDS.map((id, index) => (
          <li
            key={id}
            className="relative rounded-cell border border-line bg-surface p-5 hover:border-line-strong"
          >
            <p className="flex justify-between gap-3 text-sm tabular-nums">
              <span className="font-medium text-accent">Exercise {index + 1}</span>
              <AttemptState id={id} />
            </p>
            <h3 className="mt-1 text-lg font-semibold leading-snug">
              <QuietLink
                href={`/exercises/${id}/`}
                className="after:absolute after:inset-0 after:rounded-cell hover:underline"
              >
                {EXERCISE_FACTS[id].title}
              </QuietLink>
            </h3>
            <p className="mt-1 text-secondary">{EXERCISE_FACTS[id].summary}</p>
          </li>
        ))}
      </ol>
      {Object.keys(attempts).length > 0 ? (
        <p className="mt-6">
          <Button
            small
            look="quiet"
            onClick={() => {
              if (confirm('Forget your code and what you passed, in this browser?')) forgetAttempts();
            }}
          >
            Forget my exercises
          </Button>
        </p>
      ) : null}
    </>
  );
}
