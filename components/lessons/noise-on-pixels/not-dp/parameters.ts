/** For the question what ε noise on pixels is. The noise itself is the lesson's own. */
import { defineParameters, number } from '@/lib/notebook';

export const notDpParameters = defineParameters({
  pixelDelta: number({
    label: 'δ',
    key: 'pixdelta',
    help: 'Gaussian noise never has a pure ε: up to δ of probability may fall outside the factor of e to the ε.',
    min: 1e-9,
    max: 1e-2,
    step: 0.1,
    scale: 'log',
    format: (value) => value.toExponential(0),
    default: 1e-5,
  }),
  blockEpsilon: number({
    label: 'ε of DP-Pix',
    key: 'pixeps',
    help: 'The whole guarantee of the picture on the right, for the neighbours below.',
    min: 0.05,
    max: 10,
    step: 0.1,
    scale: 'log',
    default: 0.5,
  }),
  blockSide: number({
    label: 'Side of the blocks',
    key: 'block',
    help: 'Each block is filled with its mean brightness plus noise. The larger it is, the less one pixel matters to its mean.',
    unit: 'px',
    min: 2,
    max: 64,
    integer: true,
    default: 16,
  }),
  changedPixels: number({
    label: 'Pixels that may differ (m)',
    key: 'm',
    help: 'Neighbouring pictures differ in at most so many pixels, wherever they are and however much. 16 may be an object of 4 × 4 pixels; a face has thousands.',
    min: 1,
    max: 10_000,
    step: 0.1,
    scale: 'log',
    integer: true,
    default: 16,
  }),
});
