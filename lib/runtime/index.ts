export { assetUrl, basePath } from './assets';
export {
  type ActiveBackend,
  BACKEND_LABELS,
  BACKEND_NAMES,
  type BackendName,
  type BackendPreference,
} from './backend';
export { CellRunner } from './client';
export type * from './experiment';
export { blamesBackend, PlaygroundError, toFailure } from './failure';
export { IDLE, isBusy, type RunSnapshot, secondsLeft } from './run-snapshot';
export { SITE_VERSION } from './version';
export type { ExperimentRequest } from './worker-link';
