'use client';

import { DigitPicture } from '@/components/vision/digit-picture';
import type { TrainMnistUpdate, WatchedDigit } from '../experiments/train-mnist';

function Guess({ who, guess, label }: { who: string; guess: number; label: number }) {
  const right = guess === label;
  return (
    <span className="flex justify-between gap-1 tabular-nums">
      <span className="text-secondary">{who}</span>
      <span className={right ? '' : 'font-semibold text-danger'}>
        {guess}
        <span aria-hidden="true">{right ? ' ✓' : ' ✗'}</span>
        <span className="sr-only">{right ? ' right' : ' wrong'}</span>
      </span>
    </span>
  );
}

/** Test-set pictures with both models' answers, which flip while the models learn. */
function DigitGrid({ label, digits }: { label: string; digits: readonly WatchedDigit[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(5.5rem,1fr))] gap-2" aria-label={label}>
      {digits.map(({ index, pixels, label: truth, privateGuess, plainGuess }) => (
        <li
          key={index}
          className="flex flex-col items-center gap-1 rounded-control border border-line p-2 text-xs"
        >
          <DigitPicture className="h-12 w-12" pixels={pixels} />
          <span className="sr-only">A handwritten {truth}.</span>
          <span className="w-full">
            <Guess who="private" guess={privateGuess} label={truth} />
            <Guess who="plain" guess={plainGuess} label={truth} />
          </span>
        </li>
      ))}
    </ul>
  );
}

/** Some test digits on which the two models differ. */
export function AnsweredDigits({ disagreements }: TrainMnistUpdate) {
  const { plainOnly, privateOnly, examples } = disagreements;
  return (
    <section aria-label="Test digits on which the models differ" className="grid gap-3">
      <h3 className="font-semibold">
        Where they differ: {plainOnly} digits only the plain model gets, {privateOnly} only the private one
      </h3>
      {examples.length > 0 ? <DigitGrid label="Digits on which the models differ" digits={examples} /> : null}
    </section>
  );
}
