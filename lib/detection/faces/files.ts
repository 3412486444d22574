/** The two files that hold the face detector's weights: where they are served, and what they must be. */
import type { PinnedFile } from '../pinned-file';

export const FACE_MODEL_FOLDER = 'models/tiny-face';

/** tfjs weights manifest: name, shape and 8-bit quantisation of every tensor, in the order of the bytes. */
export const FACE_MANIFEST: PinnedFile = {
  path: `${FACE_MODEL_FOLDER}/tiny_face_detector_model-weights_manifest.json`,
  bytes: 3219,
  sha256: '5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5',
};

/** All weights, one byte each, without padding. */
export const FACE_WEIGHTS: PinnedFile = {
  path: `${FACE_MODEL_FOLDER}/tiny_face_detector_model.bin`,
  bytes: 193321,
  sha256: 'b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871',
};

/** Said wherever the detector is shown. */
export const FACE_MODEL_CREDIT = {
  title: 'Tiny YOLO face detector',
  author: 'Vincent Mühler (face-api.js), redistributed by Vladimir Mandic (@vladmandic/face-api 1.7.15)',
  licence: 'MIT',
  source: 'npm package @vladmandic/face-api 1.7.15, folder model/',
} as const;
