'use client';

import { wholePercent } from '@/components/ui/format';
import { DigitPicture } from '@/components/vision/digit-picture';
import type { LotDigit } from '../experiments/one-step';

const length = (value: number) => value.toFixed(2);

/** A digit of the lot: what the model says, and how long its gradient is before and after the clip. */
export function DigitRow({
  digit,
  clip,
  longest,
}: {
  digit: LotDigit;
  clip: number | null;
  longest: number;
}) {
  const { pixels, label, guess, probability, gradNorm, clipFactor } = digit;
  const right = guess === label;
  const after = gradNorm * clipFactor;
  const width = (value: number) => `${Math.max(0.5, (100 * value) / longest)}%`;
  return (
    <li className="flex items-center gap-3 rounded-control border border-line p-2" data-digit={digit.index}>
      <DigitPicture className="h-11 w-11 shrink-0" pixels={pixels} />
      <div className="grid min-w-0 grow gap-1 text-sm">
        <p className="flex flex-wrap justify-between gap-x-3">
          <span>
            A {label}; guess {guess}
            <span aria-hidden="true" className={right ? '' : 'text-danger'}>
              {right ? ' ✓' : ' ✗'}
            </span>
            <span className="sr-only">{right ? ', right' : ', wrong'}</span>
            <span className="text-secondary">
              {' '}
              ({wholePercent(probability)} on the {label})
            </span>
          </span>
          <span className="tabular-nums">
            <span className="sr-only">gradient length </span>
            <span data-length="before">{length(gradNorm)}</span>
            {clip === null ? null : (
              <>
                <span aria-hidden="true" className="text-secondary">
                  {' '}
                  × {length(clipFactor)} ={' '}
                </span>
                <span className="sr-only">, times {length(clipFactor)}, after the clip </span>
                <strong data-length="after">{length(after)}</strong>
              </>
            )}
          </span>
        </p>
        <div aria-hidden="true" className="relative h-3 rounded-sm bg-ground">
          <div
            className="absolute inset-y-0 left-0 rounded-sm border border-plain"
            style={{ width: width(gradNorm) }}
          />
          <div
            className="absolute inset-y-0 left-0 rounded-sm bg-private"
            style={{ width: width(clip === null ? gradNorm : after) }}
          />
        </div>
      </div>
    </li>
  );
}
