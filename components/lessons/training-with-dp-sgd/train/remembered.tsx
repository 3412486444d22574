'use client';

import { DigitPicture } from '@/components/vision/digit-picture';
import type { TrainMnistUpdate } from '../experiments/train-mnist';
import { pictureOf } from '../weight-pictures';

/** Ten pictures of what each model holds a digit to look like, private beside plain, while they learn. */
export function Remembered({ weights }: TrainMnistUpdate) {
  // An earlier version of the site has kept updates without.
  if (!weights) return null;
  const digits = Array.from({ length: weights.private.classes }, (_, digit) => digit);
  return (
    <figure data-remembered>
      <figcaption>
        <span className="block font-semibold">What each model remembers</span>
        <span className="block text-sm text-secondary">
          The weights of each digit, pixel by pixel: dark speaks for it, light against it. At the rim, where
          hardly anybody writes, the plain model’s stay grey; the private one’s carry its noise there too.
        </span>
      </figcaption>
      <div className="mt-3 grid grid-cols-5 gap-2 @xl:grid-cols-10">
        {digits.map((digit) => (
          <div key={digit} className="grid justify-items-center gap-1 text-xs text-secondary">
            <span className="text-sm font-semibold text-text" aria-hidden="true">
              {digit}
            </span>
            <DigitPicture
              className="aspect-square w-full max-w-16"
              pixels={pictureOf(weights.private, digit)}
              name={`Weights of the private model for ${digit}`}
            />
            <span aria-hidden="true">private</span>
            <DigitPicture
              className="aspect-square w-full max-w-16"
              pixels={pictureOf(weights.plain, digit)}
              name={`Weights of the plain model for ${digit}`}
            />
            <span aria-hidden="true">plain</span>
          </div>
        ))}
      </div>
    </figure>
  );
}
