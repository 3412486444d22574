/** The detection loss inside Chromium, on the backend asked for. */

import { type BackendName, useBackend as startBackend } from '@/tests/harness/tf';
import { checkLoss } from '../../../unit/lessons/a-privately-trained-detector/support/loss-check';

export async function run({ backend }: { backend: BackendName }) {
  await startBackend(backend);
  return checkLoss();
}
