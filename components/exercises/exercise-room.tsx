'use client';

import { QuietLink } from '@/components/site/quiet-link';
import { EXERCISE_IDS, type ExerciseId } from '@/lib/exercises/names';
import { keepCode, useAttempts } from './attempts-store';
import { ExerciseBench } from './exercise-bench';
import { AttemptState } from './exercise-list';
import { EXERCISE_FACTS } from './facts';
import type { ExerciseTexts } from './programs';

/** An exercise on its own page: what was typed is kept in this browser. */
export function ExerciseRoom({ id, ...texts }: { id: ExerciseId } & ExerciseTexts) {
  const attempt = useAttempts()[id];
  const next = EXERCISE_IDS[EXERCISE_IDS.indexOf(id) + 1];
  return (
    <ExerciseBench
      {...{ id, ...texts }}
      code={attempt?.code ?? texts.starter}
      onCode={(code) => keepCode(id, code)}
      state={<AttemptState id={id} />}
      passed={attempt?.passed === true}
    >
      {next ? (
        <p>
          <QuietLink
            href={`/exercises/${next}/`}
            className="text-accent underline underline-offset-2"
          >{`Next: ${EXERCISE_FACTS[next].title}`}</QuietLink>
        </p>
      ) : null}
    </ExerciseBench>
  );
}
