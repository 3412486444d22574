'use client';

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { plural } from '@/components/ui/format';
import { forgetProgress, useProgress } from './progress-store';

/** On a lesson's card: what was done there in this browser. Nothing for a lesson that was never opened. */
export function ProgressTicks({ slug }: { slug: string }) {
  const progress = useProgress();
  const done = Object.hasOwn(progress, slug) ? progress[slug]! : null;
  if (done === null) return null;
  const { questions, cells } = done;
  const ticks = [
    'opened',
    questions.length > 0 ? `${plural(questions.length, 'question')} answered` : null,
    cells.length > 0 ? `${plural(cells.length, 'cell')} run` : null,
  ].filter((tick) => tick !== null);
  return (
    <ul
      className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm"
      aria-label="Your progress"
      data-progress={slug}
    >
      {ticks.map((tick) => (
        <li key={tick}>
          <span aria-hidden="true" className="text-accent">
            ✓{' '}
          </span>
          {tick}
        </li>
      ))}
    </ul>
  );
}

/** Says where progress is kept, and forgets it. */
export function ForgetProgress() {
  const progress = useProgress();
  const [forgotten, setForgotten] = useState(false);
  const any = Object.keys(progress).length > 0;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 text-sm text-secondary">
      <p>
        {any
          ? 'The ticks are kept in this browser only: which lessons you opened, how many questions you answered and which cells you ran, but not your answers.'
          : forgotten
            ? 'Your progress is forgotten.'
            : 'What you do in a lesson will be ticked here, in this browser only.'}
      </p>
      {any ? (
        <Button
          small
          onClick={() => {
            forgetProgress();
            setForgotten(true);
          }}
        >
          Forget my progress
        </Button>
      ) : null}
      <span className="sr-only" aria-live="polite">
        {forgotten && !any ? 'Your progress is forgotten.' : ''}
      </span>
    </div>
  );
}
