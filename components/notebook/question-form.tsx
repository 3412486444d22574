'use client';

import { useEffect, useId, useState } from 'react';
import { useTickOff } from '@/components/notebook/notebook-provider';
import { emitGrade, questionPart } from '@/lib/gradebook/events';
import { answerGiven } from '@/lib/gradebook/resume';
import { questionKey } from '@/lib/notebook/progress';

export interface QuestionOption {
  label: string;
  reason: string;
  correct?: boolean;
}

export function QuestionForm({ prompt, options }: { prompt: string; options: QuestionOption[] }) {
  const name = useId();
  const tickOff = useTickOff();
  const [chosen, setChosen] = useState<number | null>(null);
  const answer = chosen === null ? null : options[chosen];

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
  return (
    <fieldset className="in-text not-prose my-6 max-w-[68ch] rounded-cell border border-line bg-surface px-5 py-4">
      <legend className="float-left mb-2 w-full font-semibold">{prompt}</legend>
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
              onChange={() => choose(index)}
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
    </fieldset>
  );
}
