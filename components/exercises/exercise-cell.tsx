'use client';

/** An exercise in a notebook or a frame. Its code is a setting there; each grading is a run, with a row in the table of runs. */
import { type ComponentType, useEffect, useState } from 'react';
import { useNotebook } from '@/components/notebook/notebook-provider';
import { useParameters } from '@/components/notebook/use-parameters';
import { Button } from '@/components/ui/button';
import type { ExerciseId, Grade } from '@/lib/exercises/attempts';
import { EXERCISE_IDS } from '@/lib/exercises/names';
import { IDLE, type RunSnapshot, SITE_VERSION } from '@/lib/runtime';
import { basePath } from '@/lib/runtime/assets';
import { useAttempts } from './attempts-store';
import { ExerciseBench } from './exercise-bench';
import { EXERCISE_FACTS } from './facts';
import { exerciseParameters } from './parameters';
import type { ExerciseTexts } from './programs';

type AllTexts = Record<string, ExerciseTexts>;

let loading: Promise<AllTexts> | null = null;

/** All at once: they are small, and a notebook may have several. */
function textsOfAll(): Promise<AllTexts> {
  loading ??= fetch(`${basePath()}/lab/exercises.json`)
    .then((response) => {
      if (!response.ok) throw new Error(`The server answered ${response.status}.`);
      return response.json() as Promise<AllTexts>;
    })
    .catch((error) => {
      loading = null;
      throw error;
    });
  return loading;
}

/** A grading as a run that is over. */
function runOf(grade: Grade, seconds: number): RunSnapshot {
  return {
    ...IDLE,
    state: 'done',
    result: grade,
    ranWith: {},
    provenance: {
      ...{ origin: 'live', backend: null, adapter: null, softwareGpu: false, noise: 'none', seed: null },
      ...{ accountant: null, epsilon: null, delta: null, dataset: 'inputs drawn for this grading' },
      finishedAt: new Date().toISOString(),
      seconds,
      version: SITE_VERSION,
    },
  };
}

function Loaded({ id, texts }: { id: ExerciseId; texts: ExerciseTexts }) {
  const { runEnded } = useNotebook();
  const { values, set } = useParameters(exerciseParameters);
  const attempt = useAttempts()[id];
  const [last, setLast] = useState<Grade | null>(null);
  return (
    <ExerciseBench
      {...{ id, ...texts }}
      code={values.exerciseCode === '' ? texts.starter : values.exerciseCode}
      onCode={(code) => set('exerciseCode', code ?? '')}
      state={
        <span className="text-secondary" data-passed={last?.passed === true}>
          {last === null
            ? 'Not graded here yet'
            : last.passed
              ? '✓ Passed'
              : `${Math.round(100 * last.score)} % of the checks`}
        </span>
      }
      passed={attempt?.passed === true}
      onGraded={(grade, seconds) => {
        setLast(grade);
        runEnded({
          ...{ cellId: id, title: `Exercise: ${EXERCISE_FACTS[id].title}`, follows: false },
          ...{ settings: [], every: [] },
          snapshot: runOf(grade, seconds),
        });
      }}
    />
  );
}

function Exercise({ id }: { id: ExerciseId }) {
  const { elementId, frozen } = useNotebook();
  const place = elementId(id);
  const [texts, setTexts] = useState<ExerciseTexts | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [tries, setTries] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: tried again with each press
  useEffect(() => {
    let here = true;
    setProblem(null);
    textsOfAll().then(
      (all) => here && setTexts(all[id] ?? null),
      (error: Error) => here && setProblem(error.message),
    );
    return () => {
      here = false;
    };
  }, [id, tries]);
  return (
    <section
      id={place}
      data-cell={place}
      data-state="idle"
      aria-labelledby={`${place}-title`}
      className="not-prose my-8 grid scroll-mt-20 gap-3 rounded-cell border border-line bg-surface p-4 shadow-(--shadow)"
    >
      <h2 id={`${place}-title`} className="text-lg font-semibold leading-tight">
        Exercise: {EXERCISE_FACTS[id].title}
      </h2>
      {frozen ? (
        <p className="text-secondary">{EXERCISE_FACTS[id].summary}</p>
      ) : texts ? (
        <Loaded {...{ id, texts }} />
      ) : problem === null ? (
        <p className="text-secondary">Loading …</p>
      ) : (
        <p role="alert">
          The exercise could not be loaded: {problem}{' '}
          <Button small onClick={() => setTries(tries + 1)}>
            Try again
          </Button>
        </p>
      )}
    </section>
  );
}

/** One component an exercise, the same one each time: its first argument is given already. */
const CELLS: Readonly<Record<string, ComponentType>> = Object.fromEntries(
  EXERCISE_IDS.map((id) => [id, Exercise.bind(null, { id })]),
);

export const exerciseCell = (id: ExerciseId): ComponentType => CELLS[id]!;
