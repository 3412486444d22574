'use client';

import { useEffect, useId, useState } from 'react';
import { useTickOff } from '@/components/notebook/notebook-provider';
import { emitGrade, questionPart } from '@/lib/gradebook/events';
import { answerGiven } from '@/lib/gradebook/resume';
import { questionKey } from '@/lib/notebook/progress';

const FRAME = 'in-text not-prose max-w-[68ch] rounded-cell border border-line bg-surface';

export interface QuestionOption {
  label: string;
  reason: string;
  correct?: boolean;
}

/** The answers, and why the chosen one is right or not. */
function Answers({
  options,
  chosen,
  onChoose,
}: {
  options: QuestionOption[];
  chosen: number | null;
  onChoose(at: number): void;
}) {
  const name = useId();
  const answer = chosen === null ? null : options[chosen];
  return (
    <>
      <div className="clear-both flex flex-col gap-1">
        {options.map((option, index) => (
          <label
            key={option.label}
            className="flex min-h-9 items-start gap-3 rounded-control px-2 py-1 hover:bg-ground"
          >
            <input
              type="radio"
              name={name}
              checked={chosen === index}
              onChange={() => onChoose(index)}
              className="mt-1 h-4 w-4 accent-(--accent)"
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <div aria-live="polite">
        {answer ? (
          <p className="mt-3 border-t border-line pt-3">
            <strong>{answer.correct ? 'Yes. ' : 'Not quite. '}</strong>
            {answer.reason}
          </p>
        ) : null}
      </div>
    </>
  );
}

export interface QuestionFormProps {
  prompt: string;
  options: QuestionOption[];
  /** Above a lesson's first figure: asked in one line, with its answers behind it, so that the figure is on the first screen. */
  folded?: boolean;
}

export function QuestionForm({ prompt, options, folded = false }: QuestionFormProps) {
  const tickOff = useTickOff();
  const [chosen, setChosen] = useState<number | null>(null);

  // Around the page there may be a gradebook that kept what was answered.
  useEffect(() => {
    const given = answerGiven(questionPart(prompt).id);
    if (given !== null && given < options.length) setChosen(given);
  }, [prompt, options.length]);

  function choose(at: number) {
    const { label, correct } = options[at]!;
    setChosen(at);
    tickOff({ kind: 'question', id: questionKey(prompt) });
    emitGrade({
      ...questionPart(prompt),
      type: 'answered',
      score: correct ? 1 : 0,
      answer: { at, text: label },
    });
  }
  const answers = <Answers options={options} chosen={chosen} onChoose={choose} />;
  if (!folded)
    return (
      <fieldset className={`${FRAME} my-6 px-5 py-4`}>
        <legend className="float-left mb-2 w-full font-semibold">{prompt}</legend>
        {answers}
      </fieldset>
    );
  return (
    <details className={`${FRAME} question-fold my-4`} open={chosen !== null}>
      <summary className="flex gap-3 px-4 py-2.5">
        <span>
          <span className="text-secondary">Guess first: </span>
          <strong className="font-semibold">{prompt}</strong>
        </span>
      </summary>
      <fieldset className="px-5 pb-4">
        <legend className="sr-only">{prompt}</legend>
        {answers}
      </fieldset>
    </details>
  );
}
