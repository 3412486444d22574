/** How what is found is covered. */
import { choice, defineParameters, number } from '@/lib/notebook';

export const anonymiseParameters = defineParameters(
  {
    hideMethod: choice({
      label: 'Cover with',
      key: 'hide',
      help: 'Grey leaves nothing of what was there. Blocks and blur look kinder and keep some of it.',
      options: [
        { value: 'pixelate', label: 'Blocks (pixelation)' },
        { value: 'blur', label: 'Blur' },
        { value: 'fill', label: 'Grey' },
      ],
      default: 'pixelate',
    }),
    hideBlocks: number({
      label: 'Detail that stays',
      key: 'detail',
      help: 'Blocks across a face, or the blur in the same measure: fewer hide more.',
      unit: 'blocks',
      min: 1,
      max: 20,
      integer: true,
      default: 5,
    }),
    hideMargin: number({
      label: 'Margin',
      key: 'margin',
      help: 'Each box is widened on every side by this part of its size: detectors cut off chins and hair.',
      min: 0,
      max: 0.5,
      step: 0.05,
      default: 0.15,
    }),
  },
  { hero: 'hideMethod' },
);
