'use client';

import { useId } from 'react';
import { Cell } from '@/components/notebook/cell';
import { useExperiment } from '@/components/notebook/use-experiment';
import { useParameters } from '@/components/notebook/use-parameters';
import { readChoices, SCENARIOS, writeChoices } from '../cases';
import type { ScenariosParams, ScenariosResult } from '../experiments/scenarios';
import { quizParameters } from './parameters';

/** Cases to decide, with a reason for every option. */
export function QuizCell() {
  const { values, set, resetAll } = useParameters(quizParameters);
  const choices = readChoices(values.choices);
  const begun = choices.some((choice) => choice !== null);
  const name = useId();
  const handle = useExperiment<ScenariosParams, null, ScenariosResult>({
    cellId: 'quiz',
    experimentId: 'scenarios',
    mode: 'reactive',
    // Before the first decision nothing is done.
    enabled: begun,
    params: { answers: values.choices },
  });
  const { result } = handle;
  return (
    <Cell
      intro="Eight cases. Choose what answers the threat in each; every option says why, or why not."
      handle={handle}
      resetSettings={resetAll}
      stage={
        <p aria-live="polite" data-score>
          {!begun
            ? `None of ${SCENARIOS.length} decided yet.`
            : result === null
              ? 'Counting …'
              : `${result.score} of ${result.answered} as we would; ${result.of - result.answered} to go.`}
        </p>
      }
    >
      <ol className="grid gap-5">
        {SCENARIOS.map(({ id, title, text, options }, at) => {
          const chosen = choices[at] ?? null;
          const option = chosen === null ? null : options[chosen]!;
          return (
            <li key={id}>
              <fieldset className="min-w-0">
                <legend className="font-semibold">
                  {at + 1}. {title}
                </legend>
                <p className="mb-1 max-w-[68ch]">{text}</p>
                {options.map(({ label }, index) => (
                  <label
                    key={label}
                    className="flex min-h-9 max-w-[68ch] items-start gap-3 rounded-control px-2 py-1 hover:bg-ground"
                  >
                    <input
                      type="radio"
                      name={`${name}-${id}`}
                      checked={chosen === index}
                      onChange={() => set('choices', writeChoices(choices.with(at, index)))}
                      className="mt-1 h-4 w-4 shrink-0 accent-(--accent)"
                    />
                    <span>{label}</span>
                  </label>
                ))}
                <div aria-live="polite">
                  {option === null ? null : (
                    <p className="mt-1 max-w-[68ch] border-l-2 border-line-strong pl-3" data-reason={id}>
                      <strong>{option.correct ? 'Yes. ' : 'Not quite. '}</strong>
                      {option.reason}
                    </p>
                  )}
                </div>
              </fieldset>
            </li>
          );
        })}
      </ol>
    </Cell>
  );
}
